"""In a real browser: names that are attacks run nothing, open nothing, and break no line of the policy (figure S5)."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_every_page import COACH, project_of

ATTACK = """'"></title></p><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"""
#: Each break of the policy, told to the console.
WATCH = "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))"


@contextmanager
def named(site: Site, table: str, column: str, key: str) -> Iterator[None]:
    """Give a row an attack for a name, for as long as the block lasts: the site is shared with other tests."""
    with psycopg.connect(site.database_url, autocommit=True) as connection:
        (before,) = connection.execute(f"select {column} from {table} where id = %s", [key]).fetchone()
        change = f"update {table} set {column} = %s where id = %s"
        connection.execute(change, [ATTACK, key])
        try:
            yield
        finally:
            connection.execute(change, [before, key])


def opened(browser: Browser, site: Site) -> tuple[Page, list[str]]:
    """Sign the coach in, in a window that notes each dialog and each break of the policy."""
    context = browser.new_context(base_url=site.url)
    context.add_cookies([{"name": "sessionid", "value": site.session_of(COACH), "url": site.url}])
    context.add_init_script(WATCH)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{page.url}: {message.text}"))
    page.on("dialog", lambda dialog: (told.append(f"{page.url}: a dialog"), dialog.dismiss()))
    return page, told


def key_in(address: str) -> str:
    """Return the key of the row that a page shows."""
    return address.rstrip("/").rsplit("/", 1)[-1]


def test_no_dialog_opens_and_no_policy_is_broken(browser: Browser, site: Site) -> None:
    page, told = opened(browser, site)
    project = project_of(page)
    page.goto(f"{project}cases/")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/cases/*/")
    case = page.url
    page.locator(".tabs a[href^='/persons/']").click()
    page.wait_for_url("**/persons/*/")
    person = page.url
    with named(site, "people_person", "family_name", key_in(person)):
        for path in (project, f"{project}cases/", case, person, f"{person}consents/new/", f"{person}protection/"):
            page.goto(path)
        assert ATTACK in page.locator("main").inner_text()
    assert told == []
    page.context.close()


def test_policy_stops_a_script_that_came_into_a_page(browser: Browser, site: Site) -> None:
    page, told = opened(browser, site)
    project_of(page)
    with page.expect_console_message(lambda message: "policy: script-src" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    assert [text for text in told if "a dialog" in text] == []
    page.context.close()
