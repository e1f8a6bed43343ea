"""What signed hours are worth, that every sum is the sum of its rows, and that nothing is worth nought by a gap."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotsen.access.enums import Role
from lotsen.activities.actions import certify_month, reopen_month
from lotsen.activities.models import Attendance, CertifiedMonth
from lotsen.activities.queries import month_of, with_hours
from lotsen.cases.actions import enter_support
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.filing.models import MonthlyFile
from lotsen.funding.actions import apply_for, begin_payment, drop_time, load_rates, report_time
from lotsen.funding.enums import CostOf
from lotsen.funding.models import StaffTime
from lotsen.funding.queries import Rate, ledger, ledger_rows, staff_ledger
from lotsen.people.enums import Protection
from lotsen.people.models import Person
from lotsen.programmes.enums import Support
from tests import factories
from tests.filing.conftest import made

from .conftest import CAPS, GRANT, INCOME_SUPPORT, MANAGER, attend, sign

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def case(rated, pitea):
    return factories.CaseFactory(programme=rated, unit=pitea, started=True)


def test_ledger_counts_signed_hours_alone(rated, case):
    attend(case, date(2026, 3, 5), 90)
    assert ledger(rated, MARCH, MARCH).lines == []
    sign(case, 3)
    (line,) = ledger(rated, MARCH, MARCH).lines
    # An hour and a half of 50,33 kronor is 75,495: half an öre up.
    assert (line.support, line.participants, line.minutes, line.amount) == ("income_support", 1, 90, 7_550)


def test_ledger_parts_a_month_by_the_day_on_which_support_changed(rated, case):
    attend(case, date(2026, 3, 5), 60)
    attend(case, date(2026, 3, 20), 120)
    enter_support(case=case, support=Support.ACTIVITY_GRANT, since=date(2026, 3, 15))
    sign(case, 3)
    lines = {line.support: (line.minutes, line.amount) for line in ledger(rated, MARCH, MARCH).lines}
    assert lines == {"income_support": (60, INCOME_SUPPORT), "activity_grant": (120, 2 * GRANT)}


def test_ledger_without_a_unit_cost_has_no_sum_and_says_which(rated, case):
    enter_support(case=case, support=Support.SICKNESS_BENEFIT, since=MARCH + timedelta(days=31))
    for month in (3, 4):
        attend(case, date(2026, month, 7), 60)
        sign(case, month)
    book = ledger(rated, MARCH, APRIL)
    assert book.amount is None
    ((gap),) = book.gaps
    assert (gap.support, gap.first, gap.last, gap.minutes) == ("sickness_benefit", APRIL, APRIL, 60)
    payment = begin_payment(programme=rated, first=MARCH, last=APRIL)
    with pytest.raises(Refused, match="Sickness benefit"), transaction.atomic():
        apply_for(payment=payment, asked=100, on=date(2026, 6, 1))


def test_ledger_of_unknown_support_is_not_known(rated, case):
    case.supportentrys.all().delete()
    attend(case, date(2026, 3, 5), 60)
    sign(case, 3)
    book = ledger(rated, MARCH, MARCH)
    assert (book.minutes, book.amount, book.gaps[0].support) == (60, None, "")


def test_ledger_takes_the_table_in_force_whole(rated, case, manager):
    """A later table takes the place of the earlier one, also for what it leaves out."""
    rates = [Rate(CostOf.PARTICIPANT, Support.ACTIVITY_GRANT, 0, 9_000)]
    load_rates(programme=rated, since=APRIL, rates=rates, source="2026:2", by=manager, on=APRIL)
    for month in (3, 4):
        attend(case, date(2026, month, 7), 60)
        sign(case, month)
    assert ledger(rated, MARCH, MARCH).amount == INCOME_SUPPORT
    assert ledger(rated, APRIL, APRIL).amount is None


def test_ledger_takes_the_unit_cost_of_the_age_at_start(programme, pitea, manager):
    rates = [Rate(CostOf.PARTICIPANT, Support.INCOME_SUPPORT, age, ore) for age, ore in ((0, 100), (25, 200))]
    load_rates(programme=programme, since=date(2026, 1, 1), rates=rates, source="2026:1", by=manager, on=MARCH)
    for age in (24, 25, 60):
        case = factories.CaseFactory(programme=programme, unit=pitea, started=True, facts={"age": age})
        attend(case, date(2026, 3, 5), 60)
        sign(case, 3)
    found = {row.case.age: row.rate for row in ledger_rows(programme, MARCH, MARCH, manager_of(programme))}
    assert found == {24: 100, 25: 200, 60: 200}


def manager_of(programme):
    return factories.staff(programme.lead_unit, Role.PROGRAMME_MANAGER)


def test_ledger_of_hours_signed_in_the_portal_follows_the_support_of_the_month(rated, case):
    attend(case, date(2026, 3, 20), 120)
    enter_support(case=case, support=Support.ACTIVITY_GRANT, since=date(2026, 3, 15))
    CertifiedMonth.objects.create(
        case=case, month=MARCH, minutes=300, signed_how="portal", signed_by=factories.UserFactory(), signed_on=APRIL
    )
    (line,) = ledger(rated, MARCH, MARCH).lines
    assert (line.support, line.minutes, line.amount) == ("income_support", 300, 5 * INCOME_SUPPORT)


def test_ledger_of_a_unit_is_its_own_and_the_manager_sees_all(
    rated, case, arvidsjaur, responsible, colleague, stranger, manager
):
    other = factories.CaseFactory(programme=rated, unit=arvidsjaur, started=True)
    for each, minutes in ((case, 60), (other, 120)):
        attend(each, date(2026, 3, 5), minutes)
        sign(each, 3)
    seen = {}
    for who in (responsible, colleague, stranger, manager):
        with acting_as(who.pk):
            seen[who] = ledger(rated, MARCH, MARCH).minutes
    assert seen == {responsible: 60, colleague: 120, stranger: 0, manager: 180}


def test_ledger_counts_a_protected_participant_without_telling_who(rated, case, manager):
    attend(case, date(2026, 3, 5), 60)
    sign(case, 3)
    Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK)
    with acting_as(manager.pk):
        (row,) = ledger_rows(rated, MARCH, MARCH, manager)
        assert (row.case, row.minutes, row.amount) == (None, 60, INCOME_SUPPORT)


def test_staff_hours_beyond_a_cap_do_not_count(rated, responsible, pitea):
    told = {"programme": rated, "unit": pitea, "user": responsible, "function": "Projektledare", "task": "Leda"}
    today = date(2026, 11, 1)
    report_time(on=date(2026, 3, 5), minutes=480, today=today, **told)
    with pytest.raises(Refused, match="13 hours"), transaction.atomic():
        report_time(on=date(2026, 3, 6), minutes=14 * 60, today=today, **told)
    (line,) = staff_ledger(rated, MARCH, MARCH)
    assert (line.minutes, line.eligible, line.amount) == (480, 480, 8 * MANAGER)
    # Another project of the same employee has used up all of the year but one hour.
    other = factories.ProgrammeFactory()
    rated.rate_tables.update(yearly_minutes=480 + 60)
    report_time(on=date(2026, 4, 7), minutes=480, today=today, **told)
    other.staff_times.create(unit=pitea, user=responsible, on=date(2026, 4, 1), minutes=30, function="x", task="y")
    (line,) = staff_ledger(rated, APRIL, APRIL)
    assert (line.minutes, line.eligible, line.amount) == (480, 30, MANAGER // 2 + 1)


@pytest.mark.parametrize("function", ["Vaktmästare", ""])
def test_staff_hours_without_a_unit_cost_are_refused(rated, responsible, pitea, function):
    told = {"programme": rated, "unit": pitea, "user": responsible, "task": "Leda", "today": date(2026, 11, 1)}
    with pytest.raises(Refused, match="no unit cost"), transaction.atomic():
        report_time(on=date(2026, 3, 5), minutes=60, function=function, **told)


#: What happens to participants in two months: who, on which day, for how long; and when support changes.
ATTENDED = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 58), st.integers(1, 600)), min_size=1, max_size=12)
CHANGED = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(1, 58),
        st.sampled_from([Support.INCOME_SUPPORT, Support.ACTIVITY_GRANT, Support.OWN_INCOME]),
    ),
    max_size=4,
    unique_by=lambda change: change[:2],
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attended=ATTENDED, changed=CHANGED, corrected=st.integers(0, 600))
def test_sums_agree_from_the_roll_to_the_file(rated, pitea, attended, changed, corrected):
    """Roll, certificate, file, ledger and its rows say the same, to the minute and the öre, also after a correction."""
    with transaction.atomic():
        type(rated).objects.filter(pk=rated.pk).update(fund_period="esf-plus-2021", reference="1")
        rated.refresh_from_db()
        cases = [factories.CaseFactory(programme=rated, unit=pitea, started=True) for _n in range(3)]
        for who, days, minutes in attended:
            attend(cases[who], MARCH + timedelta(days=days), minutes)
        for who, days, support in changed:
            enter_support(case=cases[who], support=support, since=MARCH + timedelta(days=days))
        for case in cases:
            for month in (3, 4):
                if case.attendances.filter(session__on__month=month).exists():
                    sign(case, month)
        # One row was wrong: opened, corrected, signed again.
        row = Attendance.objects.filter(case__in=cases).order_by("pk").first()
        row.minutes = min(corrected, row.session.minutes)
        month = month_of(row.session.on)[0]
        certified = CertifiedMonth.objects.get(case=row.case, month=month, reopened_on=None)
        reopen_month(certified=certified, on=date(2026, 6, 1), why="Fel")
        row.save()
        certify_month(case=row.case, month=month, how="paper", by=certified.signed_by, on=date(2026, 6, 1))
        for first in (MARCH, APRIL):
            last = month_of(first)[1]
            roll = sum(each.present for each in with_hours(Case.objects.filter(programme=rated), first, last))
            signed = CertifiedMonth.objects.filter(case__programme=rated, month=first, reopened_on=None)
            file = made(rated, pitea, first.month)
            book = ledger(rated, first, first)
            rows = ledger_rows(rated, first, first, manager_of(rated))
            sums = {
                sum(signed.values_list("minutes", flat=True)),
                sum(file.rows.values_list("minutes", flat=True)),
                MonthlyFile.objects.get(pk=file.pk).minutes,
                book.minutes,
                sum(each.minutes for each in rows),
            }
            assert sums == {roll}
            assert sum(line.amount for line in book.lines) == sum(each.amount or 0 for each in rows)
            for each in rows:
                if each.rate is not None:
                    assert abs(each.amount * 60 - each.minutes * each.rate) <= 30
        transaction.set_rollback(True)


def test_rates_that_a_payment_rests_on_stay(rated, case, manager):
    attend(case, date(2026, 3, 5), 60)
    sign(case, 3)
    payment = begin_payment(programme=rated, first=MARCH, last=MARCH)
    apply_for(payment=payment, asked=100_00, on=date(2026, 5, 1))
    rates = [Rate(CostOf.PARTICIPANT, Support.INCOME_SUPPORT, 0, 1)]
    told = {"programme": rated, "rates": rates, "source": "Ny", "by": manager, "on": date(2026, 5, 2), **CAPS}
    for since in (date(2026, 1, 1), date(2026, 2, 1), MARCH):
        with pytest.raises(Refused, match="handed in"), transaction.atomic():
            load_rates(since=since, **told)
    load_rates(since=APRIL, **told)
    assert ledger(rated, MARCH, MARCH).amount == INCOME_SUPPORT


def test_each_sum_leads_to_the_rows_that_it_is_made_of(rated, case, arvidsjaur, manager, sign_in):
    """Also where the ledger is narrowed: the rows have the sum's minutes, of the same unit and support."""
    other = factories.CaseFactory(programme=rated, unit=arvidsjaur, started=True)
    for each, minutes in ((case, 60), (other, 120)):
        attend(each, date(2026, 3, 5), minutes)
        sign(each, 3)
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    address = f"/projects/{rated.pk}/ledger/?first=2026-03&last=2026-03"
    for narrowed, hours in (("", "3:00"), (f"&unit={case.unit_id}", "1:00"), ("&support=income_support", "3:00")):
        page = client.get(address + narrowed).content.decode()
        assert f"for {hours} signed hours" in page
        queries = re.findall(r'ledger/rows/\?([^"]+)"', page.split('id="months"')[1].split('id="units"')[0])
        rows = client.get(f"/projects/{rated.pk}/ledger/rows/?{queries[0].replace('&amp;', '&')}").content.decode()
        assert f"for {hours} signed hours" in rows


def test_row_of_somebody_whom_one_may_not_know_leads_nowhere(rated, case, manager, sign_in):
    attend(case, date(2026, 3, 5), 60)
    sign(case, 3)
    Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK)
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    page = client.get(f"/projects/{rated.pk}/ledger/rows/?first=2026-03&last=2026-03").content.decode()
    assert "A participant whom you may not know" in page
    assert 'href=""' not in page


def test_staff_hours_of_a_month_that_is_handed_in_stay(rated, case, pitea, responsible):
    attend(case, date(2026, 3, 5), 60)
    sign(case, 3)
    told = {"programme": rated, "unit": pitea, "user": responsible, "function": "Projektledare", "task": "Prov"}
    told |= {"today": date(2026, 5, 1), "minutes": 60}
    row = report_time(on=date(2026, 3, 5), **told)
    other = report_time(on=date(2026, 4, 7), **told)
    apply_for(payment=begin_payment(programme=rated, first=MARCH, last=MARCH), asked=1, on=date(2026, 4, 2))
    for again in (
        lambda: report_time(on=date(2026, 3, 5), **{**told, "minutes": 90}),
        lambda: report_time(on=date(2026, 3, 9), **told),
        lambda: drop_time(row=row),
    ):
        with pytest.raises(Refused, match="rests on the hours"), transaction.atomic():
            again()
    drop_time(row=other)
    assert [each.minutes for each in StaffTime.objects.filter(programme=rated)] == [60]
