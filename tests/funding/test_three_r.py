"""The 3R sheet: what women and men get, counted; and the programme's own words."""

from datetime import date

import pytest

from lotsen.core.acting import acting_as
from lotsen.funding.models import ThreeR
from lotsen.funding.queries import three_r
from lotsen.notes.actions import write_note
from lotsen.programmes.enums import Sex
from tests import factories

from .conftest import INCOME_SUPPORT, attend, sign

TODAY = date(2026, 6, 1)


@pytest.fixture
def people(rated, pitea):
    """Return two women and a man who have had an hour each, and somebody whose sex is not known."""
    cases = [
        factories.CaseFactory(programme=rated, unit=pitea, started=True, facts={"sex": sex, "age": 30})
        for sex in (Sex.WOMAN, Sex.WOMAN, Sex.MAN, "")
    ]
    for case in cases:
        attend(case, date(2026, 3, 5), 60)
        sign(case, 3)
    return cases


def told(pairs) -> dict[str, tuple[int, int]]:
    return {pair.name: (pair.women, pair.men) for pair in pairs}


def test_three_r_counts_people_hours_money_and_contact(rated, people, responsible, manager):
    write_note(case=people[0], by=responsible, on=date(2026, 3, 6), body="Prov", today=date(2026, 3, 6))
    sheet = three_r(rated, TODAY)
    with acting_as(manager.pk):
        # Who looks over the programme reads no note, and sees who gets how many.
        assert told(three_r(rated, TODAY).contact) == told(sheet.contact)
    assert told(sheet.people)["Started"] == (2, 1)
    assert told(sheet.kinds) == {"Course": (2, 1)}
    assert told(sheet.minutes) == {"Course": (120, 60)}
    assert (sheet.money.women, sheet.money.men) == (2 * INCOME_SUPPORT, INCOME_SUPPORT)
    assert told(sheet.contact)["Notes"] == (1, 0)
    assert (str(sheet.started.women_share), sheet.unknown) == ("66.7", 1)


def test_three_r_of_a_programme_without_anybody_divides_by_nothing(rated):
    sheet = three_r(rated, TODAY)
    assert (sheet.started.women_share, sheet.steps, sheet.kinds) == (None, [], [])


def test_three_r_is_counted_over_what_one_sees(rated, people, arvidsjaur, responsible, colleague, stranger, manager):
    factories.CaseFactory(programme=rated, unit=arvidsjaur, started=True, facts={"sex": Sex.MAN, "age": 30})
    seen = []
    for who in (responsible, colleague, stranger, manager):
        with acting_as(who.pk):
            seen.append(told(three_r(rated, TODAY).people)["Started"])
    assert seen == [(2, 1), (0, 1), (0, 0), (2, 2)]


def test_own_words_stand_beside_the_sheet(sign_in, rated, people, manager, evaluator):
    address = f"/projects/{rated.pk}/three-r/"
    said = {"reality": "Fler män anvisas.", "measures": "Vi möter anvisarna."}
    assert sign_in(manager).post(address, said).status_code == 302
    assert ThreeR.objects.get(programme=rated).reality == "Fler män anvisas."
    page = sign_in(evaluator).get(address).content.decode()
    assert "Fler män anvisas." in page
    sign_in(evaluator).post(address, {"reality": "Nej", "measures": ""})
    assert ThreeR.objects.get(programme=rated).reality == "Fler män anvisas."
