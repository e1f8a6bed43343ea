"""Matches over their pages: places for a participant with reasons, one chosen, one put aside; and who may see them."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lotsen.access.enums import Role
from lotsen.activities.actions import enrol, plan_activity
from lotsen.employers.actions import keep_analysis, register_workplace
from lotsen.employers.enums import Demand, Sector
from lotsen.employers.models import TravelTime
from lotsen.matching.enums import Decided
from lotsen.matching.models import MatchDecision
from lotsen.placements.actions import call_off, close_opening, keep_opening, keep_training, plan_placement
from lotsen.placements.enums import Offered, StoppedBy, TrainingKind
from lotsen.placements.models import Opening
from lotsen.profiles.actions import add_wish, keep_needs
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def case(running, responsible, pitea):
    case = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    add_wish(case=case, words="Jag vill hjälpa äldre.", occupation="5330")
    keep_needs(case=case, swedish="A2", travels="municipality")
    return case


def offer(workplace, unit, title, occupation, **told):
    of = {"tasks": "Prov", "offers": [Offered.INTERNSHIP], "places": 1}
    return keep_opening(workplace=workplace, unit=unit, title=title, occupation=occupation, **{**of, **told})


@pytest.fixture
def wanted(workplace, pitea):
    return offer(workplace, pitea, "Vårdbiträde", "5330", swedish="A2")


def listed(client, case):
    context = client.get(reverse("match_list", args=[case.pk])).context
    return [opening.title for _rank, opening, _match in context["possible"]]


def test_place_that_is_wished_stands_first_with_its_reasons(client, case, wanted, workplace, pitea):
    offer(workplace, pitea, "Lagerarbete", "4321", swedish="A2")
    assert listed(client, case)[:2] == ["Vårdbiträde", "Lagerarbete"]
    page = client.get(reverse("match_list", args=[case.pk])).content.decode()
    assert "It is what the participant wants to work with." in page
    assert "The participant wants to work with something else." in page


def test_what_stands_in_the_way_is_told_apart_with_what_would_open_it(client, case, workplace, pitea):
    offer(workplace, pitea, "Telefonist", "5330", swedish="C1")
    assert "Telefonist" not in listed(client, case)
    page = client.get(reverse("match_list", args=[case.pk])).content.decode()
    assert "asks for more Swedish" in page
    assert "A course of Swedish, or language support at the workplace." in page


def test_analysis_of_the_workplace_and_classes_of_the_participant_are_asked(client, case, workplace, pitea, running):
    offer(workplace, pitea, "Kök", "9411", day_from=time(9), day_to=time(14), weekdays=[TODAY.isoweekday()])
    keep_needs(case=case, physical=Demand.LOW)
    told = {"tasks": "Prov", "physical": Demand.HIGH, "made_on": TODAY, "holds_until": TODAY + timedelta(days=90)}
    keep_analysis(workplace=workplace, unit=pitea, by=None, **told)
    kind = running.kinds.get(code="kurs")
    days = [TODAY + timedelta(days=7)]
    (session,) = plan_activity(kind=kind, title="Svenska", days=days, at=time(10), minutes=60, unit=pitea)
    enrol(activity=session.activity, case=case, since=TODAY)
    page = client.get(reverse("match_list", args=[case.pk])).content.decode()
    assert "A demand or the tempo is higher" in page
    assert "The times clash with a class" in page


def test_sex_birth_and_age_of_the_case_change_nothing(client, case, wanted):
    before = client.get(reverse("match_list", args=[case.pk])).context["possible"]
    case.sex, case.born_abroad, case.age, case.reduced_work_ability = "man", True, 61, True
    case.save()
    after = client.get(reverse("match_list", args=[case.pk])).context["possible"]
    assert [(rank, match) for rank, _opening, match in before] == [(rank, match) for rank, _opening, match in after]


def test_law_alone_closes_a_subsidised_employment(client, case, workplace, pitea):
    offer(workplace, pitea, "Vaktmästare", "5152", offers=[Offered.SUBSIDISED])
    told = {"age": 40, "months_without_work": 2, "newly_arrived": False, "registered_job_seeker": False}
    for name, value in told.items():
        setattr(case, name, value)
    for able, is_listed in ((True, True), (None, True), (False, False)):
        case.reduced_work_ability = able
        case.save()
        assert ("Vaktmästare" in listed(client, case)) is is_listed
    assert "rules for these do not allow one" in client.get(reverse("match_list", args=[case.pk])).content.decode()


def test_bus_is_asked_where_the_participant_says_how_long(client, case, arvidsjaur, pitea):
    told = {"employer_name": "Fors AB", "sector": Sector.PUBLIC, "municipality": arvidsjaur.municipality}
    offer(register_workplace(name="Forsskolan", **told), pitea, "Skolkök", "9412")
    way = TravelTime.objects.get_or_create(
        origin=pitea.municipality,
        destination=arvidsjaur.municipality,
        defaults={"minutes": 60, "source": "Prov", "loaded_on": TODAY},
    )[0]
    for most, is_listed in ((way.minutes, True), (way.minutes - 5, False), (None, True)):
        keep_needs(case=case, travels="county", minutes=most)
        assert ("Skolkök" in listed(client, case)) is is_listed
    keep_needs(case=case, travels="municipality", minutes=way.minutes)
    assert "Skolkök" not in listed(client, case)


def test_chosen_place_leads_to_the_plan_and_the_choice_is_kept(client, case, wanted):
    answer = client.post(reverse("match_choose", args=[case.pk, wanted.pk]))
    assert answer.url == f"{reverse('placement_new', args=[case.pk])}?opening={wanted.pk}"
    decision = case.match_decisions.get()
    assert (decision.decided, decision.rank, decision.opening) == (Decided.CHOSEN, 1, wanted)
    assert client.get(answer.url).context["opening"] == wanted


def test_place_is_put_aside_with_a_reason_and_shown_again(client, case, wanted):
    aside = reverse("match_aside", args=[case.pk, wanted.pk])
    assert client.post(aside).status_code == 422
    answer = client.post(aside + "?offered=internship", {"why": "Provade förra året"})
    assert answer.url == reverse("match_list", args=[case.pk]) + "?offered=internship"
    assert "Vårdbiträde" not in listed(client, case)
    assert "Provade förra året" in client.get(reverse("match_list", args=[case.pk])).content.decode()
    client.post(reverse("match_again", args=[case.match_decisions.get().pk]))
    assert "Vårdbiträde" in listed(client, case)


def test_place_that_is_taken_meanwhile_is_not_chosen(client, case, wanted, running, pitea):
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    kind = running.kinds.get(code="praktik")
    plan_placement(case=other, workplace=wanted.workplace, kind=kind, opening=wanted, from_on=TODAY)
    answer = client.post(reverse("match_choose", args=[case.pk, wanted.pk]), follow=True)
    assert "taken in the meantime" in answer.content.decode()
    assert not case.match_decisions.exists()


def test_what_is_kept_of_places_is_read_anew_when_something_changes(client, case, wanted, workplace, pitea):
    assert listed(client, case)[0] == "Vårdbiträde"
    keep_opening(opening=wanted, title="Vårdbiträde natt")
    assert listed(client, case)[0] == "Vårdbiträde natt"
    close_opening(opening=wanted, on=TODAY)
    assert "Vårdbiträde natt" not in listed(client, case)
    offer(workplace, pitea, "Vårdbiträde dag", "5330", swedish="A2")
    assert "Vårdbiträde dag" in listed(client, case)


def test_participants_for_a_place_are_those_of_the_own_units(
    client, case, wanted, running, arvidsjaur, sign_in, colleague
):
    person = factories.PersonFactory(unit=arvidsjaur, family_name="Zarvidsson")
    elsewhere = factories.CaseFactory(
        programme=running, unit=arvidsjaur, person=person, started_on=TODAY - timedelta(days=60)
    )
    address = reverse("opening_matches", args=[wanted.pk])
    page = client.get(address).content.decode()
    assert (case.person.family_name in page, elsewhere.person.family_name in page) == (True, False)
    assert case.person.family_name not in sign_in(colleague).get(address).content.decode()


def test_matches_are_of_ones_own_cases(case, wanted, sign_in, colleague, stranger):
    for user in (colleague, stranger):
        client = sign_in(user)
        assert client.get(reverse("match_list", args=[case.pk])).status_code == 404
        assert client.post(reverse("match_choose", args=[case.pk, wanted.pk])).status_code == 404
    assert not MatchDecision.objects.filter(case__programme=case.programme).exists()


def test_course_that_leads_to_the_wish_is_proposed(client, case, pitea):
    told = {"kind": TrainingKind.COURSE, "title": "Vårdkurs", "provider": "Lärcentrum", "occupation": "5330"}
    keep_training(unit=pitea, from_on=TODAY + timedelta(days=30), swedish="A2", **told)
    context = client.get(reverse("match_list", args=[case.pk])).context
    assert "Vårdkurs" in [offer.title for offer, _match in context["courses"]]


def test_page_asks_the_same_number_of_questions_whatever_the_number_of_openings(client, case, wanted, workplace, pitea):
    address = reverse("match_list", args=[case.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for place in range(10):
        offer(workplace, pitea, f"Plats {place}", "5330")
    # The first page after a change reads the places anew.
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_cohort_is_a_draft_over_those_who_have_no_placement(client, case, wanted, running, pitea):
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    placed = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    kind = running.kinds.get(code="praktik")
    plan_placement(case=placed, workplace=wanted.workplace, kind=kind, from_on=TODAY)
    context = client.get(reverse("cohort_matches")).context
    rows = {row[0].pk: row[1] for row in context["rows"]}
    # One place, and two who could have it: the one who wishes it has it, and nothing is decided.
    assert rows[case.pk] == wanted
    assert [left.pk for left in context["left_out"]] == [other.pk]
    assert placed.pk not in rows
    assert not MatchDecision.objects.filter(case__programme=case.programme).exists()


def test_workplace_takes_no_more_than_it_can_supervise_whoever_they_are(client, case, running, workplace, pitea):
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    offer(workplace, pitea, "Vårdbiträde", "5330", places=3)
    offer(workplace, pitea, "Kök", "9411", places=3)

    def placed():
        return len(client.get(reverse("cohort_matches")).context["rows"])

    assert placed() == 2
    told = {"tasks": "Prov", "made_on": TODAY, "holds_until": TODAY + timedelta(days=90), "supervises": 2}
    keep_analysis(workplace=workplace, unit=pitea, by=None, **told)
    assert placed() == 2
    there = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    kind = running.kinds.get(code="praktik")
    plan_placement(case=there, workplace=workplace, kind=kind, from_on=TODAY)
    assert placed() == 1
    client.post(reverse("match_choose", args=[other.pk, Opening.objects.get(title="Kök").pk]))
    context = client.get(reverse("cohort_matches")).context
    assert [row[0] for row in context["rows"]] == [other]
    assert context["left_out"] == [case]


def test_drafts_are_compared_by_what_they_come_to_for_women_and_men(client, case, wanted, running, pitea):
    man = factories.CaseFactory(
        programme=running, unit=pitea, started_on=TODAY - timedelta(days=60), facts={"sex": "man", "age": 30}
    )
    case.sex = "woman"
    case.save()
    context = client.get(reverse("cohort_matches")).context
    assert [row[0] for row in context["rows"]] == [case]
    in_all, fairest, even = context["compared"]
    assert (in_all.placed, in_all.women, in_all.men, in_all.difference) == (1, (1, 1), (0, 1), 100)
    assert fairest.placed == even.placed == 1
    assert man in context["left_out"]


def test_choice_of_a_place_that_is_gone_leaves_its_participant_to_the_draft(client, case, wanted, workplace, pitea):
    other = offer(workplace, pitea, "Kök", "9411")
    client.post(reverse("match_choose", args=[case.pk, other.pk]))
    close_opening(opening=other, on=TODAY)
    rows = client.get(reverse("cohort_matches")).context["rows"]
    assert [(row[0], row[1], row[3]) for row in rows] == [(case, wanted, False)]


def test_choice_holds_the_newest_open_place_until_one_has_been_there(client, case, workplace, pitea, running):
    first, second = (offer(workplace, pitea, title, "9411", places=3) for title in ("Kök", "Bageri"))
    for place in (first, second):
        client.post(reverse("match_choose", args=[case.pk, place.pk]))
    # Both of the same day: the one before is older.
    case.match_decisions.filter(opening=first).update(on=TODAY - timedelta(days=1))

    def drafted():
        return [(row[1], row[3]) for row in client.get(reverse("cohort_matches")).context["rows"]]

    assert drafted() == [(second, True)]
    close_opening(opening=second, on=TODAY)
    assert drafted() == [(first, True)]
    kind = running.kinds.get(code="praktik")
    been = plan_placement(case=case, workplace=workplace, kind=kind, opening=first, from_on=TODAY)
    call_off(placement=been, stopped_by=StoppedBy.EMPLOYER, stopped_why="Prov")
    assert drafted() == [(first, False)]


def test_rank_that_is_kept_is_the_one_that_was_shown(client, case, wanted, workplace, pitea):
    other = offer(workplace, pitea, "Kök", "9411", offers=[Offered.TRAINING])
    client.post(reverse("match_choose", args=[case.pk, other.pk]) + "?offered=training")
    assert case.match_decisions.get(opening=other).rank == 1
    client.post(reverse("match_choose", args=[case.pk, other.pk]))
    assert case.match_decisions.get(opening=other).rank == 2
    client.post(reverse("match_aside", args=[case.pk, wanted.pk]), {"why": "Provad förut"})
    client.post(reverse("match_choose", args=[case.pk, other.pk]))
    assert case.match_decisions.get(opening=other).rank == 1


def test_what_is_kept_of_places_is_of_those_who_see_the_same(client, case, wanted, pitea, sign_in, alvsbyn):
    """Somebody who also leads another project sees its openings; a colleague who does not must not get them."""
    factories.ProgrammeFactory(lead_unit=alvsbyn)
    leads = factories.staff(pitea)
    factories.MembershipFactory(user=leads, unit=alvsbyn, role=Role.PROGRAMME_MANAGER)
    told = {"employer_name": "Smed AB", "sector": Sector.PRIVATE, "municipality": alvsbyn.municipality}
    offer(register_workplace(name="Smedjan", **told), alvsbyn, "Smed", "7221")
    keep_needs(case=case, travels="anywhere")
    assert "Smed" in listed(sign_in(leads), case)
    assert "Smed" not in listed(client, case)
    assert client.get(reverse("match_list", args=[case.pk])).context["looked_at"] == 1
    assert client.get(reverse("cohort_matches")).status_code == 200


def test_choice_that_somebody_has_made_stays_in_the_draft(client, case, wanted, running, pitea):
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    client.post(reverse("match_choose", args=[other.pk, wanted.pk]))
    for address in (reverse("cohort_matches"), reverse("cohort_matches") + "?fair=1"):
        context = client.get(address).context
        assert {row[0].pk: row[3] for row in context["rows"]} == {other.pk: True}
        assert [left.pk for left in context["left_out"]] == [case.pk]


def test_cohort_is_of_ones_own_units(client, case, wanted, sign_in, colleague):
    assert case.person.family_name in client.get(reverse("cohort_matches")).content.decode()
    assert case.person.family_name not in sign_in(colleague).get(reverse("cohort_matches")).content.decode()
