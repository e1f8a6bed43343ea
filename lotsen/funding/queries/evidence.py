"""The evidence of a payment: what is required, how much of it is there, and who can mend what is missing."""

import random
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.activities.models import Attendance, CertifiedMonth
from lotsen.activities.queries import month_of
from lotsen.core.text import clock
from lotsen.filing.enums import Stage
from lotsen.filing.queries import months_of, units_of
from lotsen.funding.enums import DecisionKind, Requirement, Verdict
from lotsen.funding.models import Payment

from .ledger import Ledger, staff_ledger

#: The part of the signed months that is drawn by lot for self-control: a fifth.
SAMPLE = 5

#: Who can mend what is missing.
MENDERS = {
    Requirement.DECISION: _("The programme manager, on the page of the money"),
    Requirement.RATES: _("The programme manager, by loading the table of the call"),
    Requirement.SUPPORT: _("The responsible coach, on the page of the case"),
    Requirement.SIGNED: _("The participant and the responsible coach together"),
    Requirement.FILES: _("The unit manager, on the page of participant files"),
    Requirement.STAFF: _("The one who has written the hours, or nobody: hours beyond a cap do not count"),
    Requirement.SAMPLE: _("The programme manager, below"),
}


#: Requirements that are counted in minutes.
_IN_MINUTES = {Requirement.SUPPORT, Requirement.RATES, Requirement.STAFF}


@dataclass(frozen=True)
class Proof:
    """One requirement: how many there should be, how many there are, and who can mend the rest."""

    requirement: Requirement
    there: int
    needed: int

    @property
    def said(self) -> tuple[str, str]:
        """How many there are, of how many; in hours where hours are counted."""
        if self.requirement in _IN_MINUTES:
            return clock(self.there), clock(self.needed)
        return str(self.there), str(self.needed)

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return self.there >= self.needed

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(0, self.needed - self.there)

    @property
    def mender(self) -> str:
        """Who can mend it."""
        return str(MENDERS[self.requirement])


def certified_in(payment: Payment) -> QuerySet[CertifiedMonth]:
    """Return the signed months that a payment rests on."""
    return CertifiedMonth.objects.filter(
        case__programme=payment.programme_id, reopened_on=None, month__range=(payment.first, payment.last)
    )


def evidence(payment: Payment, book: Ledger, user: User, today: date) -> list[Proof]:
    """Return what a payment must be able to show. Hours are counted in whole hours' minutes, months in months."""
    programme, last = payment.programme, month_of(payment.last)[1]
    known = sum(line.minutes for line in book.lines if line.support)
    present = Attendance.objects.filter(
        case__programme=programme, minutes__gt=0, session__on__range=(payment.first, last)
    )
    attended = present.annotate(of=TruncMonth("session__on")).values("case", "of").distinct().order_by()
    staff = staff_ledger(programme, payment.first, payment.last)
    proofs = [
        Proof(Requirement.DECISION, programme.decisions.exclude(kind=DecisionKind.REFUSAL).count(), 1),
        Proof(Requirement.SIGNED, certified_in(payment).filter(minutes__gt=0).count(), attended.count()),
        Proof(Requirement.SUPPORT, known, book.minutes),
        Proof(Requirement.RATES, known - sum(ln.without_rate for ln in book.lines if ln.support), known),
        Proof(Requirement.STAFF, sum(line.eligible for line in staff), sum(line.minutes for line in staff)),
    ]
    if programme.fund_period:
        proofs.append(_files(payment, user, today))
    # A month that was wrong and is opened again is drawn for anew.
    standing = payment.sample.filter(certified__reopened_on=None)
    checked = standing.filter(verdict=Verdict.RIGHT).count()
    return [*proofs, Proof(Requirement.SAMPLE, checked, max(standing.count(), sample_size(payment)))]


def _files(payment: Payment, user: User, today: date) -> Proof:
    months = months_of(payment.programme, units_of(payment.programme, user), today)
    own = [each for unit in months.values() for each in unit if payment.first <= each.first <= payment.last]
    return Proof(Requirement.FILES, sum(each.stage == Stage.SENT for each in own), len(own))


def sample_size(payment: Payment) -> int:
    """Return how many signed months a fifth is, rounded up."""
    return ceil(certified_in(payment).count() / SAMPLE)


def lot_of(payment: Payment) -> list[CertifiedMonth]:
    """Return the signed months of a payment in an order by lot. The lot is the payment's: it can be thrown again."""
    everybody = list(certified_in(payment).order_by("month", "pk"))
    lot = random.Random(str(payment.pk))  # noqa: S311 - a draw that can be repeated, nothing secret
    return lot.sample(everybody, len(everybody))
