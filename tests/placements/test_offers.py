"""Openings, training and the work that followed: what is offered, who takes it, and no more than there is."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.core.refused import Refused
from lotsen.employers.actions import log_contact, register_workplace
from lotsen.employers.enums import ContactKind, Sector
from lotsen.employers.models import OccupationSexes
from lotsen.placements.actions import (
    call_off,
    close_opening,
    keep_employment,
    keep_opening,
    keep_training,
    plan_placement,
    take_training,
)
from lotsen.placements.enums import EmployedAs, Offered, StoppedBy, TrainingKind, TrainingState
from lotsen.placements.models import Employment, Opening, Placement, TrainingOffer
from lotsen.programmes.models import Programme
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def running(programme):
    programme.starts_on, programme.ends_on = TODAY - timedelta(days=300), TODAY + timedelta(days=300)
    programme.save()
    return programme


@pytest.fixture
def case(running, responsible, pitea):
    return factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))


@pytest.fixture
def workplace(pitea):
    told = {"employer_name": "Ek AB", "sector": Sector.PRIVATE, "municipality": pitea.municipality}
    return register_workplace(name="Köket", **told)


@pytest.fixture
def opening(workplace, pitea, responsible):
    told = {"title": "Köksbiträde", "tasks": "Diska", "offers": [Offered.INTERNSHIP], "occupation": "9411", "places": 1}
    return keep_opening(workplace=workplace, unit=pitea, by=responsible, **told)


@pytest.fixture
def client(sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


def fill(opening, case, **told):
    kind = case.programme.kinds.get(code="praktik")
    return plan_placement(case=case, workplace=opening.workplace, kind=kind, opening=opening, from_on=TODAY, **told)


def taken(opening):
    opening.refresh_from_db()
    return opening.taken


def test_opening_is_written_down_from_a_contact_and_found_by_its_occupation(client, running, workplace, pitea):
    contact = log_contact(
        employer=workplace.employer, programme=running, unit=pitea, kind=ContactKind.CALL, on=TODAY, about="Söker folk"
    )
    told = {"title": "Köksbiträde", "occupation": "9411 Pizzabagare m.fl.", "offers": ["internship"], "tasks": "Diska"}
    told |= {"places": "2", "weekdays": ["1", "2"], "day_from": "9", "day_to": "14"}
    answer = client.post(f"{reverse('opening_new', args=[workplace.pk])}?contact={contact.pk}", told)
    opening = Opening.objects.get(title="Köksbiträde", workplace=workplace)
    assert answer.url == reverse("opening_detail", args=[opening.pk])
    assert (opening.contact, opening.occupation, opening.days_and_times) == (contact, "9411", "Mon, Tue 09.00–14.00")
    for words in ("pizza", "9411", "koks", "ek ab"):
        assert "Köksbiträde" in client.get(reverse("opening_list"), {"q": words}).content.decode()


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"occupation": "trollkonstnär"}, "occupation", "Choose from the list"),
        ({"offers": []}, "offers", "required"),
        ({"places": "0"}, "places", "greater than or equal to 1"),
        ({"from_on": "2026-12-01", "until": "2026-11-01"}, "until", "before the first"),
        ({"day_from": "14", "day_to": "9"}, "day_to", "before the one"),
    ],
)
def test_opening_that_cannot_be_is_refused_by_its_field_and_nothing_is_lost(client, workplace, told, field, said):
    right = {"title": "Plats", "tasks": "Diska", "offers": ["internship"], "places": "1"}
    answer = client.post(reverse("opening_new", args=[workplace.pk]), {**right, **told})
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert 'value="Plats"' in answer.content.decode()
    assert not Opening.objects.filter(title="Plats").exists()


def test_placement_takes_a_place_and_gives_it_back_when_it_never_begins(opening, case):
    placement = fill(opening, case)
    assert taken(opening) == 1
    call_off(placement=placement, stopped_by=StoppedBy.PARTICIPANT, stopped_why="Flyttade")
    assert taken(opening) == 0


def test_no_more_are_placed_than_there_are_places(opening, case, running, pitea):
    fill(opening, case)
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    with pytest.raises(Refused, match="taken in the meantime"), transaction.atomic():
        fill(opening, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(
            case=other,
            workplace=opening.workplace,
            kind=case.programme.kinds.get(code="praktik"),
            opening=opening,
            from_on=TODAY,
        )


def test_places_are_counted_over_all_units(opening, running, arvidsjaur, sign_in, colleague, stranger):
    opening.places = 2
    opening.save()
    elsewhere = factories.CaseFactory(programme=running, unit=arvidsjaur, started_on=TODAY - timedelta(days=60))
    fill(opening, elsewhere)
    address = reverse("opening_detail", args=[opening.pk])
    page = sign_in(colleague).get(address).content.decode()
    assert elsewhere.person.family_name in page
    assert sign_in(stranger).get(address).status_code == 404


def test_coach_of_the_unit_sees_that_a_place_is_taken_and_not_by_whom(opening, running, arvidsjaur, client):
    opening.places = 2
    opening.save()
    elsewhere = factories.CaseFactory(programme=running, unit=arvidsjaur, started_on=TODAY - timedelta(days=60))
    fill(opening, elsewhere)
    page = client.get(reverse("opening_detail", args=[opening.pk])).content.decode()
    assert "1 of 2 taken" in page
    assert elsewhere.person.family_name not in page


def test_places_are_not_made_fewer_than_are_taken(client, opening, case, running, pitea):
    opening.places = 2
    opening.save()
    fill(opening, case)
    fill(opening, factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60)))
    told = {"title": "Köksbiträde", "tasks": "Diska", "offers": ["internship"], "places": "1"}
    answer = client.post(reverse("opening_change", args=[opening.pk]), told)
    assert (answer.status_code, b"More places are taken" in answer.content) == (422, True)


def test_way_goes_from_an_opening_over_a_participant_to_a_planned_placement(client, opening, case):
    opening.day_from, opening.day_to, opening.weekdays = time(9), time(14), [1, 3]
    opening.save()
    plan = client.get(reverse("opening_place", args=[opening.pk]), {"case": case.pk})
    form = client.get(plan.url).context["form"]
    assert (form["tasks"].value(), form["weekdays"].value()) == ("Diska", [1, 3])
    told = {name: form[name].value() or "" for name in form.fields if name not in {"submission", "kind"}}
    told |= {"kind": case.programme.kinds.get(code="praktik").pk, "from_on": TODAY.isoformat()}
    told |= {"occupation": "9411", "day_from": "9", "day_to": "14"}
    assert client.post(plan.url, told).status_code == 302
    placement = case.placements.get()
    assert (placement.opening, placement.occupation) == (opening, "9411")


def test_last_place_that_is_taken_while_somebody_writes_is_said_and_nothing_is_lost(
    client, opening, case, running, pitea
):
    address = f"{reverse('placement_new', args=[case.pk])}?opening={opening.pk}"
    kind = running.kinds.get(code="praktik")
    fill(opening, factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60)))
    answer = client.post(address, {"kind": kind.pk, "from_on": TODAY.isoformat(), "tasks": "Diska noga"})
    page = answer.content.decode()
    assert (answer.status_code, "taken in the meantime" in page, "Diska noga" in page) == (422, True, True)
    assert not case.placements.exists()
    close_opening(opening=opening, on=TODAY)
    answer = client.post(address, {"kind": kind.pk, "from_on": TODAY.isoformat(), "tasks": "Diska noga"})
    assert "was closed on" in answer.content.decode()


def test_closed_opening_is_proposed_to_nobody_until_it_is_open_again(client, opening, case):
    close_opening(opening=opening, on=TODAY, why="De har hittat någon")
    page = client.get(reverse("placement_new", args=[case.pk])).content.decode()
    assert "Köksbiträde</a>" not in page
    client.post(reverse("opening_close", args=[opening.pk]))
    assert "Köksbiträde</a>" in client.get(reverse("placement_new", args=[case.pk])).content.decode()


def test_opening_belongs_to_who_wrote_it_and_is_read_by_who_shares_the_project(
    opening, running, sign_in, colleague, stranger
):
    addresses = {name: reverse(name, args=[opening.pk]) for name in ("opening_detail", "opening_change")}
    assert [sign_in(colleague).get(address).status_code for address in addresses.values()] == [200, 404]
    assert [sign_in(stranger).get(address).status_code for address in addresses.values()] == [404, 404]


def test_list_of_openings_asks_the_same_number_of_questions_whatever_its_length(client, opening, workplace, pitea):
    address = reverse("opening_list")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for place in range(10):
        keep_opening(workplace=workplace, unit=pitea, title=f"Plats {place}", tasks="Prov", offers=["internship"])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


@pytest.fixture
def offer(pitea):
    told = {"kind": TrainingKind.COURSE, "title": "Vård", "provider": "Lärcentrum", "occupation": "5330", "places": 1}
    return keep_training(unit=pitea, from_on=TODAY + timedelta(days=30), **told)


def test_training_has_as_many_takers_as_places_and_any_number_of_applicants(offer, case, running, pitea):
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY)
    take_training(offer=offer, case=case, state=TrainingState.ADMITTED, since=TODAY)
    take_training(offer=offer, case=other, state=TrainingState.APPLIED, since=TODAY)
    with pytest.raises(Refused, match="All places are taken"), transaction.atomic():
        take_training(offer=offer, case=other, state=TrainingState.ADMITTED, since=TODAY)
    take_training(offer=offer, case=case, state=TrainingState.LEFT, since=TODAY)
    take_training(offer=offer, case=other, state=TrainingState.ADMITTED, since=TODAY)
    assert sorted(offer.takers.values_list("state", flat=True)) == ["admitted", "left"]


def test_training_page_says_which_needs_it_answers(db, sign_in):
    asap = Programme.objects.get(code="asap")
    client = sign_in(factories.staff(asap.units.first()))
    client.cookies["django_language"] = "en"
    offer = TrainingOffer.objects.get(title="Industriteknik", unit__in=asap.units.all())
    page = client.get(reverse("training_detail", args=[offer.pk])).content.decode()
    assert "2018: " in page
    assert "How many people employers say they need" in page


def test_training_is_kept_and_taken_over_its_pages(client, case):
    told = {"kind": "course", "title": "Vård", "provider": "Lärcentrum", "occupation": "5330", "from_on": "2027-01-10"}
    answer = client.post(reverse("training_new"), told)
    offer = TrainingOffer.objects.get(title="Vård", provider="Lärcentrum")
    assert answer.url == reverse("training_detail", args=[offer.pk])
    take = {"case": case.pk, "state": "applied", "since": TODAY.isoformat()}
    client.post(reverse("training_take", args=[offer.pk]), take)
    assert case.person.family_name in client.get(reverse("training_detail", args=[offer.pk])).content.decode()
    late = client.post(
        reverse("training_change", args=[offer.pk]), {**told, "until": "2027-02-10", "apply_by": "2027-03-01"}
    )
    assert (late.status_code, b"after the training" in late.content) == (422, True)


def test_employment_is_written_down_after_a_placement_and_changed_when_it_ends(client, opening, case):
    placement = fill(opening, case)
    told = {"employer_name": "Ek AB", "employed_as": "temporary", "extent": "75", "from_on": TODAY.isoformat()}
    client.post(f"{reverse('employment_new', args=[case.pk])}?placement={placement.pk}", told)
    employment = case.employments.get()
    assert (employment.placement, employment.workplace, employment.extent) == (placement, opening.workplace, 75)
    ended = {**told, "until": (TODAY + timedelta(days=40)).isoformat()}
    client.post(reverse("employment_change", args=[employment.pk]), ended)
    employment.refresh_from_db()
    assert employment.until == TODAY + timedelta(days=40)
    assert "Ek AB" in client.get(reverse("placement_new", args=[case.pk])).content.decode()


def test_employment_is_within_the_participation_and_begins_once_a_day(case):
    told = {"case": case, "employer_name": "Ek", "employed_as": EmployedAs.HOURLY}
    with pytest.raises(Refused, match="before the participation"), transaction.atomic():
        keep_employment(from_on=case.started_on - timedelta(days=1), **told)
    keep_employment(from_on=TODAY, **told)
    with pytest.raises(Refused, match="Another employment"):
        keep_employment(from_on=TODAY, **told)


def test_employments_are_of_ones_own_cases(case, sign_in, colleague, stranger):
    made = keep_employment(case=case, from_on=TODAY, employer_name="Ek", employed_as=EmployedAs.HOURLY)
    for user in (colleague, stranger):
        assert sign_in(user).get(reverse("employment_change", args=[made.pk])).status_code == 404
    assert Employment.objects.filter(pk=made.pk).exists()


def test_placement_says_whether_it_crosses_the_gender_line(client, opening, case):
    OccupationSexes.objects.filter(occupation="9411").delete()
    OccupationSexes.objects.create(occupation="9411", year=2020, women=20, men=80, source="Prov", loaded_on=TODAY)
    case.sex = "woman"
    case.save()
    placement = fill(opening, case, occupation="9411")
    page = client.get(reverse("placement_detail", args=[placement.pk])).content.decode()
    assert ("20 % women, 80 % men (2020)" in page, "crosses the gender line" in page) == (True, True)


def test_what_workplaces_read_is_added_and_taken_away_by_the_unit(client, running, sign_in, colleague):
    add = reverse("material_add", args=[running.pk])
    assert client.post(add, {"title": "Tom"}).status_code == 422
    client.post(add, {"title": "Klarspråk", "body": "Visa, säg och skriv."})
    page = reverse("material_list", args=[running.pk])
    assert "Visa, säg och skriv." in sign_in(colleague).get(page).content.decode()
    material = running.materials.get(title="Klarspråk")
    assert sign_in(colleague).post(reverse("material_drop", args=[material.pk])).status_code == 404
    client.post(reverse("material_drop", args=[material.pk]))
    assert not running.materials.filter(title="Klarspråk").exists()


def test_placements_are_counted_by_kind_and_sex(client, opening, case):
    case.sex = "woman"
    case.save()
    placement = fill(opening, case)
    Placement.objects.filter(pk=placement.pk).update(state="running", began_on=TODAY, without_analysis="Prov")
    rows = client.get(reverse("placement_kinds", args=[case.programme_id])).context["kinds"]
    assert [(row.women, row.men, row.total) for row in rows] == [(1, 0, 1)]
