"""Signing in at the municipality's provider, in a real browser, from one site to another and back."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, served
from tests.browser.test_every_page import LOOKS, faults_of
from tests.providers.oidc import CLIENT, SECRET
from tests.providers.process import Running, fetched, provider
from tests.providers.saml import MAIL

COACH = "coach.arvidsjaur@kofa.example"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
SHARED = {"LOTSEN_ASSURANCE": LOA3, "LOTSEN_PROVIDER_DOMAINS": "kofa.example"}


@pytest.fixture(scope="module")
def by_oidc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Running]]:
    """Run a provider, and Lotsen with it."""
    with provider("oidc") as running:
        named = {"LOTSEN_OIDC_ISSUER": running.url, "LOTSEN_OIDC_NAME": "Arvidsjaurs kommun"}
        secret = {"LOTSEN_OIDC_CLIENT_ID": CLIENT, "LOTSEN_OIDC_CLIENT_SECRET": SECRET}
        with served(tmp_path_factory.mktemp("oidc") / "log", **named, **secret, **SHARED) as site:
            yield site, running


@pytest.fixture(scope="module")
def by_saml(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Running]]:
    """Run a provider, and Lotsen with it, without passwords."""
    with provider("saml") as running:
        metadata = tmp_path_factory.mktemp("saml") / "metadata.xml"
        metadata.write_text(fetched(f"{running.url}/metadata")[1], encoding="utf-8")
        named = {"LOTSEN_SAML_METADATA": str(metadata), "LOTSEN_SAML_NAME": "Arvidsjaurs kommun"}
        with served(metadata.with_name("log"), LOTSEN_PASSWORDS="off", **named, **SHARED) as site:
            yield site, running


def opened(
    browser: Browser, site: Site, width: int = 1280, scheme: str = "light", locale: str = "sv-SE"
) -> tuple[Page, list[str]]:
    """Open a window; return its page, and what it will complain of. By a name, so that the provider is another site."""
    page = browser.new_context(
        base_url=f"http://localhost:{urlsplit(site.url).port}",
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale=locale,
    ).new_page()
    complaints: list[str] = []
    # A page of 401 or 403 is told of by the browser too; those are what is looked at here.
    page.on("console", lambda message: None if "status of 40" in message.text else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def test_oidc_leads_there_and_back_to_the_page(browser: Browser, by_oidc: tuple[Site, Running]):
    site, idp = by_oidc
    idp.says(claims={"email": COACH, "acr": LOA3})
    page, complaints = opened(browser, site)
    page.goto("/consents/")
    page.get_by_role("link", name="Logga in med Arvidsjaurs kommun").click()
    page.wait_for_url("**/consents/")
    expect(page.locator("h1")).to_have_text("Samtycken")
    page.locator(".me button", has_text="Logga ut").click()
    expect(page.get_by_role("link", name="Logga in med Arvidsjaurs kommun")).to_be_visible()
    assert complaints == []
    page.context.close()


def test_saml_leads_there_and_back_to_the_page(browser: Browser, by_saml: tuple[Site, Running]):
    site, idp = by_saml
    idp.says(attributes={MAIL: COACH}, level=LOA3)
    page, complaints = opened(browser, site)
    page.goto("/consents/")
    expect(page.locator("#id_password")).to_have_count(0)
    page.get_by_role("link", name="Logga in med Arvidsjaurs kommun").click()
    # The provider's page, which sends its answer to another site.
    page.get_by_role("button", name="OK").click()
    page.wait_for_url("**/consents/")
    expect(page.locator("h1")).to_have_text("Samtycken")
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_the_provider_are_for_everybody(
    browser: Browser, by_oidc: tuple[Site, Running], width: int, scheme: str, locale: str
):
    site, idp = by_oidc
    page, complaints = opened(browser, site, width, scheme, locale)
    page.goto("/account/login/")
    faults = faults_of(page)
    # Nobody here.
    idp.says(claims={"email": "ingen@annan.example", "sub": "nobody"})
    page.locator("main a.ds-button").first.click()
    expect(page.locator("#error-h")).to_be_visible()
    faults += faults_of(page)
    # Not believed.
    idp.says(claims={"email": COACH}, lie="unsigned")
    page.goto("/account/provider/")
    faults += faults_of(page)
    # By a password, which has no level; then by the provider.
    page.goto("/account/login/")
    page.locator("summary").click()
    faults += faults_of(page)
    page.fill("#id_login", COACH)
    page.fill("#id_password", "lotsen-visar-vagen")
    page.locator("details form button").click()
    page.wait_for_url("**/my-day/")
    faults += faults_of(page)
    idp.says(claims={"email": COACH, "acr": LOA3})
    page.locator("main a.ds-button").click()
    page.wait_for_url("**/my-day/")
    expect(page.locator("main a.ds-button")).to_have_count(0)
    assert faults == []
    assert complaints == []
    page.context.close()
