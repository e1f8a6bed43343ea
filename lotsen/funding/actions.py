"""What is done with money: unit costs, staff hours, budget, decisions, payments, self-control."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.activities.queries import month_of
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.programmes.enums import Source
from lotsen.programmes.models import Programme

from . import queries
from .enums import CostOf, Verdict
from .models import (
    BudgetLine,
    Contribution,
    Cost,
    Decision,
    Payment,
    RateTable,
    SampleItem,
    StaffTime,
    ThreeR,
    UnitCost,
)


@action
def load_rates(
    *, programme: Programme, since: date, rates: Sequence[queries.Rate], by: User | None, on: date, **told: Any
) -> RateTable:
    """Load the unit costs that hold from a month on, whole. A table that a payment rests on stays as it is.

    `told`: source, yearly_minutes, daily_minutes.
    """
    same = programme.rate_tables.filter(since=since).first()
    used = programme.payments.filter(applied_on__isnull=False, last__gte=since).first()
    later = programme.rate_tables.filter(since__gt=since).order_by("since").first()
    if used and not (later and later.since <= used.first):
        told_ = {"payment": used, "since": f"{since:%Y-%m}"}
        raise Refused(
            _("The payment of %(payment)s is handed in, and rests on the costs from %(since)s.") % told_, "since"
        )
    if same:
        same.delete()
    table = RateTable.objects.create(programme=programme, since=since, loaded_by=by, loaded_on=on, **told)
    UnitCost.objects.bulk_create(_unit_cost(table, rate) for rate in rates)
    return table


def _unit_cost(table: RateTable, rate: queries.Rate) -> UnitCost:
    what = {"support" if rate.of == CostOf.PARTICIPANT else "function": rate.what}
    return UnitCost(table=table, of=rate.of, age_from=rate.age_from, per_hour=rate.per_hour, **what)


@action
def report_time(
    *, programme: Programme, unit: Unit, user: User, on: date, minutes: int, function: str, task: str, today: date
) -> StaffTime:
    """Write down what somebody has worked on a day. Refuses a function that has no unit cost, and the cap of a day."""
    if on > today:
        raise Refused(_("The day lies ahead."), "on")
    if not programme.starts_on <= on <= programme.ends_on:
        raise Refused(_("The day lies outside the project's period."), "on")
    table = queries.table_in_force(programme, on)
    if table is None or not table.costs.filter(of=CostOf.STAFF, function=function).exists():
        raise Refused(_("There is no unit cost for %(function)s on that day.") % {"function": function}, "function")
    same_day = StaffTime.objects.filter(user=user, on=on)
    total = minutes + sum(same_day.exclude(programme=programme, function=function).values_list("minutes", flat=True))
    if table.daily_minutes and total > table.daily_minutes:
        told = {"most": table.daily_minutes // 60}
        raise Refused(_("At most %(most)s hours of a day count, over all projects.") % told, "hours")
    with refusing("staff_time_is_paid", _paid_for(), "on"):
        row, _made = StaffTime.objects.update_or_create(
            programme=programme,
            user=user,
            on=on,
            function=function,
            defaults={"unit": unit, "minutes": minutes, "task": task},
        )
    return row


def _paid_for() -> str:
    return _("A payment that is handed in rests on the hours of that month.")


@action
def drop_time(*, row: StaffTime) -> None:
    """Take away what was written by mistake. Refused where a payment rests on it."""
    with refusing("staff_time_is_paid", _paid_for()):
        row.delete()


@action
def decide(*, programme: Programme, **told: Any) -> Decision:
    """Write down what the funder has decided."""
    return Decision.objects.create(programme=programme, **told)


@action
def plan_line(*, programme: Programme, name: str, year: int, amount: int) -> BudgetLine:
    """Plan an amount for something in a year, or plan it anew."""
    if not programme.starts_on.year <= year <= programme.ends_on.year:
        raise Refused(_("The project does not run in that year."), "year")
    line, _made = BudgetLine.objects.update_or_create(
        programme=programme, name=name, year=year, defaults={"amount": amount}
    )
    return line


@action
def spend(*, line: BudgetLine, month: date, amount: int, note: str = "") -> Cost:
    """Write down what was spent on a line in a month, or write it anew."""
    cost, _made = Cost.objects.update_or_create(line=line, month=month, defaults={"amount": amount, "note": note})
    return cost


@action
def contribute(
    *, programme: Programme, organisation: Organisation, source: Source, on: date, amount: int, note: str = ""
) -> Contribution:
    """Write down what a co-financier has put in, in cash or in kind."""
    told = {"organisation": organisation, "source": source, "on": on, "amount": amount, "note": note}
    return Contribution.objects.create(programme=programme, **told)


@action
def write_three_r(*, programme: Programme, reality: str, measures: str) -> ThreeR:
    """Write why women and men get what they get, and what is done about it."""
    told = {"reality": reality, "measures": measures}
    sheet, _made = ThreeR.objects.update_or_create(programme=programme, defaults=told)
    return sheet


@action
def begin_payment(*, programme: Programme, first: date, last: date) -> Payment:
    """Begin an application for payment over some months. Its page shows what is missing until it is handed in."""
    if last < programme.starts_on.replace(day=1) or first > programme.ends_on:
        raise Refused(_("The months lie outside the project's period."), "first")
    with refusing("payment_is_apart", _("Another payment holds one of these months already."), "first"):
        return Payment.objects.create(programme=programme, first=first, last=last)


@action
def apply_for(*, payment: Payment, asked: int, on: date) -> None:
    """Hand an application in: payment is in arrears, so the months must be over, and every hour have a unit cost.

    The hours and the amount that it rests on are written down with it.
    """
    if payment.applied_on:
        raise Refused(_("The application is handed in already."))
    if on <= month_of(payment.last)[1]:
        raise Refused(_("Payment is made afterwards: the last month is not over."), "on")
    book = queries.ledger(payment.programme, payment.first, payment.last)
    if book.amount is None:
        missing = ", ".join(gap.support_name or _("support not known") for gap in book.gaps)
        raise Refused(_("Hours without a unit cost: %(missing)s. Load the table first.") % {"missing": missing})
    change(payment, asked=asked, applied_on=on, minutes=book.minutes, support=book.amount)
    payment.save()


@action
def pay(*, payment: Payment, paid: int, on: date) -> None:
    """Write down what the funder has paid."""
    if payment.applied_on is None:
        raise Refused(_("The application is not handed in yet."))
    if on < payment.applied_on:
        raise Refused(_("The day lies before the application."), "on")
    change(payment, paid=paid, paid_on=on)
    payment.save()


@action
def draw_sample(*, payment: Payment) -> list[SampleItem]:
    """Draw a fifth of the signed months for self-control, by lot. What is drawn stays; what was signed since is added.

    A month that was opened again goes, and is drawn for anew.
    """
    payment.sample.filter(verdict="", certified__reopened_on__isnull=False).delete()
    have = set(payment.sample.values_list("certified", flat=True))
    wanted = queries.sample_size(payment) - payment.sample.filter(certified__reopened_on=None).count()
    if wanted <= 0:
        raise Refused(_("A fifth is drawn already."))
    new = [each for each in queries.lot_of(payment) if each.pk not in have][:wanted]
    return SampleItem.objects.bulk_create(SampleItem(payment=payment, certified=each) for each in new)


@action
def check_item(*, item: SampleItem, verdict: Verdict, note: str, by: User, on: date) -> None:
    """Say what the self-control of a drawn month has found."""
    change(item, verdict=verdict, note=note, checked_by=by, checked_on=on)
    item.save()
