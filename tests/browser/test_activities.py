"""Activities in a browser: a planned series, a roll in a cellar without network, and every page for everybody."""

from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_every_page import LOOKS, faults_of, opened, project_of

COACH = "coach.pitea@kofa.example"
#: The walk of the demo, whose last roll nobody has called.
WAITING = """
select s.id::text from activities_session s join activities_activity a on a.id = s.activity_id
where a.title = 'Promenadgruppen' and s.called_on is null and s."on" < current_date
"""
WRITTEN = "select presence, minutes from activities_attendance where session_id = %s order by presence, minutes"


def asked(site: Site, statement: str, *told: str) -> list[tuple]:
    """Ask the database of the site, as its owner."""
    with psycopg.connect(site.database_url) as connection:
        return connection.execute(statement, told).fetchall()


def mark_all(page: Page) -> int:
    """Say that everybody came, but the last one; return how many were asked about."""
    came = page.locator("input[type=radio][value=present]")
    for place in range(came.count() - 1):
        came.nth(place).check()
    page.locator("input[type=radio][value=absent_invalid]").last.check()
    return came.count()


def test_roll_without_network_is_kept_and_sent_once(site: Site, sign_in_as: Callable[[str], Page]):
    page = sign_in_as(COACH)
    page.goto("/my-day/?rule=roll")
    page.get_by_role("link", name="Ta närvaron").click()
    ((session,),) = asked(site, WAITING)
    n = mark_all(page)
    page.context.set_offline(True)
    for _again in range(2):
        page.get_by_role("button", name="Spara närvaron").click()
        expect(page.locator("#queue")).to_contain_text("Sparas på den här enheten")
    assert asked(site, WRITTEN, session) == []
    page.context.set_offline(False)
    expect(page.locator("#queue")).to_be_hidden(timeout=30_000)
    expected = sorted([("absent_invalid", 0), *[("present", 60)] * (n - 1)])
    assert asked(site, WRITTEN, session) == expected
    page.get_by_role("button", name="Spara närvaron").click()
    page.wait_for_url("**/activities/*/")
    expect(page.get_by_text("Närvaron är sparad.").first).to_be_visible()
    assert asked(site, WRITTEN, session) == expected
    page.goto("/my-day/?rule=roll")
    expect(page.get_by_role("link", name="Ta närvaron")).to_have_count(0)


def test_series_is_planned_and_stands_in_the_calendar(sign_in_as: Callable[[str], Page]):
    page = sign_in_as(COACH)
    page.goto(f"{project_of(page, 'Klivet')}activities/new/")
    page.locator("#id_kind").select_option(label="Kurs")
    page.locator("#id_title").fill("Svetsa lätt")
    page.locator("#id_at").fill("8.15")
    page.locator("#id_first").fill("idag")
    page.locator("#id_place").select_option(label="Kurslokalen")
    page.get_by_role("button", name="Visa dagarna").click()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", name="Svetsa lätt")).to_be_visible()
    page.goto("/calendar/")
    expect(page.get_by_role("link", name="Svetsa lätt", exact=True)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_activities_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    page, complaints = opened(browser, site, COACH, width, scheme, locale)
    # Its name in the language of the page.
    project = project_of(page, "Klivet" if locale == "sv-SE" else "The stride")
    faults = []
    for path in ("/calendar/", "/premises/", f"{project}activities/", f"{project}activities/new/", f"{project}hours/"):
        page.goto(path)
        faults += faults_of(page)
    ((session,), *_more) = asked(site, WAITING.replace("s.called_on is null and ", ""))
    page.goto(f"/sessions/{session}/roll/")
    faults += faults_of(page)
    page.goto(f"/sessions/{session}/")
    faults += faults_of(page)
    page.goto(f"{project}activities/")
    page.get_by_role("link", name="Köksspråk").click()
    page.wait_for_url("**/activities/*/")
    faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []
