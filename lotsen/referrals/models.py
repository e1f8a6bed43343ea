"""The referral."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.cases.models import Case
from lotsen.core import encryption
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.core.traces import Traced
from lotsen.programmes.enums import Sex
from lotsen.programmes.models import Programme

from .enums import Priority, ReferralState


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Which referrals."""

    def visible_to(self, user: Any) -> "ReferralQuerySet":
        """Those to the user's own units or from their cases, and those that the user's organisation has sent."""
        sent = Q(from_organisation__in=user.referring_organisations)
        return self.filter(Q(unit__in=user.own_units) | Q(from_case__unit__in=user.own_units) | sent)

    def waiting(self) -> "ReferralQuerySet":
        """Those that nobody has answered: those that go first, then the oldest."""
        return self.filter(state=ReferralState.WAITING).order_by("priority", "sent_on")  # "first" < "ordinary"


@tracked
class Referral(Traced, Record):
    """Somebody is sent to a programme. Who it is stands here until the unit has answered, and no longer.

    When it is accepted, the name moves to the person's record and the facts to the case; when it is declined, they are
    forgotten once the referrer has had time to read the answer.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="referrals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    from_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("referred by")
    )
    # Null where staff typed in what came on paper.
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What came of it. Stands first of the two: by it the rows that tell of a person are found.
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="referral")
    # Where the person comes from another case: a transfer, whose receipt is the answer.
    from_case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="transfers")
    sent_on = models.DateField(_("sent"))
    reference = models.CharField(_("your own reference"), max_length=60, blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.ORDINARY)

    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    identity_sealed = models.BinaryField(null=True, editable=False)
    identity_index = models.BinaryField(null=True, editable=False)
    identity_kind = models.CharField(max_length=30, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    contact = models.CharField(_("phone or e-mail"), max_length=120, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=60, blank=True)
    #: Facts at entry, by the name of the case's field; what is not known is not there.
    facts = models.JSONField(default=dict)
    support = models.CharField(_("means of support"), max_length=30, blank=True)
    reason = models.TextField(_("why"), blank=True)

    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.WAITING)
    decided_on = models.DateField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        ordering = ("-sent_on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ReferralState.values), name="referral_state_is_known"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="referral_priority_is_known"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | (~Q(given_name="") & ~Q(family_name="")),
                name="referral_that_waits_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_on=None) | (~Q(state="waiting") & Q(decided_on__isnull=False)),
                name="referral_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", case__isnull=False) | (~Q(state="accepted") & Q(case=None)),
                name="referral_accepted_has_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer="") | Q(given_name=""), name="referral_declined_says_why"
            ),
            models.CheckConstraint(
                condition=Q(identity_sealed=None, identity_index=None)
                | Q(identity_sealed__isnull=False, identity_index__isnull=False),
                name="referral_identity_is_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "sent_on"], condition=Q(state="waiting"), name="referral_that_waits"),
        ]

    class Privacy:
        identity = (
            *("given_name", "family_name", "identity_sealed", "identity_index", "birth_date", "contact", "reference"),
        )
        sensitive = ("identity_kind", "interpreter", "facts", "support")
        free_text = ("reason", "answer")
        ordinary = (
            *("id", "programme", "unit", "from_organisation", "sent_by", "from_case", "sent_on", "priority", "sex"),
            *("state", "decided_on", "decided_by", "case"),
        )
        keep = Keep.WITH_PERSON

    def __str__(self) -> str:
        return self.name or self.reference or f"{self.sent_on}"

    @property
    def name(self) -> str:
        """Given name first; empty when it stands here no longer."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """Family name first, as lists are sorted."""
        return f"{self.family_name}, {self.given_name}" if self.family_name else self.reference or "–"

    @property
    def identity_number(self) -> str:
        """The identity number, twelve digits; empty where there is none, or no longer."""
        return encryption.decrypt(bytes(self.identity_sealed), self.pk) if self.identity_sealed else ""
