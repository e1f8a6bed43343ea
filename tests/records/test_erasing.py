"""What is erased is gone from every table, and what is counted stays, of nobody (figure S8)."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.enums import Role
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as, acting_as_operator
from lotsen.core.refused import Refused
from lotsen.indicators.queries import calculate_all
from lotsen.people.actions import undo_merging
from lotsen.people.models import Person
from lotsen.records.actions import (
    approve_erasure,
    archive_erasure,
    carry_out_erasure,
    erase_persons,
    place_hold,
    propose_erasure,
    withdraw_erasure,
)
from lotsen.records.actions.erasing import tables_erased
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Evidence
from lotsen.records.queries import erasable
from tests import factories

#: Words and numbers that stand nowhere but in the record that goes.
NAME, NUMBER, CASE, WISH = "Zgallringsson", "199001022387", "ZGALLRA1", "Zönskningsord"
#: The whole case was closed on 1 September 2026, and followed up on 30 November.
LATER = date(2032, 1, 15)
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def manager_of_unit(pitea):
    """Return the manager of Piteå's unit."""
    return factories.staff(pitea, Role.UNIT_MANAGER)


@pytest.fixture
def auditor(pitea):
    """Return the auditor of Piteå."""
    return factories.staff(pitea, Role.AUDITOR)


@pytest.fixture
def rules(pitea):
    """Let records be kept for five years, and evidence for ten after the programme's end in 2027."""
    organisation = pitea.organisation
    person = factories.RetentionRuleFactory(organisation=organisation)
    evidence = factories.RetentionRuleFactory(organisation=organisation, kind=Kept.EVIDENCE, years=10)
    return {"person": person, "evidence": evidence}


@pytest.fixture
def case(programme, pitea, rules):
    """Return a whole case whose record is to go."""
    number = factories.NUMBERS[7]
    case = factories.whole_case(
        programme=programme,
        unit=pitea,
        number=CASE,
        person__family_name=NAME,
        person__unit=pitea,
        person__identity_number=number,
    )
    case.person.consents.update(purpose=WISH)
    return case


def erase(*persons):
    """Erase persons as the nightly work does."""
    with acting_as_operator("test"), transaction.atomic():
        return erase_persons(persons=[person.pk for person in persons], organisation=persons[0].organisation, on=LATER)


def tables_with(*markers):
    """Return the tables in which some text stands, of all that there are. As the owner, who reads them all."""
    found = set()
    tables = "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute(tables)
        for (table,) in cursor.fetchall():
            clause = " or ".join(["t::text like %s"] * len(markers))
            cursor.execute(f"select exists (select 1 from {table} t where {clause})", [f"%{m}%" for m in markers])
            if cursor.fetchone()[0]:
                found.add(table)
        cursor.execute("set local role lotsen_job")
    return found


def test_nothing_in_the_database_tells_of_who_is_erased(case):
    keys = (str(case.person_id), NAME, NAME.lower(), CASE, WISH)
    assert {"people_person", "people_personevent", "cases_case", "people_consent"} <= tables_with(*keys)
    erase(case.person)
    assert tables_with(*keys) == {"records_evidence"}
    Evidence.objects.all().delete()
    assert tables_with(*keys) == set()


def test_history_of_who_is_erased_goes_and_that_of_others_stays(case, programme, pitea):
    other = factories.whole_case(programme=programme, unit=pitea)
    before = other.events.count(), other.person.events.count()
    erase(case.person)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cases_caseevent where pgh_obj_id = %s", [case.pk])
        assert cursor.fetchone() == (0,)
    assert (other.events.count(), other.person.events.count()) == before


def test_figures_stay_as_they_were(case, programme):
    day = date(2027, 12, 31)
    before = {indicator.definition.code: indicator.total for indicator in calculate_all(programme, day)}
    erase(case.person)
    assert {indicator.definition.code: indicator.total for indicator in calculate_all(programme, day)} == before


def test_case_counts_on_without_a_person_and_its_days_keep_their_distances(case):
    apart = case.closed_on - case.started_on
    steps = [entry.since - case.started_on for entry in case.stepentrys.all()]
    placements = [(p.began_on - case.started_on, p.ended_on - case.started_on) for p in case.placements.all()]
    erase(case.person)
    case = Case.objects.get(pk=case.pk)
    assert (case.person, case.referred_by, case.number.startswith("X-")) == (None, None, True)
    assert (case.started_on.day, case.closed_on - case.started_on) == (1, apart)
    assert [entry.since - case.started_on for entry in case.stepentrys.all()] == steps
    assert [(p.began_on - case.started_on, p.ended_on - case.started_on) for p in case.placements.all()] == placements
    assert case.responsibleentrys.count() == 0


def test_start_in_the_middle_of_a_month_moves_to_its_first_day(programme, pitea, rules):
    case = factories.CaseFactory(
        programme=programme, unit=pitea, referred_on=date(2026, 3, 4), started_on=date(2026, 3, 18)
    )
    erase(case.person)
    case.refresh_from_db()
    assert (case.referred_on, case.started_on) == (date(2026, 2, 15), date(2026, 3, 1))


def test_evidence_holds_what_a_funder_asks_for_and_leads_nowhere(case):
    number = case.person.identity_number
    erase(case.person)
    (evidence,) = Evidence.objects.all()
    assert (evidence.name, evidence.case_number, evidence.identity_number) == (case.person.list_name, CASE, number)
    assert (evidence.started_on, evidence.closed_on) == (case.started_on, case.closed_on)
    assert (evidence.minutes, evidence.hours) == ({"2026-04": 120}, 2.0)
    assert evidence.keep_until == date(2037, 12, 31)
    assert str(case.pk) not in str(vars(evidence))


def test_evidence_of_a_protected_person_names_nobody(case):
    Person.objects.filter(pk=case.person_id).update(protection="confidentiality_mark")
    erase(case.person)
    (evidence,) = Evidence.objects.all()
    assert (evidence.name, evidence.identity_number, evidence.case_number) == ("Protected identity", "", CASE)


def test_evidence_is_kept_by_the_longest_rule_of_the_programme(case, programme, pitea, rules):
    factories.RetentionRuleFactory(organisation=pitea.organisation, kind=Kept.EVIDENCE, years=15, programme=programme)
    erase(case.person)
    assert Evidence.objects.get().keep_until == date(2042, 12, 31)


def test_evidence_that_nobody_may_ask_for_any_more_is_not_written(case, rules):
    rules["evidence"].delete()
    factories.RetentionRuleFactory(organisation=case.unit.organisation, kind=Kept.EVIDENCE, years=3)
    erase(case.person)
    assert Evidence.objects.count() == 0


def test_record_that_became_a_part_of_another_goes_with_it(case):
    (merging,) = case.person.mergings.all()
    erase(case.person)
    assert not Person.objects.filter(pk__in=[case.person_id, merging.gone_id]).exists()


def test_record_that_came_apart_again_leaves_nothing_behind(case, responsible):
    (merging,) = case.person.mergings.all()
    undo_merging(merging=merging, by=responsible, at=NOW)
    erase(merging.gone)
    assert tables_with(str(merging.gone_id)) == set()


def test_every_personal_table_is_reached(case):
    erased = set(tables_erased())
    assert {"people_person", "people_consent", "people_formernumber", "cases_supportentry", "plans_plan"} <= erased
    counts = erase(case.person)
    assert set(counts) - erased == {table for table in counts if table.endswith("event")}


# The way to an erasure


def proposed(pitea, by, on=LATER):
    """Propose an erasure as the page does."""
    with acting_as(by.pk), transaction.atomic():
        return propose_erasure(unit=pitea, by=by, at=NOW, on=on)


@pytest.mark.parametrize(("on", "is_due"), [(date(2031, 11, 30), False), (date(2031, 12, 1), True)])
def test_record_is_due_five_years_after_the_last_of_it(case, pitea, manager_of_unit, on, is_due):
    before = on.replace(year=on.year - 5)
    with acting_as(manager_of_unit.pk):
        assert (case.person_id in erasable(pitea, before)) == is_due


def test_record_is_due_for_the_manager_of_the_unit_alone(case, pitea, responsible, colleague, stranger, auditor):
    for user in (responsible, colleague, stranger, auditor):
        with acting_as(user.pk):
            assert erasable(pitea, date(2030, 1, 1)) == []


def test_record_with_an_open_case_or_a_hold_is_not_due(case, pitea, programme, responsible, manager_of_unit):
    before = date(2030, 1, 1)
    with acting_as(manager_of_unit.pk):
        assert case.person_id in erasable(pitea, before)
    hold = place_hold(unit=pitea, programme=programme, reason="Revision", by=responsible)
    with acting_as(manager_of_unit.pk):
        assert erasable(pitea, before) == []
    hold.delete()
    factories.CaseFactory(programme=factories.ProgrammeFactory(lead_unit=pitea), unit=pitea, person=case.person)
    with acting_as(manager_of_unit.pk):
        assert case.person_id not in erasable(pitea, before)


def test_protected_record_is_due_too_and_not_seen(case, pitea, manager_of_unit):
    case.person.named_readers.all().delete()
    Person.objects.filter(pk=case.person_id).update(protection="confidentiality_mark")
    erasure = proposed(pitea, manager_of_unit)
    with acting_as(manager_of_unit.pk):
        assert not Person.objects.filter(pk=case.person_id).exists()
    assert erasure.persons == erasure.items.count() == 1


def refusal(act):
    """Return the sentence with which something is refused."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return str(caught.value)


def test_erasure_needs_rules_and_something_that_is_due(case, pitea, rules, manager_of_unit):
    assert refusal(lambda: proposed(pitea, manager_of_unit, date(2027, 1, 1))) == "No record of this unit is due."
    rules["evidence"].delete()
    assert "has no rule yet for: Evidence for the funder" in refusal(lambda: proposed(pitea, manager_of_unit))
    factories.ErasureFactory._meta.model.objects.filter(rule=rules["person"]).delete()
    rules["person"].delete()
    sentence = refusal(lambda: propose_erasure(unit=factories.UnitFactory(), by=manager_of_unit, at=NOW, on=LATER))
    assert "has no rule yet for: The record of a person" in sentence


def test_erasure_goes_its_way_and_takes_two(case, pitea, manager_of_unit, auditor):
    erasure = proposed(pitea, manager_of_unit)
    assert refusal(lambda: approve_erasure(erasure=erasure, by=manager_of_unit, at=NOW)).startswith("You proposed")
    assert refusal(lambda: approve_erasure(erasure=erasure, by=auditor, at=NOW)).startswith("The archive file has not")
    with acting_as(manager_of_unit.pk):
        (parts,) = archive_erasure(erasure=erasure, by=manager_of_unit, at=NOW)
    assert parts[0].rows[0]["family_name"] == NAME
    with acting_as(auditor.pk):
        approve_erasure(erasure=erasure, by=auditor, at=NOW)
    early = LATER + timedelta(days=30)
    assert refusal(lambda: carry_out_erasure(erasure=erasure, at=NOW, on=early)).startswith("This erasure is not")
    protocol = carry_out_erasure(erasure=erasure, at=NOW, on=early + timedelta(days=1))
    assert (protocol["persons"], protocol["spared"], protocol["rows"]["people_person"]) == (1, 0, 2)
    assert erasure.state == ErasureState.DONE
    assert tables_with(NAME, CASE) == {"records_evidence"}


def test_who_comes_back_or_is_held_back_meanwhile_is_spared(case, pitea, manager_of_unit, auditor):
    erasure = proposed(pitea, manager_of_unit)
    archive_erasure(erasure=erasure, by=manager_of_unit, at=NOW)
    approve_erasure(erasure=erasure, by=auditor, at=NOW)
    place_hold(unit=pitea, person=case.person, reason="Tvist", by=manager_of_unit)
    protocol = carry_out_erasure(erasure=erasure, at=NOW, on=LATER + timedelta(days=31))
    assert (protocol["persons"], protocol["spared"]) == (0, 1)
    assert Person.objects.filter(pk=case.person_id).exists()
    assert erasure.items.count() == 0


def test_erasure_is_stopped_before_it_is_carried_out_and_not_after(case, pitea, manager_of_unit):
    erasure = proposed(pitea, manager_of_unit)
    assert refusal(lambda: proposed(pitea, manager_of_unit)).startswith("An erasure of this unit is on its way")
    withdraw_erasure(erasure=erasure)
    assert erasure.items.count() == 0
    assert refusal(lambda: withdraw_erasure(erasure=erasure)).startswith("The erasure is withdrawn.")
    assert proposed(pitea, manager_of_unit).state == ErasureState.PROPOSED
