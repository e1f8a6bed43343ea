"""Lists that were shown: made again as they were from the histories, and seen to be the same; whoever stood in one."""

from datetime import time, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import lotsen
from lotsen.activities.actions import enrol, plan_activity
from lotsen.core.acting import acting_as
from lotsen.employers.actions import keep_analysis, merge_employers, register_workplace
from lotsen.employers.enums import Demand, Sector
from lotsen.employers.models import OccupationSexes
from lotsen.matching.actions import keep_shown, weigh
from lotsen.matching.definitions import VERSION, all_factors
from lotsen.matching.enums import Asked
from lotsen.matching.models import Exposure, ShownList
from lotsen.matching.queries import again, for_participant
from lotsen.matching.queries.fairness import fairness
from lotsen.placements.actions import close_opening, keep_opening, keep_training
from lotsen.placements.enums import Offered, TrainingKind
from lotsen.profiles.actions import add_wish, keep_needs
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def case(running, pitea):
    case = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    add_wish(case=case, words="Jag vill hjälpa äldre.", occupation="5330")
    keep_needs(case=case, swedish="A2", travels="municipality", line="few_men")
    return case


@pytest.fixture
def wanted(workplace, pitea):
    told = {"tasks": "Prov", "offers": [Offered.INTERNSHIP], "places": 1, "swedish": "A2"}
    told |= {"day_from": time(9), "day_to": time(14), "weekdays": [1, 2, 3, 4, 5]}
    return keep_opening(workplace=workplace, unit=pitea, title="Vårdbiträde", occupation="5330", **told)


def all_that_changes(case, wanted, workplace, pitea, manager):
    """Change everything that a list is made of, one after the other."""
    keep_needs(case=case, swedish="B2", travels="county", minutes=20, physical=Demand.LOW)
    add_wish(case=case, words="Eller laga mat.", occupation="9411")
    keep_opening(opening=wanted, title="Vårdbiträde natt", occupation="9411", swedish="C1")
    told = {"tasks": "Prov", "physical": Demand.HIGH, "made_on": TODAY, "holds_until": TODAY + timedelta(days=90)}
    keep_analysis(workplace=workplace, unit=pitea, by=None, **told)
    kind = case.programme.kinds.get(code="kurs")
    days = [TODAY + timedelta(days=n) for n in range(1, 8)]
    sessions = plan_activity(kind=kind, title="Svenska", days=days, at=time(10), minutes=60, unit=pitea)
    enrol(activity=sessions[0].activity, case=case, since=TODAY)
    OccupationSexes.objects.filter(occupation="5330").delete()
    OccupationSexes.objects.create(occupation="5330", year=2030, women=90, men=10, source="Prov", loaded_on=TODAY)
    course = {"kind": TrainingKind.COURSE, "title": "Vårdkurs", "provider": "Lärcentrum", "occupation": "5330"}
    keep_training(unit=pitea, from_on=TODAY + timedelta(days=30), **course)
    weights = {factor.code: 1 for factor in all_factors() if factor.is_soft}
    weigh(programme=case.programme, weights=weights, why="Prov", by=manager, at=timezone.now())
    case.age, case.reduced_work_ability = 60, True
    case.save()
    close_opening(opening=wanted, on=TODAY)


def test_list_of_a_participant_is_made_again_as_it_was(client, case, wanted, workplace, pitea, manager):
    before = client.get(reverse("match_list", args=[case.pk])).context
    shown = case.shown_lists.get()
    all_that_changes(case, wanted, workplace, pitea, manager)
    after = client.get(reverse("match_list", args=[case.pk])).context
    assert [match for _rank, _opening, match in after["possible"]] != [match for _r, _o, match in before["possible"]]
    found = again(shown)
    assert found.openings.possible == [match for _rank, _opening, match in before["possible"]]
    assert found.openings.opened_by_one == [match for _rank, _opening, match in before["opened_by_one"]]
    assert found.digest == shown.digest
    page = client.get(reverse("list_again", args=[shown.pk])).content.decode()
    assert "The same as was shown" in page
    # Both lists stand there, and both are the same as they were.
    assert [again(row).digest == row.digest for row in case.shown_lists.all()] == [True, True]


def test_list_of_an_opening_is_made_again_as_it_was(client, case, wanted, workplace, pitea, running, manager):
    other = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    before = client.get(reverse("opening_matches", args=[wanted.pk])).context
    shown = wanted.shown_lists.get()
    all_that_changes(case, wanted, workplace, pitea, manager)
    other.started_on = None
    other.save()
    found = again(shown)
    assert found.people.possible == [match for _rank, _case, match in before["possible"]]
    assert found.digest == shown.digest
    assert "The same as was shown" in client.get(reverse("list_again", args=[shown.pk])).content.decode()


def test_filtered_list_is_made_again_by_its_filters(client, case, wanted, workplace, pitea):
    told = {"tasks": "Prov", "offers": [Offered.TRAINING], "places": 1}
    keep_opening(workplace=workplace, unit=pitea, title="Arbetsträning", occupation="5330", **told)
    address = reverse("match_list", args=[case.pk]) + "?offered=training"
    assert [opening.title for _rank, opening, _match in client.get(address).context["possible"]] == ["Arbetsträning"]
    elsewhere = client.get(reverse("match_list", args=[case.pk]) + "?municipality=0180&offered=nonsense").context
    assert {"Arbetsträning", "Vårdbiträde"} <= {opening.title for _rank, opening, _match in elsewhere["possible"]}
    shown = case.shown_lists.get(asked={"offered": "training"})
    assert again(shown).digest == shown.digest


def test_same_list_is_kept_once_and_what_is_put_aside_is_remembered(client, case, wanted):
    address = reverse("match_list", args=[case.pk])
    client.get(address)
    client.get(address)
    shown = case.shown_lists.get()
    client.post(reverse("match_aside", args=[case.pk, wanted.pk]), {"why": "Provad förut"})
    client.get(address)
    assert [again(row).digest == row.digest for row in (*case.shown_lists.all(), shown)] == [True] * 3
    assert wanted.pk in {match.key for match in again(shown).openings.possible}


def test_list_by_other_factors_or_of_what_is_gone_says_so(client, case, wanted):
    client.get(reverse("match_list", args=[case.pk]))
    shown = case.shown_lists.get()
    address = reverse("list_again", args=[shown.pk])
    ShownList.objects.filter(pk=shown.pk).update(digest="0" * 64)
    assert "Not the same as was shown" in client.get(address).content.decode()
    ShownList.objects.filter(pk=shown.pk).update(version=1)
    assert "Made by other factors" in client.get(address).content.decode()


def test_lists_are_of_those_who_work_with_the_people_in_them(client, case, wanted, sign_in, colleague, stranger):
    client.get(reverse("match_list", args=[case.pk]))
    client.get(reverse("opening_matches", args=[wanted.pk]))
    shown = (case.shown_lists.get(), wanted.shown_lists.get())
    rows = [reverse("list_again", args=[row.pk]) for row in shown]
    pages = [reverse("case_shown", args=[case.pk]), *rows]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    for user in (colleague, stranger):
        assert [sign_in(user).get(page).status_code for page in pages] == [404, 404, 404]
    assert not sign_in(colleague).get(reverse("opening_shown", args=[wanted.pk])).context["lists"]


def test_best_place_in_a_list_is_kept_and_stands_in_the_figures(client, case, wanted, running, pitea, responsible):
    client.get(reverse("opening_matches", args=[wanted.pk]))
    client.get(reverse("opening_matches", args=[wanted.pk]))
    assert [(row.case, row.rank) for row in Exposure.objects.filter(opening=wanted)] == [(case, 1)]
    better = factories.CaseFactory(programme=running, unit=pitea, started_on=TODAY - timedelta(days=60))
    add_wish(case=better, words="Vård", occupation="5330")
    keep_needs(case=better, swedish="C1", travels="municipality", line="few_men")
    client.get(reverse("opening_matches", args=[wanted.pk]))
    # The best place that each has had.
    assert Exposure.objects.get(case=case).rank == 1
    by_sex = fairness(running, responsible)[0]
    assert sum(group.shares[Asked.LISTED].counted for group in by_sex.groups) == 2


#: What a list is made of, and by.
SOURCES = (
    *(
        "matching/definitions/*.py",
        "matching/queries/features.py",
        "matching/queries/ranking.py",
        "matching/data/*.csv",
    ),
    *("placements/queries/subsidies.py", "placements/data/subsidies.yaml"),
)


def test_change_of_what_lists_are_made_by_is_a_new_version():
    """A list of before is told apart by the version of the factors: raise it, and write the new mark here."""
    root = Path(lotsen.__file__).parent
    files = [file for pattern in SOURCES for file in sorted(root.glob(pattern))]
    told = b"".join(file.read_bytes() for file in files)
    assert (VERSION, sha256(told).hexdigest()[:12]) == (2, "d2631db6eeee")


def test_list_is_made_again_when_its_workplace_was_drawn_together_with_another(client, case, wanted, workplace, pitea):
    client.get(reverse("match_list", args=[case.pk]))
    client.get(reverse("opening_matches", args=[wanted.pk]))
    told = {"employer_name": "Ek Aktiebolag", "sector": Sector.PUBLIC, "municipality": pitea.municipality}
    other = register_workplace(name="Köket", **told)
    merge_employers(gone=workplace.employer, kept=other.employer)
    for shown in (case.shown_lists.get(), wanted.shown_lists.get()):
        assert again(shown).digest == shown.digest


def test_list_is_made_again_when_its_unit_has_moved(client, case, wanted, pitea, arvidsjaur):
    client.get(reverse("match_list", args=[case.pk]))
    shown = case.shown_lists.get()
    pitea.municipality = arvidsjaur.municipality
    pitea.save()
    assert again(shown).digest == shown.digest


def test_filters_in_turn_keep_one_list_each(client, case, wanted):
    address = reverse("match_list", args=[case.pk])
    for query in ("", "?offered=internship", "", "?offered=internship"):
        client.get(address + query)
    assert case.shown_lists.count() == 2


def test_list_of_a_closed_place_exposes_nobody(client, case, wanted):
    close_opening(opening=wanted, on=TODAY)
    client.get(reverse("opening_matches", args=[wanted.pk]))
    assert not Exposure.objects.filter(opening=wanted).exists()


def test_what_is_kept_of_lists_and_weighings_is_not_changed_by_a_session(case, wanted, responsible, manager):
    weights = {factor.code: 1 for factor in all_factors() if factor.is_soft}
    weigh(programme=case.programme, weights=weights, why="Prov", by=manager, at=timezone.now())
    keep_shown(case=case, by=responsible, asked={}, shown=for_participant(case, {}))
    with acting_as(responsible.pk):
        assert ShownList.objects.filter(case=case).update(digest="") == 0
    with acting_as(manager.pk):
        assert case.programme.factor_weights.update(number=9) == 0
        assert case.programme.factor_weights.all().delete()[0] == 0
