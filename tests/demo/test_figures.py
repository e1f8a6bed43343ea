"""The demo: it gives the published figures, the same on every machine, and nobody in it is real."""

import hashlib
import io
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.access.models import Membership, User
from lotsen.cases.models import Case
from lotsen.demo.actions.load import DATA
from lotsen.demo.queries import PASSWORD, people_to_sign_in_as
from lotsen.people.models import Person
from lotsen.programmes.models import Programme

pytestmark = pytest.mark.usefixtures("db")

#: The last day of each programme.
ENDS = {
    "kofa": "2018-08-31",
    "navigator": "2011-04-30",
    "asap": "2018-12-31",
    "jobbfokus-e18": "2013-05-31",
    "ame-skane": "2010-12-31",
}
#: What `lotsen indicators` gave for these days when the demo was made. Only a change of the demo may change it.
RECORDED = Path(__file__).parent / "recorded.json"
PROMISED = {
    *("participants", "ended", "ended_in_work_or_studies", "share_ended_in_work_or_studies", "ended_otherwise"),
    *("transferred", "workplaces_matched", "share_with_plan", "share_partners_active", "share_trained_in_equality"),
    *("share_in_work_day_90", "share_in_education_day_90", "share_in_other_programme_day_90"),
    *("share_sees_better_chances", "participant_hours", "employer_contacts", "median_days_in_programme"),
    *("median_days_to_first_whereabouts", "share_in_work_self_supporting", "share_standing_closer"),
}
MUNICIPALITIES = {"Piteå", "Arvidsjaur", "Älvsbyn"}


@cache
def figures(code, by="sex,municipality"):
    """Return what the command writes about a programme, as of its last day. Nothing in these tests changes it."""
    out = io.StringIO()
    call_command("indicators", code, "--as-of", ENDS[code], "--by", by, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def values(code, *indicators, part="value"):
    return [figures(code)["indicators"][indicator][part] for indicator in indicators]


def test_kofa_gives_the_participants_of_its_final_report():
    participants = figures("kofa")["indicators"]["participants"]
    assert (participants["value"], participants["by"]["sex"]) == (247, {"woman": 89, "man": 158})


def test_kofa_gives_the_exits_of_its_final_report():
    asked = ("ended", "ended_in_work_or_studies", "share_ended_in_work_or_studies", "ended_otherwise")
    assert values("kofa", *asked) == [203, 120, 59.1, 83]


def test_kofa_gives_the_transfers_of_its_final_report():
    transferred = figures("kofa")["indicators"]["transferred"]
    assert (transferred["value"], transferred["by"]["sex"]) == (44, {"woman": 18, "man": 26})


def test_kofa_gives_the_workplaces_of_its_final_report_against_the_goal():
    assert values("kofa", "workplaces_matched") == [94]
    assert values("kofa", "workplaces_matched", part="target") == [150]


@pytest.mark.parametrize(
    "code",
    ["participants", "ended", "ended_in_work_or_studies", "ended_otherwise", "transferred", "participant_hours"],
)
def test_municipalities_of_kofa_add_up_to_the_whole(code):
    item = figures("kofa")["indicators"][code]
    assert set(item["by"]["municipality"]) == MUNICIPALITIES
    assert sum(item["by"]["municipality"].values()) == item["value"]


def test_everybody_in_kofa_is_ended_or_transferred_at_the_end():
    participants, ended, transferred, active = values("kofa", "participants", "ended", "transferred", "active")
    assert (participants, active) == (ended + transferred, 0)


def test_navigator_takes_in_whom_its_application_names():
    participants = figures("navigator", "sex,age,born_abroad")["indicators"]["participants"]
    assert participants["value"] == 135
    assert participants["by"]["sex"] == {"woman": 68, "man": 67}
    assert participants["by"]["age"]["16-24"] == 60
    assert participants["by"]["born_abroad"] == {"yes": 50, "no": 85}


def test_navigator_reaches_what_its_application_promises():
    assert values("navigator", "share_women") == [50.4]
    assert values("navigator", "share_in_work_day_90", "employer_contacts") == [28, 60]
    assert values("navigator", "share_in_work_day_90", "employer_contacts", part="target") == [28, 60]
    (either,) = values("navigator", "share_in_work_or_sees_better_chances")
    assert either >= 70


def test_jobbfokus_gets_half_into_work_and_half_closer_to_it():
    asked = ("share_in_work_self_supporting", "share_standing_closer")
    assert values("jobbfokus-e18", *asked) == values("jobbfokus-e18", *asked, part="target") == [50, 50]


def test_ame_skane_trains_the_staff_of_eight_units():
    assert values("ame-skane", "participants", "share_units_in_network") == [112, 100]
    assert values("ame-skane", "share_units_in_network", part="denominator") == [8]
    assert Programme.objects.get(code="ame-skane").units.count() == 8


def test_ame_skane_asks_its_staff_twice_and_needs_have_fallen():
    asked = ("response_rate_first_wave", "response_rate_second_wave", "areas_where_need_fell")
    assert values("ame-skane", *asked) == [87.1, 79.5, 4]
    assert values("ame-skane", *asked[:2], part="denominator") == [224, 112]


def test_asap_asks_254_employers():
    assert values("asap", "employer_contacts") == [254]


@pytest.mark.parametrize("code", ENDS)
def test_command_gives_every_promised_indicator_of_each_programme(code):
    found = figures(code)
    assert {"programme": code, "as_of": ENDS[code]} == {key: found[key] for key in ("programme", "as_of")}
    assert set(found["indicators"]) >= PROMISED
    promised = {"name", "value", "numerator", "denominator", "unknown", "target", "by"}
    assert [name for name, item in found["indicators"].items() if not set(item) >= promised or not item["name"]] == []


@pytest.mark.parametrize("code", ENDS)
def test_demo_gives_the_same_figures_as_when_it_was_made(code):
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))[code]
    found = figures(code)["indicators"]
    assert {name: {key: item[key] for key in recorded[name]} for name, item in found.items()} == recorded


def official_numbers():
    """Return the official test numbers of the demo's file, once it is the file that its description names."""
    content = (DATA / "test-personnummer.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() in (DATA / "README.md").read_text(encoding="utf-8")
    return set(content.decode().split())


def test_everybody_in_the_demo_has_an_official_test_number_of_their_own():
    used = Counter(person.identity_number for person in Person.objects.all())
    # One was sent on to another municipality, which keeps a record of its own.
    assert (len(used), used.total()) == (806, 807)
    assert set(used) - official_numbers() == set()


def test_numbers_of_the_demo_tell_the_day_of_birth_and_sex_of_their_persons():
    for person in Person.objects.all():
        number = person.identity_number
        told = (f"{number[:4]}-{number[4:6]}-{number[6:8]}", "man" if int(number[10]) % 2 else "woman")
        assert told == (person.birth_date.isoformat(), person.sex)


def test_every_case_of_the_demo_is_in_a_target_group():
    cases = Case.objects.filter(started_on__isnull=False).annotate(groups=Count("target_groups"))
    assert Counter(case.groups > 0 for case in cases) == {True: 805}


def test_newly_arrived_in_the_demo_are_born_abroad():
    newly = Case.objects.filter(newly_arrived=True)
    assert newly.exists()
    assert list(newly.exclude(born_abroad=True).values_list("number", flat=True)) == []


def test_list_of_people_to_sign_in_as_has_all_roles_of_kofa_and_the_manager_of_each_project():
    people = people_to_sign_in_as()
    kofa = Counter(person["role"] for person in people if person["email"].endswith("@kofa.example"))
    assert kofa == {
        str(Role.PROGRAMME_MANAGER.label): 1,
        str(Role.EVALUATOR.label): 1,
        str(Role.ADMINISTRATOR.label): 1,
        str(Role.COACH.label): 3,
        str(Role.UNIT_MANAGER.label): 3,
        str(Role.AUDITOR.label): 1,
    }
    rest = [(person["role"], person["email"]) for person in people if not person["email"].endswith("@kofa.example")]
    manager = str(Role.PROGRAMME_MANAGER.label)
    codes = {*ENDS, "klivet"} - {"kofa"}
    managers = [(manager, f"programme-manager.projekt@{code}.example") for code in codes]
    officer = (str(Role.REFERRING_OFFICER.label), "referring-officer.arbetsformedlingen@klivet.example")
    assert sorted(rest) == sorted([*managers, officer])


def test_people_of_the_list_sign_in_with_the_password_that_it_shows():
    people = [person["email"] for person in people_to_sign_in_as()]
    # One hash for all, so that one of them tells for the rest.
    assert len(set(User.objects.filter(email__in=people, is_active=True).values_list("password", flat=True))) == 1
    client = Client()
    answer = client.post(reverse("account_login"), {"login": people[0], "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("start"))
    assert str(Programme.objects.get(code="kofa")) in client.get(answer["Location"], follow=True).content.decode()


def test_staff_of_the_demo_have_addresses_that_reach_nobody():
    addresses = set(Membership.objects.values_list("user__email", flat=True))
    assert [address for address in addresses if not address.endswith(".example")] == []
