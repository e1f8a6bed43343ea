"""Security keys in a real browser, with the browser's own virtual key in place of one of metal."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_every_page import LOOKS, faults_of
from tests.browser.test_sign_in import sign_in

OPTIONS = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a key that is touched whenever it asks; return the wire to it and its name there."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})["authenticatorId"]


def opened(browser: Browser, site: Site, width: int = 1280, scheme: str = "light", locale: str = "sv-SE") -> Page:
    """Open a window. By the name localhost: a key belongs to a name, and an address of numbers is none."""
    return browser.new_context(
        base_url=f"http://localhost:{urlsplit(site.url).port}",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale=locale,
    ).new_page()


def add_key(page: Page, name: str) -> None:
    page.goto("/account/sign-in/key/")
    page.fill("#id_name", name)
    page.locator("main form button").click()


def test_security_key_is_added_used_renamed_and_taken_away(browser: Browser, site: Site):
    page = opened(browser, site)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    wire, key = plug_in(page)
    sign_in(page, "coach.lund@ame-skane.example")
    page.goto("/account/sign-in/")
    page.get_by_role("link", name="Lägg till en säkerhetsnyckel").click()
    add_key(page, "Nyckelknippan")
    expect(page.locator("h1")).to_have_text("Reservkoder")
    # The same key again: the browser knows it by the list of those that are there.
    add_key(page, "Skrivbordet")
    expect(page.locator("[data-key-status]")).to_have_text("Nyckeln svarade inte, eller är redan tillagd. Försök igen.")
    # As the second step of signing in.
    page.locator(".me button", has_text="Logga ut").click()
    sign_in(page, "coach.lund@ame-skane.example")
    page.get_by_role("button", name="Använd en säkerhetsnyckel").click()
    expect(page.locator("h1")).to_have_text("Min dag")
    # To change something, once more.
    page.goto("/account/again/?next=/account/sign-in/")
    page.get_by_role("link", name="Använd en säkerhetsnyckel").click()
    page.get_by_role("button", name="Använd en säkerhetsnyckel").click()
    page.wait_for_url("**/account/sign-in/")
    page.get_by_role("link", name="Byt namn på Nyckelknippan").click()
    page.fill("#id_name", "Reserven")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("#keys-of-mine")).to_contain_text("Reserven")
    # Another key than the one that was added is of no use.
    page.locator(".me button", has_text="Logga ut").click()
    wire.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    kept = wire.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})["authenticatorId"]
    assert kept != key
    sign_in(page, "coach.lund@ame-skane.example")
    page.get_by_role("button", name="Använd en säkerhetsnyckel").click()
    expect(page.locator("[data-key-status]")).to_have_text("Nyckeln svarade inte, eller är inte din. Försök igen.")
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_security_keys_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    email = "coach.bjuv@ame-skane.example"
    page = opened(browser, site, width, scheme, locale)
    plug_in(page)
    sign_in(page, email)
    page.goto("/account/sign-in/key/")
    faults = faults_of(page)
    add_key(page, "Nyckelknippan, den röda med snöret på")
    page.wait_for_url("**/account/sign-in/recovery/")
    page.goto("/account/sign-in/")
    faults += faults_of(page)
    own = page.locator("#keys-of-mine li a")
    rename, remove = (own.nth(place).get_attribute("href") for place in (0, 1))
    for path in (rename, "/account/again/key/"):
        page.goto(path)
        faults += faults_of(page)
    page.locator(".me button").last.click()
    sign_in(page, email)
    faults += faults_of(page)
    page.locator("form[data-security-key] button").click()
    page.locator(".nav").wait_for()
    page.goto(remove)
    faults += faults_of(page)
    page.locator("main form button").click()
    page.wait_for_url("**/account/sign-in/")
    assert page.locator("#keys-of-mine li").count() == 0
    assert faults == []
    page.context.close()
