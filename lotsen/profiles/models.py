"""Needs, wishes, competences and references of a case."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.enums import Demand, Swedish, classifications
from lotsen.placements.models import Placement

from .enums import CompetenceKind, Licence, Line, Travels, Validation


@tracked
class Needs(Record):
    """What plan, activities and placements must respect. One row a case."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="needs")
    interpreter = models.CharField(_("interpreter"), max_length=60, blank=True)
    is_step_free = models.BooleanField(_("needs premises without steps"), default=False)
    has_lift = models.BooleanField(_("needs a lift"), default=False)
    other = models.TextField(_("other adaptations"), blank=True)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week at most"), null=True, blank=True)
    licence = models.CharField(_("driving licence"), max_length=10, choices=Licence.choices, blank=True)
    swedish = models.CharField(_("Swedish"), max_length=10, choices=Swedish.choices, blank=True)
    travels = models.CharField(_("can travel to work"), max_length=20, choices=Travels.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes to work at most"), null=True, blank=True)
    #: The most that works; empty where there is no limit, or none is known.
    physical = models.CharField(_("bodily demands at most"), max_length=10, choices=Demand.choices, blank=True)
    social = models.CharField(_("social demands at most"), max_length=10, choices=Demand.choices, blank=True)
    tempo = models.CharField(_("tempo at most"), max_length=10, choices=Demand.choices, blank=True)
    supervision = models.CharField(_("supervision needed"), max_length=10, choices=Demand.choices, blank=True)
    ready_on = models.DateField(_("can begin from"), null=True, blank=True)
    line = models.CharField(_("wishes to try an occupation"), max_length=20, choices=Line.choices, blank=True)

    class Meta:
        verbose_name = _("needs")
        constraints: ClassVar = [
            *(
                models.CheckConstraint(condition=Q(**{f"{name}__in": ["", *choices]}), name=f"needs_{name}_is_known")
                for name, choices in (
                    ("swedish", Swedish.values),
                    ("travels", Travels.values),
                    ("physical", Demand.values),
                    ("social", Demand.values),
                    ("tempo", Demand.values),
                    ("supervision", Demand.values),
                    ("line", Line.values),
                )
            ),
            models.CheckConstraint(condition=Q(licence__in=["", *Licence.values]), name="needs_licence_is_known"),
            models.CheckConstraint(condition=Q(hours_per_week__gte=1, hours_per_week__lte=60), name="needs_hours_fit"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=240), name="needs_minutes_fit_in_a_day"),
        ]

    class Privacy:
        sensitive = (
            *("interpreter", "is_step_free", "has_lift", "hours_per_week", "licence", "swedish", "travels", "minutes"),
            *("physical", "social", "tempo", "supervision", "ready_on", "line"),
        )
        free_text = ("other",)
        ordinary = ("id", "case")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return ", ".join(self.words)

    @property
    def words(self) -> list[str]:
        """The needs in words, the most pressing first; empty where nothing must be respected."""
        found = [
            _("interpreter: %(language)s") % {"language": self.interpreter} if self.interpreter else "",
            _("no steps") if self.is_step_free else "",
            _("a lift") if self.has_lift else "",
            _("at most %(n)s hours a week") % {"n": self.hours_per_week} if self.hours_per_week else "",
            self.other,
        ]
        return [str(word) for word in found if word]

    @property
    def known(self) -> list[tuple[str, str]]:
        """What else is known, as matching asks for it: the name of each thing, and what is said of it."""
        said = {
            "licence": self.get_licence_display(),
            "swedish": self.get_swedish_display(),
            "travels": self.get_travels_display(),
            "minutes": str(self.minutes or ""),
            "physical": self.get_physical_display(),
            "social": self.get_social_display(),
            "tempo": self.get_tempo_display(),
            "supervision": self.get_supervision_display(),
            "ready_on": self.ready_on.isoformat() if self.ready_on else "",
            "line": self.get_line_display(),
        }
        names = {name: str(self._meta.get_field(name).verbose_name) for name in said}  # type: ignore[union-attr]  # all are columns
        return [(names[name], str(value)) for name, value in said.items() if getattr(self, name)]


@tracked
class Wish(Record):
    """What a participant wants to work with: in the participant's own words, and the occupation that it comes to.

    Nobody else's opinion stands here (mission row A4); what employers need of the occupation is shown beside it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="wishes")
    words = models.CharField(_("own words"), max_length=300)
    occupation = models.CharField(_("occupation"), max_length=4, blank=True, help_text="SSYK 2012, four digits.")
    position = models.PositiveSmallIntegerField(default=0, help_text="The dearest wish first.")

    class Meta:
        verbose_name = _("wish")
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="wish_once_at_a_place"),
            models.CheckConstraint(
                condition=Q(occupation="") | Q(occupation__regex=r"^[0-9]{4}$"), name="wish_occupation_is_ssyk"
            ),
        ]

    class Privacy:
        sensitive = ("occupation",)
        free_text = ("words",)
        ordinary = ("id", "case", "position")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return self.words

    @property
    def occupation_name(self) -> str:
        """The occupation in words; empty where it is not said."""
        return classifications.names(classifications.OCCUPATION).get(self.occupation, "")


@tracked
class Competence(Record):
    """Something that a participant knows or can, with papers or without, and how far its validation has come."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="competences")
    kind = models.CharField(_("kind"), max_length=20, choices=CompetenceKind.choices)
    name = models.CharField(_("what"), max_length=200)
    # The key of JobTech Taxonomy, where the name is one of theirs: for matching.
    concept = models.CharField(_("key of the skill"), max_length=20, blank=True)
    # The occupation that it is enough for, where it is.
    occupation = models.CharField(_("occupation"), max_length=4, blank=True, help_text="SSYK 2012, four digits.")
    level = models.CharField(_("level or grade"), max_length=60, blank=True)
    validation = models.CharField(_("validation"), max_length=20, choices=Validation.choices, default=Validation.NONE)
    validated_on = models.DateField(_("validated"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)

    class Meta:
        verbose_name = _("competence")
        ordering = ("kind", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "name"], name="competence_once"),
            models.CheckConstraint(condition=Q(kind__in=CompetenceKind.values), name="competence_kind_is_known"),
            models.CheckConstraint(condition=Q(validation__in=Validation.values), name="validation_is_known"),
            models.CheckConstraint(
                condition=Q(occupation="") | Q(occupation__regex=r"^[0-9]{4}$"), name="competence_occupation_is_ssyk"
            ),
        ]

    class Privacy:
        sensitive = ("kind", "occupation", "level", "validation", "validated_on")
        free_text = ("name", "result")
        ordinary = ("id", "case", "concept")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.name}, {self.level}" if self.level else self.name


@tracked
class Reference(Record):
    """Somebody who may be asked about a participant, when both have allowed it.

    Lack of references prolongs unemployment, so they are counted at the start and at the end.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="references")
    name = models.CharField(_("name"), max_length=120)
    workplace = models.CharField(_("workplace"), max_length=200, blank=True)
    contact = models.CharField(_("phone or e-mail"), max_length=120, blank=True)
    gained_on = models.DateField(_("gained"))
    confirmed_on = models.DateField(_("both have allowed its use"), null=True, blank=True)
    # The placement that it came from, where it did.
    placement = models.ForeignKey(
        Placement, on_delete=models.SET_NULL, null=True, blank=True, related_name="references"
    )

    class Meta:
        verbose_name = _("reference")
        ordering = ("-gained_on",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_on__gte=models.F("gained_on")), name="reference_confirmed_after_gained"
            )
        ]

    class Privacy:
        identity = ("name", "contact")
        sensitive = ("workplace", "placement")
        ordinary = ("id", "case", "gained_on", "confirmed_on")
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return f"{self.name}, {self.workplace}" if self.workplace else self.name

    def is_usable(self, on: date) -> bool:
        """Tell whether it may be used on a day: both the participant and the referee have said yes."""
        return self.confirmed_on is not None and self.confirmed_on <= on
