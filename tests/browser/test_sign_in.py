"""Signing in as people do it: with a second factor, wide and narrow, with and without JavaScript."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_every_page import LOOKS, faults_of, opened

COACH = "coach.arvidsjaur@kofa.example"
PASSWORD = "lotsen-visar-vagen"


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.locator("main form.form button").click()


def code_of(key: str) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_the_sign_in_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    page = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale
    ).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    faults = []
    sign_in(page, f"unit-manager.{'pitea' if width == 1280 else 'arvidsjaur'}@kofa.example")
    for path in ("sign-in/", "sign-in/app/", "password/", "sessions/"):
        page.goto(f"/account/{path}")
        faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_second_factor_is_added_used_and_taken_away(browser: Browser, site: Site, has_script: bool):
    context = browser.new_context(base_url=site.url, java_script_enabled=has_script, locale="sv-SE")
    page = context.new_page()
    sign_in(page, COACH)
    page.locator(".me a").click()
    page.get_by_role("link", name="Lägg till en app").click()
    key = page.locator("#key").inner_text()
    page.fill("#id_code", code_of(key))
    page.get_by_role("button", name="Lägg till appen").click()
    expect(page.locator("h1")).to_have_text("Reservkoder")
    recovery = page.locator(".codes code").first.inner_text()
    if has_script:
        assert faults_of(page) == []
    page.locator(".me button", has_text="Logga ut").click()
    sign_in(page, COACH)
    expect(page.locator("h1")).to_have_text("Logga in, andra steget")
    if has_script:
        assert faults_of(page) == []
    page.fill("#id_code", recovery)
    page.locator("main form.form button").click()
    expect(page.locator("h1")).to_have_text("Min dag")
    page.goto("/account/sign-in/app/remove/")
    page.get_by_role("button", name="Ta bort appen").click()
    expect(page.get_by_role("link", name="Lägg till en app")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_the_administrator_are_for_everybody(
    browser: Browser, site: Site, width: int, scheme: str, locale: str
):
    page, complaints = opened(browser, site, "administrator.projekt@kofa.example", width, scheme, locale)
    faults = []
    page.goto("/accounts/")
    faults += faults_of(page)
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/accounts/*/")
    faults += faults_of(page)
    page.goto("/invitations/")
    page.fill("#id_name", "Prov Person")
    page.fill("#id_email", f"prov{width}{scheme}@exempel.se")
    page.locator("#id_unit").select_option(index=1)
    page.locator("#id_role").select_option("coach")
    page.locator("main form.panel button").click()
    expect(page.locator("#waiting li").filter(has_text=f"prov{width}{scheme}@exempel.se")).to_be_visible()
    faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []
