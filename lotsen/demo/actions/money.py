"""What a project's hours are worth: signed months, participant files, unit costs, payments. Amounts are made up."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lotsen.access.enums import Role
from lotsen.access.models import Organisation, Unit, User
from lotsen.activities.actions import certify_months
from lotsen.activities.queries import month_of
from lotsen.cases.enums import Signed
from lotsen.cases.models import Case
from lotsen.filing.actions import keep_receipt, make_file_now, send_file
from lotsen.filing.queries import months_of
from lotsen.funding.actions import (
    apply_for,
    begin_payment,
    check_item,
    contribute,
    decide,
    draw_sample,
    load_rates,
    pay,
    plan_line,
    report_time,
    spend,
)
from lotsen.funding.enums import CostOf, DecisionKind, Verdict
from lotsen.funding.queries import Rate
from lotsen.programmes.enums import Source, Support
from lotsen.programmes.models import Programme

#: Öre an hour. The funder's own tables are published with each call; these are made up.
PER_HOUR = {
    Support.INCOME_SUPPORT: 46_00,
    Support.INTRODUCTION_BENEFIT: 38_50,
    Support.ACTIVITY_GRANT: 81_25,
    Support.UNEMPLOYMENT_BENEFIT: 92_00,
    Support.SICKNESS_BENEFIT: 78_00,
    Support.ACTIVITY_COMPENSATION: 61_75,
    Support.STUDENT_FINANCE: 0,
    Support.OWN_INCOME: 0,
    Support.NONE: 0,
}
STAFF = {"Projektledare": 402_00, "Coach": 318_50}
#: Caps of staff hours: 2014-2020 so many hours a year; from 2021 on, also so many a day.
CAPS = {"esf-2014": (1662, None), "esf-plus-2021": (1720, 13)}


def price_hours(programme: Programme, by: User) -> None:
    """Load a made-up table of unit costs."""
    yearly, daily = CAPS.get(programme.fund_period, (None, None))
    rates = [Rate(CostOf.PARTICIPANT, support, 0, ore) for support, ore in PER_HOUR.items()]
    rates += [Rate(CostOf.STAFF, function, 0, ore) for function, ore in STAFF.items()]
    load_rates(
        programme=programme,
        since=programme.starts_on.replace(day=1),
        rates=rates,
        by=by,
        on=programme.starts_on,
        source="Påhittad tabell för demonstrationen",
        yearly_minutes=yearly and yearly * 60,
        daily_minutes=daily and daily * 60,
    )


def sign_and_send(programme: Programme, staff: dict[Unit, User], today: date) -> None:
    """Let every month up to a day be signed, and its file be made and sent in time, unit by unit.

    Where something is wrong with a file, that month and the later ones wait, as they would.
    """
    for unit, coach in staff.items():
        manager = User.objects.filter(memberships__unit=unit, memberships__role=Role.UNIT_MANAGER).order_by("email")[0]
        cases = Case.objects.filter(programme=programme, unit=unit)
        for month in months_of(programme, [unit], today)[unit]:
            if month.opens > today:
                break
            certify_months(cases=cases, month=month.first, how=Signed.PAPER, by=coach, on=month.opens)
            if not _sent(programme, unit, month.first, manager, min(month.closes - timedelta(days=7), today)):
                break


def _sent(programme: Programme, unit: Unit, month: date, by: User, on: date) -> bool:
    """Make and send a file; return whether it could be sent."""
    file = make_file_now(programme=programme, unit=unit, month=month, by=by, today=on)
    if file.errors:
        return False
    send_file(file=file, by=by, at=timezone.make_aware(datetime.combine(on, time(14, month.month))))
    keep_receipt(file=file, receipt=f"Mottagen {on + timedelta(days=1)}")
    return True


def work_hours(programme: Programme, manager: User, first: date, months: int) -> None:
    """Let the programme manager report eight hours on two days of each of some months."""
    for place in range(months):
        month = month_of(first + timedelta(days=31 * place))[0]
        for day in (month + timedelta(days=6), month + timedelta(days=20)):
            if day.weekday() < 5 and programme.starts_on <= day <= programme.ends_on:
                report_time(
                    programme=programme,
                    unit=programme.lead_unit,
                    user=manager,
                    on=day,
                    minutes=480,
                    function="Projektledare",
                    task="Leda projektet",
                    today=programme.ends_on,
                )


def pay_year(programme: Programme, by: User, year: int, owner: Organisation) -> None:
    """Plan and spend a year, and apply for its halves; the second one is not handed in yet."""
    decide(
        programme=programme,
        on=programme.starts_on,
        kind=DecisionKind.GRANT,
        reference=programme.reference or "Påhittat beslut",
        amount=next((row.amount for row in programme.financing.filter(source=Source.FUNDER)), None),
        note="",
    )
    for name, planned in (("Personal", 1_600_000_00), ("Externa tjänster", 240_000_00), ("Resor", 60_000_00)):
        line = plan_line(programme=programme, name=name, year=year, amount=planned)
        for month in range(1, 13):
            spend(line=line, month=date(year, month, 1), amount=planned * (85 + month) // 120_000_00 * 100_00)
    contribute(
        programme=programme,
        organisation=owner,
        source=Source.IN_KIND,
        on=date(year, 6, 30),
        amount=180_000_00,
        note="Lokaler första halvåret",
    )
    for first, last in ((1, 6), (7, 12)):
        payment = begin_payment(programme=programme, first=date(year, first, 1), last=date(year, last, 1))
        if last == 6:
            for item in draw_sample(payment=payment):
                check_item(item=item, verdict=Verdict.RIGHT, note="", by=by, on=date(year, 7, 20))
            apply_for(payment=payment, asked=720_000_00, on=date(year, 8, 1))
            pay(payment=payment, paid=720_000_00, on=date(year, 10, 4))


def manager_of(programme: Programme) -> User:
    """Return the programme manager."""
    found: User = User.objects.get(memberships__unit=programme.lead_unit, memberships__role=Role.PROGRAMME_MANAGER)
    return found
