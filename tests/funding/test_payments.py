"""Applications for payment, their evidence and their self-control; budget, financing, decisions."""

import io
import zipfile
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lotsen.activities.actions import reopen_month
from lotsen.core.refused import Refused
from lotsen.funding.actions import (
    apply_for,
    begin_payment,
    check_item,
    contribute,
    decide,
    draw_sample,
    pay,
    plan_line,
    spend,
)
from lotsen.funding.enums import DecisionKind, Requirement, Verdict
from lotsen.funding.models import Payment
from lotsen.funding.queries import budget_lines, evidence, financing, ledger, share
from lotsen.programmes.enums import Source
from lotsen.programmes.models import Programme
from tests import factories

from .conftest import INCOME_SUPPORT, attend, sign

MARCH, APRIL, JUNE = date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)


@pytest.fixture
def lived(rated, pitea):
    """Return eleven participants with a signed hour each in March."""
    cases = [factories.CaseFactory(programme=rated, unit=pitea, started=True) for _n in range(11)]
    for case in cases:
        attend(case, date(2026, 3, 5), 60)
        sign(case, 3)
    return cases


def proofs(payment, user) -> dict[Requirement, tuple[int, int]]:
    book = ledger(payment.programme, payment.first, payment.last)
    return {p.requirement: (p.there, p.needed) for p in evidence(payment, book, user, JUNE)}


@pytest.mark.parametrize(
    ("code", "share_of_fund"),
    [("asap", "47.1"), ("navigator", "37.3"), ("jobbfokus-e18", "38.8"), ("ame-skane", "100.0")],
)
def test_financing_of_the_four_budgets_comes_out(db, code, share_of_fund):
    programme = Programme.objects.get(code=code)
    bearings = financing(programme, programme.ends_on)
    assert str(next(each.share for each in bearings if each.source == Source.FUNDER)) == share_of_fund
    assert sum(each.planned for each in bearings) == programme.budget


def test_share_of_nothing_is_not_known():
    assert share(0, 0) is None


def test_payment_names_what_is_missing_and_is_met_when_it_is_there(rated, lived, manager, responsible):
    attend(lived[0], date(2026, 4, 5), 60)
    payment = begin_payment(programme=rated, first=MARCH, last=APRIL)
    assert proofs(payment, manager) == {
        Requirement.DECISION: (0, 1),
        Requirement.SIGNED: (11, 12),
        Requirement.SUPPORT: (660, 660),
        Requirement.RATES: (660, 660),
        Requirement.STAFF: (0, 0),
        Requirement.SAMPLE: (0, 3),
    }
    decide(programme=rated, on=MARCH, kind=DecisionKind.GRANT, reference="2026/1", amount=100_00, note="")
    sign(lived[0], 4)
    for item in draw_sample(payment=payment):
        check_item(item=item, verdict=Verdict.RIGHT, note="", by=manager, on=JUNE)
    assert all(there == needed for there, needed in proofs(payment, manager).values())


def test_payment_is_in_arrears_and_writes_down_what_it_rests_on(rated, lived):
    payment = begin_payment(programme=rated, first=MARCH, last=MARCH)
    with pytest.raises(Refused, match="not over"), transaction.atomic():
        apply_for(payment=payment, asked=500_00, on=date(2026, 3, 31))
    with pytest.raises(Refused, match="not handed in"), transaction.atomic():
        pay(payment=payment, paid=1, on=JUNE)
    apply_for(payment=payment, asked=500_00, on=APRIL)
    with pytest.raises(Refused, match="already"), transaction.atomic():
        apply_for(payment=payment, asked=1, on=APRIL)
    assert (payment.minutes, payment.support) == (660, 11 * INCOME_SUPPORT)
    with pytest.raises(Refused, match="before"), transaction.atomic():
        pay(payment=payment, paid=1, on=date(2026, 3, 31))
    pay(payment=payment, paid=450_00, on=JUNE)
    assert Payment.objects.get(pk=payment.pk).paid == 450_00


def test_payment_over_a_month_of_another_is_refused_by_the_database(rated):
    begin_payment(programme=rated, first=MARCH, last=APRIL)
    with pytest.raises(Refused, match="already"), transaction.atomic():
        begin_payment(programme=rated, first=APRIL, last=JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(programme=rated, first=date(2026, 2, 1), last=JUNE)
    begin_payment(programme=rated, first=date(2026, 5, 1), last=JUNE)
    # Another programme has months of its own.
    begin_payment(programme=factories.ProgrammeFactory(), first=MARCH, last=APRIL)


def test_sample_is_a_fifth_by_lot_and_drawn_anew_for_what_was_wrong(rated, lived, manager):
    payment = begin_payment(programme=rated, first=MARCH, last=MARCH)
    first = draw_sample(payment=payment)
    assert len(first) == 3
    with pytest.raises(Refused, match="already"), transaction.atomic():
        draw_sample(payment=payment)
    check_item(item=first[0], verdict=Verdict.WRONG, note="Fel dag", by=manager, on=JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        check_item(item=first[1], verdict=Verdict.WRONG, note="", by=manager, on=JUNE)
    wrong = first[0].certified
    reopen_month(certified=wrong, on=JUNE, why="Fel dag")
    sign(wrong.case, 3)
    (again,) = draw_sample(payment=payment)
    assert again.certified not in {item.certified for item in first}
    assert payment.sample.count() == 4


def test_budget_shows_what_was_spent_and_what_is_left(rated):
    line = plan_line(programme=rated, name="Personal", year=2026, amount=1000_00)
    assert plan_line(programme=rated, name="Personal", year=2026, amount=900_00).pk == line.pk
    spend(line=line, month=MARCH, amount=200_00)
    spend(line=line, month=MARCH, amount=250_00)
    spend(line=line, month=APRIL, amount=-50_00, note="Återbetalt")
    ((spending),) = budget_lines(rated)
    assert (spending.line.amount, spending.spent, spending.left) == (900_00, 200_00, 700_00)
    with pytest.raises(Refused, match="does not run"), transaction.atomic():
        plan_line(programme=rated, name="Personal", year=2030, amount=1)


def test_financing_shows_what_has_come_of_each_source(rated, lived, pitea):
    for place, (source, amount) in enumerate(((Source.FUNDER, 400), (Source.CO_FINANCING, 600))):
        rated.financing.create(source=source, amount=amount, position=place)
    contribute(programme=rated, organisation=pitea.organisation, source=Source.CASH, on=MARCH, amount=77_00)
    payment = begin_payment(programme=rated, first=MARCH, last=MARCH)
    apply_for(payment=payment, asked=500_00, on=APRIL)
    pay(payment=payment, paid=450_00, on=JUNE)
    found = {each.source: (str(each.share), each.outcome) for each in financing(rated, JUNE)}
    assert found == {
        Source.FUNDER: ("40.0", 450_00),
        Source.CO_FINANCING: ("60.0", 11 * INCOME_SUPPORT + 77_00),
    }


def test_evidence_comes_as_one_file_without_a_formula(rated, lived, manager, responsible, sign_in):
    decide(programme=rated, on=MARCH, kind=DecisionKind.GRANT, reference="=1+1", amount=100_00, note="")
    payment = begin_payment(programme=rated, first=MARCH, last=APRIL)
    draw_sample(payment=payment)
    client = sign_in(manager)
    client.cookies["django_language"] = "en"
    address = reverse("payment_pack", args=[payment.pk])
    with zipfile.ZipFile(io.BytesIO(client.get(address).content)) as archive:
        names = archive.namelist()
        books = {name: sheet_of(archive.read(name)) for name in names}
    assert [name[2:-5] for name in names] == [
        *("evidence", "hours-and-money", "staff-hours", "unit-costs", "decisions", "self-control")
    ]
    assert "=1+1" in books["5-decisions.xlsx"]
    assert books["2-hours-and-money.xlsx"].count("<row ") == 12
    assert books["6-self-control.xlsx"].count("<row ") == 4
    assert sign_in(responsible).get(address).status_code == 403


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "<f>" not in sheet
    return sheet
