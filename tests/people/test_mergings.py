"""Two records of one human being become one, after a look at both, and come apart again within 30 days."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.cases.models import Case
from lotsen.cases.queries import found_by
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people.actions import merge_persons, name_reader, undo_merging
from lotsen.people.models import Consent, Merging, NamedReader, Person
from tests import factories
from tests.factories import NUMBERS

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def kept(programme, pitea):
    """Return a record with a case."""
    case = factories.CaseFactory(programme=programme, unit=pitea, person__identity_number=NUMBERS[0], number="KEPT-1")
    return case.person


@pytest.fixture
def gone(pitea, arvidsjaur, responsible):
    """Return another record of the same human being, with a case in another programme and a consent."""
    other = factories.ProgrammeFactory(lead_unit=pitea)
    case = factories.CaseFactory(programme=other, unit=pitea, person__identity_number=NUMBERS[1], number="GONE-1")
    factories.consent_to(arvidsjaur, case.person, responsible)
    return case.person


def merge(kept, gone, by):
    """Merge as the page does."""
    with acting_as(by.pk), transaction.atomic():
        return merge_persons(kept=kept, gone=gone, by=by, at=NOW)


def state_of(*persons):
    """Return all that a merging may change, record by record."""
    return [
        (
            set(Case.objects.filter(person=person).values_list("number", flat=True)),
            Consent.objects.filter(person=person).count(),
            NamedReader.objects.filter(person=person).count(),
            Person.objects.get(pk=person.pk).identity_number,
            Person.objects.get(pk=person.pk).merged_into,
            person.former_numbers.count(),
        )
        for person in persons
    ]


def test_merging_brings_everything_to_the_kept_record(kept, gone, responsible):
    merge(kept, gone, responsible)
    assert state_of(kept, gone) == [
        ({"KEPT-1", "GONE-1"}, 1, 0, NUMBERS[0], None, 1),
        (set(), 0, 0, NUMBERS[1], kept, 0),
    ]


def test_both_numbers_find_the_kept_record_and_the_other_is_out_of_sight(kept, gone, responsible, sign_in):
    merge(kept, gone, responsible)
    with acting_as(responsible.pk):
        found = [{case.number for case in found_by(number, responsible)} for number in NUMBERS[:2]]
        assert found == [{"KEPT-1", "GONE-1"}] * 2
        assert not Person.objects.visible_to(responsible).filter(pk=gone.pk).exists()
    answer = sign_in(responsible).get(reverse("person_detail", args=[gone.pk]))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("person_detail", args=[kept.pk]))


def test_record_without_a_number_takes_that_of_the_other(programme, pitea, gone, responsible):
    kept = factories.CaseFactory(programme=programme, unit=pitea, person__identity_number="").person
    merging = merge(kept, gone, responsible)
    kept.refresh_from_db()
    assert (kept.identity_number, kept.identity_kind, kept.former_numbers.count()) == (NUMBERS[1], "personal", 0)
    with acting_as(responsible.pk), transaction.atomic():
        undo_merging(merging=merging, by=responsible, at=NOW)
    kept.refresh_from_db()
    assert (kept.identity_number, kept.identity_kind) == ("", "none")


def test_merging_undone_leaves_everything_as_it_was(kept, gone, responsible):
    before = state_of(kept, gone)
    merging = merge(kept, gone, responsible)
    with acting_as(responsible.pk), transaction.atomic():
        undo_merging(merging=merging, by=responsible, at=NOW)
    assert state_of(kept, gone) == before
    assert Merging.objects.get().undone_by == responsible


def test_what_came_after_the_merging_stays_with_the_kept_record(kept, gone, pitea, responsible):
    merging = merge(kept, gone, responsible)
    later = factories.CaseFactory(programme=factories.ProgrammeFactory(lead_unit=pitea), unit=pitea, person=kept)
    with transaction.atomic():
        undo_merging(merging=merging, by=responsible, at=NOW)
    assert Case.objects.get(pk=later.pk).person == kept


def test_merging_is_undone_once_and_in_time(kept, gone, responsible):
    merging = merge(kept, gone, responsible)
    with pytest.raises(Refused, match="too late"), transaction.atomic():
        undo_merging(merging=merging, by=responsible, at=NOW + timedelta(days=31))
    with transaction.atomic():
        undo_merging(merging=merging, by=responsible, at=NOW + timedelta(days=30))
    with pytest.raises(Refused, match="undone already"), transaction.atomic():
        undo_merging(merging=merging, by=responsible, at=NOW)


def test_reader_who_is_named_for_both_stays_named_once(kept, gone, responsible):
    for person in (kept, gone):
        Person.objects.filter(pk=person.pk).update(protection="confidentiality_mark")
        person.refresh_from_db()
        name_reader(person=person, reader=responsible, by=responsible)
    merge(kept, gone, responsible)
    assert [NamedReader.objects.filter(person=person).count() for person in (kept, gone)] == [1, 1]


def refusal(kept, gone, by):
    """Return the sentence with which two records stay apart."""
    with pytest.raises(Refused) as caught, acting_as(by.pk), transaction.atomic():
        merge_persons(kept=kept, gone=gone, by=by, at=NOW)
    return str(caught.value)


def test_records_that_cannot_be_one_are_refused(programme, kept, gone, pitea, arvidsjaur, responsible):
    assert refusal(kept, kept, responsible) == "This is the same record."
    foreign = factories.PersonFactory(unit=arvidsjaur, identity_number="")
    assert refusal(kept, foreign, responsible) == "The records belong to different authorities, and stay apart."
    same = factories.CaseFactory(programme=programme, unit=pitea, person__identity_number="").person
    assert "one person has one case in a programme" in refusal(kept, same, responsible)
    Person.objects.filter(pk=same.pk).update(protection="confidentiality_mark")
    same.refresh_from_db()
    assert refusal(kept, same, responsible).startswith("Only one of the records is protected.")


def test_records_with_a_case_in_a_foreign_unit_are_refused(kept, gone, pitea, responsible):
    foreign = factories.UnitFactory(organisation=pitea.organisation)
    programme = factories.ProgrammeFactory(lead_unit=foreign)
    factories.CaseFactory(programme=programme, unit=foreign, person=gone)
    assert refusal(kept, gone, responsible).startswith("There is a case in a unit that is not yours.")


def test_coach_merges_and_undoes_in_the_browser(kept, gone, responsible, sign_in):
    client = sign_in(responsible)
    answer = client.post(reverse("person_merge", args=[kept.pk]), {"number": "gone-1"})
    preview = reverse("person_merge_preview", args=[kept.pk, gone.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, preview)
    page = client.get(preview).content.decode()
    assert ["KEPT-1" in page, "GONE-1" in page, NUMBERS[1] in page] == [True, True, False]
    assert client.post(preview, {"sent": "1"}).status_code == 302
    merging = Merging.objects.get()
    page = client.get(reverse("person_detail", args=[kept.pk])).content.decode()
    undo = reverse("merging_undo", args=[merging.pk])
    assert undo in page
    assert client.post(undo, {"sent": "1"}).status_code == 302
    assert state_of(gone)[0][0] == {"GONE-1"}


def test_records_alike_are_offered(pitea, programme, responsible, sign_in):
    first, second = (
        factories.CaseFactory(
            programme=programme,
            unit=pitea,
            person__given_name="Lik",
            person__birth_date=None,
            person__identity_number="",
        ).person
        for _n in range(2)
    )
    page = sign_in(responsible).get(reverse("person_merge", args=[first.pk])).content.decode()
    assert reverse("person_merge_preview", args=[first.pk, second.pk]) in page


def test_page_says_where_a_number_means_nobody(kept, responsible, sign_in):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post(reverse("person_merge", args=[kept.pk]), {"number": "X-0"})
    assert (answer.status_code, "Your units have no record with that number." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_records_of_another_unit_are_not_there_to_merge(kept, gone, who, sign_in, request):
    client = sign_in(request.getfixturevalue(who))
    for address in (
        reverse("person_merge", args=[kept.pk]),
        reverse("person_merge_preview", args=[kept.pk, gone.pk]),
    ):
        assert client.post(address, {"number": "KEPT-1"}).status_code == 404
