"""The page of a case: all of it for the own unit, no name for who looks over the whole, nothing for others."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from lotsen.access.models import Unit, User
from lotsen.activities.actions import call_roll, plan_activity
from lotsen.activities.enums import Presence
from lotsen.cases import actions
from lotsen.cases.enums import Occasion, Whereabouts
from lotsen.cases.models import Case
from lotsen.employers.enums import Sector
from lotsen.employers.models import Employer, Workplace
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.plans.actions import agree_plan
from lotsen.portals.views import DAYS_SHOWN
from lotsen.programmes.enums import Outcome, Support
from lotsen.programmes.models import Destination, Programme, Step
from tests import factories


@pytest.fixture
def show(sign_in: Callable[[User], Client]) -> Callable[..., html.HtmlElement]:
    """Give a function that opens the page of a case as somebody, in English."""

    def shown(case: Case, user: User, query: str = "") -> html.HtmlElement:
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        answer = client.get(reverse("case_detail", args=[case.pk]) + query)
        assert answer.status_code == 200
        return html.fromstring(answer.content.decode())

    return shown


@pytest.fixture
def case(programme: Programme, pitea: Unit, responsible: User) -> Case:
    """Return a case that has lived through everything, ended to prison, which must not be told abroad."""
    prison = Destination.objects.get(programme=programme, code="arbete")
    prison.names, prison.outcome = factories.text("Fängelse", "Prison"), Outcome.OTHER
    prison.save()
    return factories.whole_case(programme=programme, unit=pitea, person__unit=pitea, by=responsible)


def text(page: html.HtmlElement, xpath: str = "//main") -> str:
    return " ".join(" ".join(part.text_content() for part in page.xpath(xpath)).split())


def facts(page: html.HtmlElement) -> dict[str, str]:
    """Return the facts beside the timeline, and those at the top."""
    for form in page.xpath("//details"):
        form.drop_tree()
    pairs = [(dt.text_content().strip(), dt.getnext()) for dt in page.xpath("//dt")]
    return {name: " ".join(value.text_content().split()) for name, value in pairs}


def heading(day: html.HtmlElement) -> str:
    """Return the weekday and the day, on whatever day the test is run."""
    return " ".join(day.text_content().split()).removeprefix("Today, ").removeprefix("Yesterday, ")


def timeline(page: html.HtmlElement) -> list[tuple[str, list[str]]]:
    """Return the days of the timeline, each with the titles and details of its events."""
    days = page.xpath("//section[@aria-labelledby='timeline-h']/h3")
    return [
        (heading(day), [" ".join(event.text_content().split()) for event in day.getnext().xpath("./li")])
        for day in days
    ]


def test_case_opens_to_its_unit_and_to_who_looks_over_the_whole(
    case: Case, responsible, colleague, stranger, manager, sign_in
):
    url = reverse("case_detail", args=[case.pk])
    answers = [sign_in(user).get(url).status_code for user in (responsible, colleague, stranger, manager)]
    assert answers == [200, 404, 404, 200]


def test_responsible_sees_who_it_is_and_how_it_stands(case: Case, responsible: User, show):
    page = show(case, responsible)
    assert text(page, "//h1") == case.person.name
    found = facts(page)
    assert {name: found[name] for name in ("Case", "Coach", "Unit", "Started", "Closed", "Plan")} == {
        "Case": case.number,
        "Coach": responsible.name,
        "Unit": case.unit.name,
        "Started": "1 March 2026",
        "Closed": "1 September 2026",
        "Plan": "agreed 15 March 2026",
    }
    assert {
        name: found[name] for name in ("Whereabouts", "Means of support", "Ended to", "Reason", "Target groups")
    } == {
        "Whereabouts": "Activity",
        "Means of support": "Income support",
        "Ended to": "Prison",
        "Reason": "Done",
        "Target groups": "The young, Women",
    }


def test_fact_that_is_not_known_is_a_dash_and_not_a_no(programme: Programme, pitea: Unit, responsible, show):
    facts_at_entry = {"born_abroad": False}
    case = factories.CaseFactory(programme=programme, unit=pitea, facts=facts_at_entry)
    found = facts(show(case, responsible))
    assert (found["Born abroad"], found["Reduced work ability"], found["Age at start"], found["Sex"]) == (
        *("No", "–", "–"),
        "–",
    )


def test_responsible_reads_all_that_happened_newest_first(case: Case, responsible: User, show):
    assert timeline(show(case, responsible)) == [
        ("Monday 30 November 2026", ["Follow-up on day 90 In work, Sees better chances of work"]),
        ("Tuesday 1 September 2026", ["Ended Prison: Done"]),
        ("Saturday 1 August 2026", ["Internship ended Verkstaden"]),
        ("Friday 1 May 2026", ["Internship began Verkstaden"]),
        ("Wednesday 1 April 2026", ["Course Present"]),
        ("Sunday 15 March 2026", [f"A note Vi möttes. {case.notes.get().written_by}", "A plan was agreed"]),
        ("Monday 2 March 2026", ["Whereabouts: Activity"]),
        (
            "Sunday 1 March 2026",
            [f"Started {case.unit.name}", "Came onto the step Trust", "Means of support: Income support"],
        ),
        ("Sunday 1 February 2026", ["Referred"]),
    ]


def test_timeline_leaves_out_what_is_hidden(case: Case, responsible: User, show):
    titles = [
        title for _day, events in timeline(show(case, responsible, "?hide=course&hide=talks")) for title in events
    ]
    assert titles == ["Course Present"]


def test_follow_up_without_answer_says_so(programme: Programme, pitea: Unit, responsible, show):
    case = factories.CaseFactory(programme=programme, unit=pitea, ended=True)
    actions.record_follow_up(case=case, day=90, on=date(2026, 11, 30), answers=None)
    assert timeline(show(case, responsible))[0] == ("Monday 30 November 2026", ["Follow-up on day 90 No answer"])


def test_transfer_says_to_whom(programme: Programme, pitea: Unit, responsible, show):
    case = factories.CaseFactory(programme=programme, unit=pitea, transferred=True)
    page = show(case, responsible)
    assert timeline(page)[0] == ("Tuesday 1 September 2026", ["Transferred Enheten för arbete"])
    assert facts(page)["Transferred to"] == "Enheten för arbete"


def test_manager_sees_the_case_without_name_and_only_what_kind_of_end_it_had(case: Case, manager: User, show):
    page = show(case, manager)
    said = html.tostring(page, encoding="unicode")
    words = [case.person.given_name, case.person.family_name, case.person.identity_number, "Prison", "Fängelse", "Done"]
    assert [word for word in words if word in said] == []
    assert text(page, "//h1") == case.number
    assert facts(page)["Ended to"] == "Other"
    assert ("Tuesday 1 September 2026", ["Ended Other"]) in timeline(page)
    assert "You see this case without the person's name" in text(page)


def test_page_has_the_stairs_with_the_step_reached(case: Case, responsible: User, show):
    stairs = show(case, responsible).xpath("//ol[contains(@class, 'stairs')]/li")
    found = [(" ".join(step.text_content().split()), step.get("class"), step.get("aria-current")) for step in stairs]
    assert found == [("1 Trust since 1 March 2026184 days", "now", "step"), ("2 Matching Not begun", "later", None)]


def test_steps_that_were_passed_are_ticked_off(programme: Programme, pitea: Unit, responsible, show):
    case = factories.CaseFactory(programme=programme, unit=pitea, started=True)
    matching = Step.objects.get(programme=programme, code="matchning")
    actions.enter_step(case=case, step=matching, since=date(2026, 4, 1))
    stairs = show(case, responsible).xpath("//ol[contains(@class, 'stairs')]/li")
    assert [step.get("class") for step in stairs] == ["done", "now"]


def test_older_days_are_shown_when_asked_for(case: Case, responsible: User, show):
    course = case.programme.kinds.get(code="kurs")
    days = [date(2026, 3, 20) + timedelta(days=place) for place in range(5)]
    for session in plan_activity(kind=course, title="Kurs", minutes=60, days=days):
        call_roll(session=session, cases={case: Presence.ABSENT_VALID})
    page = show(case, responsible)
    assert (len(timeline(page)), timeline(page)[-1][0]) == (DAYS_SHOWN, "Monday 2 March 2026")
    (older,) = page.xpath("//a[@href='?all=1']")
    assert " ".join(older.text_content().split()) == "Show 2 older days"
    whole = show(case, responsible, "?all=1")
    assert (len(timeline(whole)), timeline(whole)[-1][0]) == (DAYS_SHOWN + 2, "Sunday 1 February 2026")
    assert whole.xpath("//a[@href='?all=1']") == []


def live(case: Case, day: date) -> None:
    """Let one thing of each kind that may come often happen on a day."""
    programme = case.programme
    actions.enter_step(case=case, step=programme.steps.first(), since=day)
    actions.enter_whereabouts(case=case, whereabouts=Whereabouts.WORK, since=day)
    actions.enter_support(case=case, support=Support.OWN_INCOME, since=day)
    agree_plan(case=case, on=day)
    (session,) = plan_activity(kind=programme.kinds.get(code="kurs"), title="Kurs", minutes=60, days=[day])
    call_roll(session=session, cases={case: Presence.PRESENT})
    employer = Employer.objects.create(name=f"Bolaget {day}", sector=Sector.PUBLIC)
    workplace = Workplace.objects.create(employer=employer, name="Verkstaden", municipality_id=factories.PITEA)
    kind = programme.kinds.get(code="praktik")
    placement = begin_placement(case=case, workplace=workplace, kind=kind, on=day, until=day, without_analysis="Prov")
    end_placement(placement=placement, on=day)
    actions.rate_distance(case=case, occasion=Occasion.values[day.day % 3], on=day, distance=5)


def test_page_takes_as_many_queries_for_three_events_of_a_kind_as_for_one(
    programme: Programme, pitea: Unit, responsible: User, sign_in
):
    case = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
    client, url = sign_in(responsible), reverse("case_detail", args=[case.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    live(case, date(2026, 4, 1))
    queries()
    one = queries()
    live(case, date(2026, 4, 2))
    live(case, date(2026, 4, 3))
    assert queries() == one


def test_case_that_has_not_started_is_shown_as_referred(programme: Programme, pitea: Unit, responsible, show):
    case = factories.CaseFactory(programme=programme, unit=pitea)
    page = show(case, responsible)
    assert timeline(page) == [("Sunday 1 February 2026", ["Referred"])]
    assert (facts(page)["Days in the project"], facts(page)["Plan"], facts(page)["Coach"]) == ("–", "None yet", "–")
