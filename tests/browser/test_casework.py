"""Casework in a browser: the story of one person from referral to follow-up, and every page for everybody."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from lotsen.core.acting import acting_as_operator
from lotsen.indicators.queries import calculate, definition_of
from lotsen.programmes.models import Programme
from tests.browser.conftest import Site
from tests.browser.test_every_page import LOOKS, faults_of, opened
from tests.conftest import connected_to

COACH = "coach.pitea@kofa.example"
LEADER = "unit-manager.pitea@klivet.example"
OFFICER = "referring-officer.arbetsformedlingen@klivet.example"
#: The figures that the story feeds, each by one.
FED = (
    *("referred", "participants", "ended", "ended_in_work_or_studies"),
    *("share_with_plan", "share_in_work_day_90"),
)


def figures(site: Site) -> dict[str, float]:
    """Return what is counted of the running project a hundred days from now: values, or numerators of shares."""
    connection.close()
    with connected_to(site.database), acting_as_operator("tests"):
        programme = Programme.objects.get(code="klivet")
        on = timezone.localdate() + timedelta(days=100)
        found = {code: calculate(programme, definition_of(code), on).total for code in (*FED, "participant_hours")}
    told = {code: each.numerator if "share" in code else each.value for code, each in found.items()}
    return {code: float(value or 0) for code, value in told.items()}


def send(page: Page) -> None:
    """Send the form of the page."""
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_load_state()
    expect(page.locator("#errors")).to_have_count(0)


def refer(officer: Page) -> None:
    """Refer somebody to the running project."""
    officer.goto("/")
    officer.get_by_role("link", name="Klivet").click()
    for field, value in (("given_name", "Saga"), ("family_name", "Story"), ("birth_date", "1999-05-04")):
        officer.locator(f"#id_{field}").fill(value)
    officer.locator("#id_unit").select_option(label="Arbetsmarknadsenheten Piteå")
    officer.locator("#id_sex").select_option("woman")
    officer.locator("#id_months_without_work").fill("20")
    officer.locator("#id_reason").fill("Vill arbeta i kök.")
    send(officer)


def take_in_and_start(coach: Page) -> str:
    """Take the person in from My day, start, and move on a step with a reason; return the address of the case."""
    coach.goto("/")
    coach.get_by_role("link", name="Story, Saga").click()
    expect(coach.locator("#fits")).to_contain_text("✓")
    coach.locator("#take button").click()
    coach.locator("main").get_by_role("link", name="Starta", exact=True).click()
    coach.locator("#id_support").select_option("income_support")
    coach.locator("#id_distance").select_option("3")
    send(coach)
    case = coach.url
    coach.get_by_role("link", name="Byt steg").click()
    coach.locator("#id_met_0").check()
    coach.locator("#id_reason").fill("Behoven frågar vi om nästa gång.")
    send(coach)
    return case


def plan(coach: Page) -> None:
    """Write a plan together, and sign it."""
    coach.get_by_role("link", name="Handlingsplan", exact=True).click()
    coach.get_by_role("button", name="Börja en plan").click()
    coach.locator("#words_text").fill("Jag vill bli kock.")
    coach.locator("#words form button").click()
    coach.locator("#goal_text").fill("Jag provar arbete i kök")
    coach.locator("#goal form button").click()
    coach.locator("form[action*='/goals/'] [name=text]").first.fill("Ringa köket")
    coach.locator("form[action*='/actions/'] button[type=submit]").first.click()
    coach.locator("#sign_how_1").check()
    coach.locator("#sign form button").click()
    expect(coach.locator("main")).to_contain_text("Jag vill bli kock.")


def meet(coach: Page, case: str) -> None:
    """Write a note with the next meeting on one page; say who came in one click, and where somebody is in two."""
    coach.get_by_role("link", name="Skriv anteckning").click()
    coach.locator("#id_body").fill("Saga vill börja i ett storkök.")
    coach.locator("#id_way").select_option("meeting")
    coach.locator("#id_next-on").fill("idag")
    coach.locator("#id_next-at").fill("0005")
    coach.locator("#id_next-minutes").fill("60")
    coach.locator("#id_next-kind").select_option(label="Vägledningssamtal")
    send(coach)
    coach.goto("/my-day/")
    coach.locator(".meet li", has_text="Saga Story").locator("button[value=present]").click()
    expect(coach.locator(".messages")).to_contain_text("Kom")
    coach.goto(case)
    changed = coach.locator("#facts details").first
    changed.locator("summary").click()
    changed.get_by_role("button", name="Praktik").click()
    expect(coach.locator("#facts")).to_contain_text("Praktik")


def end_and_follow_up(coach: Page) -> None:
    """End to work, and write down what was found out on day 90."""
    coach.get_by_role("link", name="Avsluta deltagandet").click()
    coach.locator("#id_destination").select_option(label="Arbete")
    coach.locator("#id_reason").select_option(index=1)
    coach.locator("#id_support").select_option("own_income")
    coach.locator("#id_distance").select_option("10")
    send(coach)
    coach.get_by_role("link", name="Uppföljning dag 90").click()
    coach.locator("#id_reached_0").check()
    coach.locator("#id_in_work").select_option("yes")
    send(coach)
    expect(coach.locator("main")).to_contain_text("Uppföljning dag 90")


@pytest.mark.usefixtures("django_db_setup")
def test_one_person_from_referral_to_the_last_follow_up(
    browser: Browser, site: Site, django_db_blocker: pytest.FixtureRequest
):
    with django_db_blocker.unblock():
        before = figures(site)
    officer, said = opened(browser, site, OFFICER, 1280, "light", "sv-SE")
    coach, complaints = opened(browser, site, COACH, 1280, "light", "sv-SE")
    refer(officer)
    case = take_in_and_start(coach)
    plan(coach)
    meet(coach, case)
    end_and_follow_up(coach)
    officer.goto("/referrals/")
    expect(officer.locator("tbody tr").first).to_contain_text("Avslutad")
    with django_db_blocker.unblock():
        after = figures(site)
    moved = {code: after[code] - before[code] for code in before}
    assert moved == pytest.approx(dict.fromkeys((*FED, "participant_hours"), 1.0))
    assert said + complaints == []
    officer.context.close()
    coach.context.close()


def text_of(site: Site, statement: str) -> str:
    """Ask the site's database for one thing."""
    with psycopg.connect(site.database_url) as asked:
        (found,) = asked.execute(statement).fetchone() or ("",)
    return str(found)


@pytest.fixture
def addresses(site: Site) -> Callable[[], list[str]]:
    """Give a function that returns the pages of a coach's casework."""

    def found() -> list[str]:
        programme = text_of(site, "select id from programmes_programme where code = 'klivet'")
        case = text_of(site, "select case_id from profiles_needs where is_step_free limit 1")
        ended = text_of(site, "select case_id from cases_followupattempt order by id limit 1")
        new = text_of(
            site,
            "select c.id from cases_case c join access_unit u on u.id = c.unit_id "
            "where number like 'KLIVET%' and started_on is null and u.name like '%Piteå' limit 1",
        )
        waiting = text_of(site, "select id from referrals_referral where state = 'waiting' order by sent_on limit 1")
        meeting = text_of(site, "select id from notes_appointment where came = '' order by id limit 1")
        of_case = (
            "",
            "notes/",
            "notes/new/",
            "plan/",
            "profile/",
            "step/",
            "end/",
            "transfer/",
            "responsible/",
            "team/",
        )
        return [
            "/my-day/",
            "/my-day/?rule=came&late=1",
            "/snippets/",
            f"/projects/{programme}/referrals/",
            f"/projects/{programme}/referrals/new/",
            f"/referrals/{waiting}/",
            f"/appointments/{meeting}/",
            f"/cases/{new}/start/",
            f"/cases/{ended}/follow-ups/90/",
            *(f"/cases/{case}/{path}" for path in of_case),
        ]

    return found


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_casework_are_for_everybody(
    browser: Browser, site: Site, addresses, width: int, scheme: str, locale: str
):
    page, complaints = opened(browser, site, COACH, width, scheme, locale)
    faults = []
    for address in addresses():
        answer = page.goto(address)
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        faults += faults_of(page)
    page.goto(next(address for address in addresses() if address.endswith("/plan/")))
    page.locator("form[action$='/plan/begin/'] button, .head a.ds-button").first.click()
    page.wait_for_load_state()
    faults += faults_of(page)
    page.context.close()
    assert faults + complaints == []


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS[-1:])
def test_pages_of_who_leads_a_unit_are_for_everybody(
    browser: Browser, site: Site, width: int, scheme: str, locale: str
):
    page, complaints = opened(browser, site, LEADER, width, scheme, locale)
    faults = []
    page.goto("/my-day/")
    for link in (".head a", "main a[href='/staff/']", "a[href*='hand-over']"):
        page.locator(link).first.click()
        page.wait_for_load_state()
        faults += faults_of(page)
    page.context.close()
    assert faults + complaints == []


def test_pages_of_a_referrer_are_for_everybody(browser: Browser, site: Site):
    page, complaints = opened(browser, site, OFFICER, 320, "dark", "sv-SE")
    page.goto("/referrals/")
    faults = faults_of(page)
    for link in ("#new a", "main p.small a"):
        page.locator(link).first.click()
        page.wait_for_load_state()
        faults += faults_of(page)
    page.context.close()
    assert faults + complaints == []


def test_text_is_there_after_the_browser_has_crashed(browser: Browser, site: Site, addresses):
    note = next(address for address in addresses() if address.endswith("/notes/new/"))
    page, _complaints = opened(browser, site, COACH, 1280, "light", "sv-SE")
    page.goto(note)
    page.locator("#id_body").press_sequentially("Mitt i en mening")
    expect(page.locator("#draft-status")).to_contain_text("Utkast sparat", timeout=10_000)
    page.context.close()
    again, _complaints = opened(browser, site, COACH, 1280, "light", "sv-SE")
    again.goto(note)
    expect(again.locator("#id_body")).to_have_value("Mitt i en mening")
    again.get_by_role("button", name="Släng utkastet").click()
    expect(again.locator("#id_body")).to_have_value("")
    again.context.close()
