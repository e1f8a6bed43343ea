"""Hours become money in a browser: roll, signature, file, ledger, payment; and a correction that sends months again.

On a site of its own: it signs and sends what other tests look at.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, served
from tests.browser.test_activities import asked
from tests.browser.test_every_page import LOOKS, faults_of, opened, project_of

COACH = "coach.pitea@kofa.example"
LEADER = "unit-manager.pitea@klivet.example"
MANAGER = "programme-manager.projekt@klivet.example"
OPEN_ROLLS = """
select s.id::text from activities_session s join activities_activity a on a.id = s.activity_id
join programmes_programme p on p.id = a.programme_id and p.code = 'klivet'
where s.called_on is null and s.cancelled_on is null and s."on" between %s and %s
"""
#: Two participants who had started before a day and are there still.
GOING_ON = """
select c.id::text from cases_case c join programmes_programme p on p.id = c.programme_id and p.code = 'klivet'
join access_unit u on u.id = c.unit_id and u.name like '%%Piteå'
where c.started_on < %s and c.closed_on is null order by c.number limit 2
"""
#: Somebody in Älvsbyn who came for two hours and a half in the third month.
CAME_IN_MARCH = """
select c.id::text from cases_case c join programmes_programme p on p.id = c.programme_id and p.code = 'kofa'
join access_unit u on u.id = c.unit_id and u.name like '%%Älvsbyn'
join activities_attendance a on a.case_id = c.id and a.minutes = 150
join activities_session s on s.id = a.session_id and s."on" between '2018-03-01' and '2018-03-31'
order by c.number limit 1
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a demo of its own."""
    with served(tmp_path_factory.mktemp("money") / "log") as running:
        yield running


def looked_at(browser: Browser, site: Site, email: str, width: int = 1280) -> Page:
    """Return the window of somebody."""
    return opened(browser, site, email, width, "light", "sv-SE")[0]


def last_month() -> tuple[date, date]:
    """Return the first and the last day of the month before this one."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def facts(page: Page) -> dict[str, str]:
    """Return the facts of the page: what stands by each word."""
    pairs = page.locator("dl.facts div")
    return {
        pairs.nth(n).locator("dt").inner_text().strip(): pairs.nth(n).locator("dd").inner_text().strip()
        for n in range(pairs.count())
    }


def call_rolls(phone: Page, site: Site, first: date, last: date) -> None:
    """Call every roll of a month that nobody has called, on a phone."""
    for (session,) in asked(site, OPEN_ROLLS, first.isoformat(), last.isoformat()):
        phone.goto(f"/sessions/{session}/roll/")
        came = phone.locator("input[type=radio][value=present]")
        for place in range(came.count()):
            came.nth(place).check()
        phone.get_by_role("button", name="Spara närvaron").click()
        phone.wait_for_url("**/activities/*/")


def plan_course(coach: Page, site: Site, project: str, first: date) -> None:
    """Plan a course on one day of last month, and give two participants a place."""
    coach.goto(f"{project}activities/new/")
    coach.locator("#id_kind").select_option(label="Kurs")
    coach.locator("#id_title").fill("Räkna timmar")
    coach.locator("#id_first").fill(first.isoformat())
    coach.locator("#id_minutes").fill("150")
    coach.get_by_role("button", name="Visa dagarna").click()
    coach.get_by_role("button", name="Spara").click()
    expect(coach.get_by_role("heading", name="Räkna timmar")).to_be_visible()
    for (case,) in asked(site, GOING_ON, first.isoformat()):
        coach.locator(f"[name=cases][value='{case}']").check()
    coach.locator("#enrol_since").fill(first.isoformat())
    coach.locator("form[action$='/enrol/'] button[type=submit]").click()
    expect(coach.locator(".messages")).to_be_visible()


def make_and_send(leader: Page) -> str:
    """Make the file that is next, see that nothing is wrong, send it and keep the receipt; return its hours."""
    leader.locator(".ds-alert").get_by_role("button", name="Gör filen").click()
    expect(leader.get_by_role("heading", name="Kontrollen")).to_be_visible(timeout=30_000)
    expect(leader.locator("#faults")).not_to_contain_text("måste rättas")
    with leader.expect_download() as download:
        leader.get_by_role("link", name="Hämta Excelfilen").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    hours = facts(leader)["Underskrivna timmar"]
    leader.get_by_role("button", name="Jag har lämnat in den").click()
    leader.get_by_label("Kvittens").fill("SCB 4711")
    leader.get_by_role("button", name="Spara kvittensen").click()
    expect(leader.get_by_text("SCB 4711")).to_be_visible()
    return hours


def sign_papers(coach: Page, project: str, first: date) -> None:
    """Enter the signed papers of everybody whose month is written down."""
    coach.goto(f"{project}hours/?month={first:%Y-%m}")
    coach.get_by_role("link", name="För in underskrivna papper för flera").click()
    expect(coach.get_by_role("button", name="De har skrivit under")).to_be_visible()
    for box in coach.locator("[name=cases]").all():
        box.check()
    coach.locator("[name=how][value=paper]").check()
    coach.get_by_role("button", name="De har skrivit under").click()
    expect(coach.locator(".messages")).to_contain_text("Underskri")


def look_into_ledger(manager: Page, project: str, first: date, hours: str) -> str:
    """See that the ledger and its rows count the hours of the file; return their sum."""
    manager.goto(f"{project}ledger/?first={first:%Y-%m}&last={first:%Y-%m}")
    expect(manager.locator(".sum")).to_contain_text(f"{hours} underskrivna timmar")
    total = manager.locator(".sum strong").inner_text()
    assert total.endswith("kr")
    manager.locator("#months tbody a").click()
    expect(manager.locator("main")).to_contain_text(f"{total} för {hours} underskrivna timmar")
    return total


def begin_payment(manager: Page, project: str, first: date) -> None:
    """Begin an application for the month."""
    manager.goto(f"{project}money/")
    manager.get_by_text("Börja en ansökan").click()
    for name in ("first", "last"):
        manager.locator(f"#payment_{name}").fill(f"{first:%Y-%m}")
    manager.get_by_role("button", name="Börja").click()
    manager.wait_for_url("**/payments/*/")


def check_sample(manager: Page) -> None:
    """Draw the sample of the self-control, and find every month right."""
    manager.get_by_role("button", name="Dra stickprovet").click()
    waiting = manager.get_by_role("link", name="Att granska")
    expect(waiting.first).to_be_visible()
    while waiting.count():
        waiting.first.click()
        manager.locator("[name=verdict][value=right]").check()
        manager.get_by_role("button", name="Spara").click()
        manager.wait_for_url("**/payments/*/#sample")


def test_a_month_goes_from_the_roll_to_the_payment(browser: Browser, own_site: Site):
    first, last = last_month()
    coach, phone = (looked_at(browser, own_site, COACH, width) for width in (1280, 320))
    project = project_of(coach, "Klivet")
    plan_course(coach, own_site, project, first)
    call_rolls(phone, own_site, first, last)
    sign_papers(coach, project, first)
    leader = looked_at(browser, own_site, LEADER)
    leader.goto(f"{project}files/")
    hours = make_and_send(leader)
    assert re.fullmatch(r"\d+:\d\d", hours)
    assert hours != "0:00"
    manager = looked_at(browser, own_site, MANAGER)
    total = look_into_ledger(manager, project, first, hours)
    begin_payment(manager, project, first)
    told = facts(manager)
    assert (told["Underskrivna timmar"], told["Medfinansiering genom försörjning"]) == (hours, total)
    proofs = manager.locator("#evidence tr")
    expect(proofs.filter(has_text="Försörjningen är känd")).to_contain_text("Finns")
    expect(proofs.filter(has_text="En femtedel")).to_contain_text("Saknas")
    check_sample(manager)
    expect(proofs.filter(has_text="En femtedel")).to_contain_text("Finns")
    expect(proofs.filter(has_text="Alla som var närvarande")).to_contain_text("Finns")
    manager.locator("#apply_asked").fill("10 000")
    manager.get_by_role("button", name="Den är inlämnad").click()
    expect(manager.locator(".messages")).to_contain_text("Inlämnad")
    for page in (coach, phone, leader, manager):
        page.context.close()


def open_next_file(leader: Page, project: str) -> None:
    """Open the file that is next to be sent, as soon as the worker has made it."""
    link = leader.get_by_role("link", name="Öppna filen")
    for _try in range(60):
        leader.goto(f"{project}files/")
        if link.count() and not leader.get_by_text("filer görs").count():
            break
        leader.wait_for_timeout(500)
    link.click()


def test_correction_of_march_sends_march_to_august_again(browser: Browser, own_site: Site):
    coach = looked_at(browser, own_site, "coach.alvsbyn@kofa.example")
    project = project_of(coach, "KOFA")
    ((case,),) = asked(own_site, CAME_IN_MARCH)
    coach.goto(f"/cases/{case}/hours/2018/3/")
    coach.get_by_text("Något är fel").click()
    coach.locator("#reopen_why").fill("Gick hem tidigare")
    coach.get_by_role("button", name="Öppna månaden igen").click()
    month = coach.url
    coach.locator("tbody tr", has_text="2:30").locator("a").first.click()
    minutes = coach.locator(f"[name=minutes_{case}]")
    if not minutes.is_visible():
        coach.locator("details", has=minutes).locator("summary").click()
    minutes.fill("75")
    coach.get_by_role("button", name="Spara närvaron").click()
    coach.wait_for_url("**/activities/*/")
    coach.goto(month)
    coach.locator("[name=how][value=screen]").check()
    coach.get_by_role("button", name="Vi har båda skrivit under").click()

    leader = looked_at(browser, own_site, "unit-manager.alvsbyn@kofa.example")
    leader.goto(f"{project}files/")
    expect(leader.locator(".ds-alert")).to_contain_text("6 filer")
    leader.get_by_label("Vad rättades?").fill("En deltagare gick hem tidigare")
    leader.get_by_role("button", name="Gör om de 6 filerna").click()
    for _each in range(6):
        open_next_file(leader, project)
        expect(leader.locator("#differences")).to_be_visible(timeout=30_000)
        leader.get_by_role("button", name="Jag har lämnat in den").click()
        expect(leader.get_by_label("Kvittens")).to_be_visible()
    leader.goto(f"{project}files/")
    states = leader.locator("tbody tr")
    for n in range(6):
        expect(states.nth(n)).to_contain_text("Skickad")
        expect(states.nth(n).locator("td").nth(2)).to_have_text("2")
    expect(states.nth(6).locator("td").nth(2)).to_have_text("1")
    for page in (coach, leader):
        page.context.close()


#: Pages of money and files, below the address of the project.
PAGES = (
    *("money/", "ledger/", "ledger/?first=2017-01&last=2017-06", "ledger/rows/?first=2017-01&last=2017-02"),
    *("rates/", "files/"),
)


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_money_are_for_everybody(browser: Browser, own_site: Site, width: int, scheme: str, locale: str):
    manager = "programme-manager.projekt@kofa.example"
    page, complaints = opened(browser, own_site, manager, width, scheme, locale)
    project, faults = project_of(page), []
    for path in PAGES:
        page.goto(project + path)
        faults += faults_of(page)
    page.goto(f"{project}money/")
    page.locator("a[href^='/payments/']").first.click()
    faults += faults_of(page)
    page.locator("#sample a[href^='/drawn/']").first.click()
    faults += faults_of(page)
    page.context.close()
    page, more = opened(browser, own_site, "unit-manager.pitea@kofa.example", width, scheme, locale)
    for path in (f"{project}files/", f"{project}hours/sign/2017/3/", f"{project}staff-hours/"):
        page.goto(path)
        faults += faults_of(page)
    page.goto(f"{project}files/")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/files/*/")
    faults += faults_of(page)
    page.goto(f"{page.url}rows/")
    faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert [*complaints, *more] == []
