"""What each indicator counts: on a small world whose answer is known, that day and the day after."""

from datetime import timedelta

import pytest

from lotsen.access.models import Unit
from lotsen.indicators.definitions import all_definitions
from lotsen.indicators.enums import Measure, Part, Subject
from lotsen.indicators.queries import Figure, calculate, definition_of, members
from lotsen.programmes.enums import NOT_OF_CASES, CountsAs, IndicatorCode
from lotsen.programmes.models import Programme
from tests import factories
from tests.indicators import worlds_of_placements, worlds_of_surveys
from tests.indicators.worlds import DAY, LATER, WORLDS, World


@pytest.fixture
def world(pitea: Unit, arvidsjaur: Unit, alvsbyn: Unit) -> World:
    """Return a programme of three units, and another of one of them."""
    programme = factories.ProgrammeFactory(lead_unit=pitea, units=[arvidsjaur, alvsbyn], follow_up_days=[90, 180])
    return World(programme, factories.ProgrammeFactory(lead_unit=alvsbyn))


def test_every_code_has_a_definition_and_no_definition_is_without_a_code():
    assert list(all_definitions()) == IndicatorCode.values
    assert {code: definition.code for code, definition in all_definitions().items()} == {
        code.value: code for code in IndicatorCode
    }


def test_every_definition_has_a_world():
    assert worlds_of_placements.DAY == worlds_of_surveys.DAY
    assert worlds_of_surveys.count(1) == Figure(1, 1, None, 0), "imported for its worlds"
    assert set(WORLDS) == set(IndicatorCode)


def test_goals_over_groups_are_refused_for_the_definitions_whose_rows_are_of_no_case():
    of_no_case = {d.code for d in all_definitions().values() if d.subject != Subject.CASE and not d.repeats}
    assert of_no_case == NOT_OF_CASES


def test_every_definition_says_what_it_counts_and_in_which_unit():
    definitions = all_definitions().values()
    assert [d.code for d in definitions if not str(d.meaning).endswith(".")] == []
    with_unit = {d.code for d in definitions if d.unit}
    assert with_unit == {d.code for d in definitions if d.measure in {Measure.SUM, Measure.MEDIAN}}


@pytest.mark.parametrize("code", IndicatorCode)
def test_indicator_counts_what_had_happened_that_day(code: IndicatorCode, world: World):
    rows, figure = WORLDS[code](world)
    definition = definition_of(code)
    assert members(world.programme, definition, DAY) == {row.pk: value for row, value in rows.items()}
    assert calculate(world.programme, definition, DAY).total == figure


@pytest.mark.parametrize("code", IndicatorCode)
def test_indicator_counts_what_happened_a_day_later_a_day_later(code: IndicatorCode, world: World):
    rows, _figure = WORLDS[code](world)
    after = members(world.programme, definition_of(code), LATER)
    assert after != {row.pk: value for row, value in rows.items()}


@pytest.mark.parametrize("code", IndicatorCode)
def test_indicator_of_a_programme_with_nobody_in_it_counts_nobody(code: IndicatorCode, world: World):
    measured = members(world.programme, definition_of(code), DAY, part=Part.DENOMINATOR)
    assert measured == {}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (IndicatorCode.SHARE_TRAINED_IN_EQUALITY, CountsAs.EQUALITY_TRAINING),
        (IndicatorCode.SHARE_PARTNERS_TRAINED_IN_EQUALITY, CountsAs.EQUALITY_TRAINING),
        (IndicatorCode.SHARE_UNITS_IN_NETWORK, CountsAs.STAFF_NETWORK),
    ],
)
def test_share_that_came_is_not_known_before_anybody_was_called(code: IndicatorCode, kind: CountsAs, world: World):
    WORLDS[code](world)
    before = DAY - timedelta(days=1)
    asked = members(world.programme, definition_of(code), before)
    assert set(asked.values()) == {None}
    assert calculate(world.programme, definition_of(code), before).total == Figure(None, 0, 0, len(asked))


DAY_90 = [code for code in IndicatorCode if code.endswith("day_90") or "better_chances" in code]


@pytest.mark.parametrize("code", DAY_90)
def test_follow_up_of_a_programme_that_asks_on_other_days_counts_nobody(code: IndicatorCode, world: World):
    Programme.objects.filter(pk=world.programme.pk).update(follow_up_days=[180])
    world.ended(DAY - timedelta(days=90))
    assert members(world.programme, definition_of(code), DAY) == {}
