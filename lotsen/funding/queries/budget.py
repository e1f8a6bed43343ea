"""Budget and financing: what was planned, what came of it, and what each source bears."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from lotsen.access.models import Organisation
from lotsen.funding.models import BudgetLine, Cost
from lotsen.programmes.enums import Source
from lotsen.programmes.models import Programme

from .ledger import ledger


def share(part: int, whole: int) -> Decimal | None:
    """Return a part in per cent with one decimal, half up; none of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Spending:
    """A line of the budget with what was spent on it, in öre."""

    line: BudgetLine
    spent: int

    @property
    def left(self) -> int:
        """What is left of it; less than nought where more was spent than planned."""
        return self.line.amount - self.spent


@dataclass(frozen=True)
class Bearing:
    """What one source bears, in öre: planned, its share of the whole, and what has come so far; none if not known."""

    source: Source
    organisation: Organisation | None
    planned: int
    share: Decimal | None
    outcome: int | None


def financing(programme: Programme, today: date) -> list[Bearing]:
    """Return plan and outcome by source, as the programme's template lists them.

    What the funder bears is what it has paid. Participants' support is what the ledger says until today; it is not
    known while a unit cost is missing. Cash and kind are what has been written down. A co-financing that the template
    does not split is all of them together.
    """
    rows = list(programme.financing.select_related("organisation"))
    whole = sum(row.amount for row in rows)
    support = ledger(programme, programme.starts_on.replace(day=1), today.replace(day=1)).amount
    came = dict(
        programme.contributions.order_by().values("source").annotate(s=Sum("amount")).values_list("source", "s")
    )
    cash, kind = (came.get(source, 0) for source in (Source.CASH, Source.IN_KIND))
    outcomes = {
        Source.FUNDER: programme.payments.aggregate(s=Sum("paid"))["s"] or 0,
        Source.PARTICIPANT_SUPPORT: support,
        Source.CASH: cash,
        Source.IN_KIND: kind,
        Source.CO_FINANCING: None if support is None else support + cash + kind,
    }
    return [
        Bearing(
            Source(row.source), row.organisation, row.amount, share(row.amount, whole), outcomes[Source(row.source)]
        )
        for row in rows
    ]


def budget_lines(programme: Programme) -> list[Spending]:
    """Return the lines of the budget by year, each with what was spent on it."""
    spent = dict(Cost.objects.filter(line__programme=programme).order_by().values_list("line").annotate(Sum("amount")))
    return [Spending(line, spent.get(line.pk, 0)) for line in programme.budget_lines.all()]
