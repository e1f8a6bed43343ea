"""Questionnaires with their versions, responses, and waves with whom they ask."""

from datetime import date
from typing import Any, ClassVar, cast

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.text import local
from lotsen.employers.models import Employer
from lotsen.programmes.models import Programme
from lotsen.questionnaires.enums import Purpose, Voice

#: The smallest group whose answers are shown, where a wave says nothing else.
SMALLEST_GROUP = 5


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Which questionnaires."""

    def visible_to(self, user: User) -> "QuestionnaireQuerySet":
        """Those that come with Lotsen, and those of the user's own organisations."""
        own = Organisation.objects.filter(units__memberships__user=user.pk)
        return self.filter(Q(organisation=None) | Q(organisation__in=own))


@tracked
class Questionnaire(Record):
    """A set of questions under one name, through all its versions. Of one organisation, or shipped with Lotsen."""

    code = models.SlugField(max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="questionnaires"
    )
    titles = models.JSONField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "organisation"], name="questionnaire_code_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="questionnaire_purpose_is_known"),
        ]

    class Privacy:
        ordinary = ("id", "code", "organisation", "titles", "purpose")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language now in use."""
        return local(self.titles)


class Version(Record):
    """A questionnaire as it was asked. The database refuses to change one (migrations/0002)."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    definition = models.JSONField()
    made_on = models.DateField(_("made"))

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")
        ]

    class Privacy:
        ordinary = ("id", "questionnaire", "number", "definition", "made_on")
        keep = Keep.ALWAYS

    def __str__(self) -> str:
        return f"{self.questionnaire}, {self.number}"


class WaveQuerySet(models.QuerySet["Wave"]):
    """Which waves."""

    def visible_to(self, user: User) -> "WaveQuerySet":
        """Those of the programmes that the user sees."""
        return self.filter(programme__in=Programme.objects.visible_to(user))


@tracked
class Wave(Record):
    """One round of a survey: a version asked of many, from a day to a day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="waves")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="waves")
    title = models.CharField(_("title"), max_length=200)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=True)
    goal = models.PositiveSmallIntegerField(_("share that should answer, per cent"), default=75)
    smallest_group = models.PositiveSmallIntegerField(_("smallest group shown"), default=SMALLEST_GROUP)
    reminds = models.BooleanField(_("reminds by itself"), default=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_from = models.CharField(max_length=200, blank=True, help_text="The address that a link's token is put behind.")
    open_link = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the link by which anybody may take part, if there is one."
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        ordering = ("opens_on", "title")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "title"], name="wave_title_once_in_programme"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="wave_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(closed_on__gte=F("opens_on")), name="wave_closed_after_it_opened"),
            models.CheckConstraint(condition=Q(goal__lte=100), name="wave_goal_is_a_share"),
            models.CheckConstraint(condition=Q(smallest_group__gte=2), name="wave_group_is_more_than_one"),
            models.UniqueConstraint(fields=["open_link"], condition=~Q(open_link=""), name="wave_open_link_once"),
        ]

    class Privacy:
        ordinary = (
            *("id", "programme", "version", "title", "follows", "opens_on", "closes_on", "closed_on"),
            *("is_anonymous", "goal", "smallest_group", "open_link", "reminds", "sent_by", "sent_from"),
        )
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.title

    def is_open(self, today: date) -> bool:
        """Tell whether answers are taken."""
        return self.closed_on is None and self.opens_on <= today <= self.closes_on


@tracked
class Recipient(Record):
    """Somebody whom a wave asks, with links that only the message or letter holds.

    Whether somebody has answered is known, so that reminders stop; what an anonymous answer says is not.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="recipients")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    links = ArrayField(models.CharField(max_length=64), default=list, help_text="SHA-256 of each link that was sent.")
    sent_on = models.DateField(_("sent"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded"), null=True, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("recipient")
        ordering = ("name", "email")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "email"], condition=~Q(email=""), name="recipient_once_by_email"),
            models.UniqueConstraint(fields=["wave", "case"], name="recipient_once_by_case"),
            models.UniqueConstraint(fields=["wave", "employer"], name="recipient_once_by_employer"),
        ]
        indexes: ClassVar = [GinIndex(fields=["links"], name="recipient_by_link")]

    class Privacy:
        identity = ("name", "email")
        ordinary = (
            *("id", "wave", "programme", "unit", "case", "employer", "links", "sent_on", "reminded_on"),
            "answered_on",
        )
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return self.name or self.email


#: What is not yet sent is a draft, not a record; and of an anonymous answer no line may tell when it came.
_NAMED = pgtrigger.Q(new__is_anonymous=False)
_SENT = pgtrigger.Q(new__completed_on__isnull=False, old__revision__df=pgtrigger.F("new__revision"))


def _tracked_when_sent(model: type["Response"]) -> type["Response"]:
    events = (
        pghistory.InsertEvent(condition=_NAMED),
        pghistory.UpdateEvent(condition=_NAMED & _SENT),
        pghistory.DeleteEvent(condition=pgtrigger.Q(old__is_anonymous=False)),
    )
    return cast("type[Response]", pghistory.track(*events, level=pghistory.Statement, append_only=True)(model))


class ResponseQuerySet(models.QuerySet["Response"]):
    """Which responses."""

    def completed(self) -> "ResponseQuerySet":
        """Those that are sent."""
        return self.filter(completed_on__isnull=False)


@_tracked_when_sent
class Response(Record):
    """One voice's answers to a version, about a case, in a wave, or both. Saved as one goes; sent when complete.

    `answers` holds for each question that was asked `{"value": ...}` or `{"declined": true}`, with `at`, the revision
    that wrote it. A question that is not there was not asked or not reached.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="responses")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, null=True, blank=True, related_name="responses")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="responses")
    recipient = models.OneToOneField(
        Recipient, on_delete=models.CASCADE, null=True, blank=True, related_name="response"
    )
    voice = models.CharField(_("who answers"), max_length=20, choices=Voice.choices)
    is_anonymous = models.BooleanField(default=False)
    link = models.CharField(max_length=64, blank=True, help_text="By what an unsent anonymous one is found.")
    answers = models.JSONField(_("answers"), default=dict, null=True)
    scores = models.JSONField(_("scores"), default=dict, help_text="What follows from the answers, written when sent.")
    revision = models.PositiveIntegerField(default=0)
    began_on = models.DateField(_("begun"), null=True)
    completed_on = models.DateField(
        _("answered"), null=True, blank=True, help_text="Of an anonymous one the day on which the wave opened."
    )
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        ordering = ("completed_on", "began_on")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="response_voice_is_known"),
            models.CheckConstraint(
                condition=Q(is_anonymous=False, link="")
                | Q(is_anonymous=True, case=None, recipient=None, taken_by=None, began_on=None, wave__isnull=False),
                name="response_anonymous_tells_nobody",
            ),
            models.CheckConstraint(condition=Q(link="") | Q(completed_on=None), name="response_sent_has_no_link"),
            models.UniqueConstraint(fields=["link"], condition=~Q(link=""), name="response_link_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["wave", "id"], name="response_by_wave")]

    class Privacy:
        free_text = ("answers",)
        sensitive = ("scores",)
        ordinary = (
            *("id", "version", "programme", "unit", "wave", "case", "recipient", "voice", "is_anonymous", "link"),
            *("revision", "began_on", "completed_on", "taken_by"),
        )
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.version}, {self.get_voice_display()}"

    @property
    def values(self) -> dict[str, Any]:
        """What was answered, by code of question. Without what was declined."""
        return {code: entry["value"] for code, entry in (self.answers or {}).items() if "value" in entry}

    @property
    def declined(self) -> set[str]:
        """The questions to which the answer is that one prefers not to say."""
        return {code for code, entry in (self.answers or {}).items() if "declined" in entry}


@tracked
class Change(Record):
    """What a wave says against the one before, in one area: written when the later closes, so that reports agree."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="changes")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=60)
    names = models.JSONField()
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    is_paired = models.BooleanField()
    effect = models.FloatField(help_text="Share that is lower less share that is higher, from -1 to 1.")
    low = models.FloatField()
    high = models.FloatField()
    is_better = models.BooleanField(null=True, help_text="Null where it cannot be told.")

    class Meta:
        ordering = ("area",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "area"], name="change_once_for_area"),
            models.CheckConstraint(
                condition=Q(low__lte=F("effect"), high__gte=F("effect")), name="change_effect_is_within"
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "wave", "programme", "area", "names", "before", "after", "is_paired", "effect", "low", "high"),
            "is_better",
        )
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language now in use."""
        return local(self.names)
