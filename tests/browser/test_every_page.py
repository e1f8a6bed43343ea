"""Every page, wide and narrow, light and dark, in both languages: nothing for axe, no sideways scroll, no complaint."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import AXE, AXE_RULES, Site

MANAGER = "programme-manager.projekt@kofa.example"
COACH = "coach.arvidsjaur@kofa.example"
#: Below the address of the project.
OF_PROJECT = (
    "",
    "indicators/",
    "indicators/participants/",
    "indicators/share_partners_active/",
    "indicators/share_in_work_day_90/members/?part=unknown",
    "cases/?q=andersson",
    "cases/?state=ended",
    "report/",
    "report/texts/summary/",
)
#: Of everybody who works with people, at the root.
OF_COACH = ("/consents/", "/consents/form/", "/meetings/", "/protected/", "/search/")
#: Of a person whose record the unit keeps.
OF_PERSON = ("consents/new/", "correct/", "extract/", "merge/", "protection/")
#: Of those who do no casework.
OF_OTHERS = {
    "auditor.projekt@kofa.example": ("/readings/", "/reviews/", "/erasures/"),
    "administrator.projekt@kofa.example": ("/accounts/", "/invitations/"),
    "unit-manager.pitea@kofa.example": (
        *("/retention/", "/retention/rules/new/", "/holds/new/", "/evidence/", "/erasures/", "/protected/"),
    ),
}
#: Each width, scheme and language once, the longer words on the narrower screen: no rule of axe joins two of them.
LOOKS = [
    pytest.param(width, scheme, locale, id=f"{width}-{scheme}-{locale}")
    for width, scheme, locale in ((320, "light", "sv-SE"), (1280, "dark", "en-GB"))
]


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)["violations"]
    faults = [f"{page.url}: {rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{page.url}: scrolls sideways")
    return faults


def opened(browser: Browser, site: Site, email: str, width: int, scheme: str, locale: str) -> tuple[Page, list[str]]:
    """Sign somebody in, in a window of this look; return the page and what it will complain of."""
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale
    )
    context.add_cookies([{"name": "sessionid", "value": site.session_of(email), "url": site.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return page, complaints


def project_of(page: Page, name: str = "") -> str:
    """Open the first of one's projects, or the one of a name; return its address."""
    page.goto("/projects/")
    page.locator(".cards-list a", has_text=name).first.click()
    page.wait_for_url("**/projects/*/")
    return page.url


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_the_manager_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    page, complaints = opened(browser, site, MANAGER, width, scheme, locale)
    project = project_of(page)
    faults = []
    for path in OF_PROJECT:
        page.goto(project + path)
        faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_the_coach_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    page, complaints = opened(browser, site, COACH, width, scheme, locale)
    project = project_of(page)
    faults = faults_of(page)
    page.goto(f"{project}cases/")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/cases/*/")
    faults += faults_of(page)
    page.locator(".tabs a[href^='/persons/']").click()
    page.wait_for_url("**/persons/*/")
    faults += faults_of(page)
    person = page.url
    for path in (*(f"{person}{page}" for page in OF_PERSON), *OF_COACH):
        page.goto(path)
        faults += faults_of(page)
    assert complaints == []
    page.goto("/cases/00000000-0000-0000-0000-000000000000/")
    faults += faults_of(page)
    page.context.clear_cookies()
    page.goto("/")
    faults += faults_of(page)
    page.context.close()
    assert faults == []


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_the_other_roles_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    for email, paths in OF_OTHERS.items():
        page, complaints = opened(browser, site, email, width, scheme, locale)
        for path in paths:
            page.goto(path)
            assert faults_of(page) == []
        assert complaints == []
        page.context.close()


def test_keyboard_reaches_the_content_at_once(sign_in_as: Callable[[str], Page]):
    page = sign_in_as(MANAGER)
    project_of(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
