"""Surveys in a browser: every page for everybody, and answers that are kept however one leaves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_every_page import LOOKS, faults_of, opened, project_of

MANAGER = "programme-manager.projekt@ame-skane.example"
COACH = "coach.pitea@kofa.example"


def new_link(page: Page, questionnaire: str, title: str) -> str:
    """Make a wave that is open today, and a link for everybody; return it."""
    page.goto(f"{project_of(page)}surveys/new/")
    page.locator("#id_version").select_option(label=questionnaire)
    page.locator("#id_title").fill(title)
    page.locator("#id_opens_on").fill("idag")
    page.locator("#id_closes_on").fill("2120-01-01")
    page.locator("form.panel button[type=submit]").click()
    page.locator("details", has=page.locator("form[action$='/link/']")).locator("summary").click()
    page.locator("form[action$='/link/'] button").click()
    return page.locator("p.key strong").inner_text()


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_surveys_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    page, complaints = opened(browser, site, MANAGER, width, scheme, locale)
    project = project_of(page)
    faults = []
    for path, first in (("surveys/", ".goals a"), ("boards/", ".cards-list a"), ("surveys/new/", "")):
        page.goto(project + path)
        faults += faults_of(page)
        if first:
            page.locator(first).last.click()
            page.wait_for_load_state()
            faults += faults_of(page)
    page.goto("/questionnaires/")
    faults += faults_of(page)
    for step in (".cards-list a", ".head a.ds-button", ".edited a"):
        page.locator(step).first.click()
        page.wait_for_load_state()
        faults += faults_of(page)
    page.context.close()
    assert faults + complaints == []


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_answering_are_for_everybody(browser: Browser, site: Site, width: int, scheme: str, locale: str):
    manager, _said = opened(browser, site, MANAGER, 1280, "light", "sv-SE")
    link = new_link(manager, "Behov av arbetskraft", f"Prov {width} {scheme}")
    manager.context.close()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale)
    page = context.new_page()
    faults = []
    page.goto(link)
    faults += faults_of(page)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/answer/**")
    faults += faults_of(page)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/1/**")
    address = page.url
    for number in (1, 2, 3):
        page.goto(address.replace("/1/", f"/{number}/"))
        faults += faults_of(page)
    # With an error on it, and with the answers that are missing.
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    faults += faults_of(page)
    page.goto(address.replace("/1/", "/check/"))
    faults += faults_of(page)
    context.close()
    assert faults == []


def test_pages_of_a_participants_answers_are_for_everybody(browser: Browser, site: Site):
    page, complaints = opened(browser, site, COACH, 320, "dark", "sv-SE")
    page.goto(f"{project_of(page, 'KOFA')}cases/")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Kartläggning").click()
    page.wait_for_url("**/answers/")
    faults = faults_of(page)
    page.locator("a[href^='/responses/']").first.click()
    page.wait_for_url("**/responses/**")
    faults += faults_of(page)
    page.context.close()
    assert faults + complaints == []


def test_answers_are_kept_when_the_connection_is_lost(browser: Browser, site: Site):
    manager, _said = opened(browser, site, MANAGER, 1280, "light", "sv-SE")
    link = new_link(manager, "Tillgänglighet och jämställdhet", "Prov, avbrott")
    phone = browser.new_context(viewport={"width": 390, "height": 800}, locale="sv-SE")
    page = phone.new_page()
    page.goto(link)
    page.locator("main button[type=submit]").click()
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/1/**")
    page.locator(".step", has_text="4").first.click()
    expect(page.locator("#kept")).to_contain_text("Sparat")
    # In the middle of the next answer everything is gone.
    phone.set_offline(True)
    page.locator(".step", has_text="2").nth(1).click()
    expect(page.locator("#kept")).to_contain_text("kunde inte sparas")
    address = page.url
    phone.close()
    again = browser.new_context(locale="sv-SE").new_page()
    again.goto(address)
    assert [
        again.locator("input[value='4']").first.is_checked(),
        again.locator("input[value='2']").nth(1).is_checked(),
    ] == [*(True, False)]


def test_question_appears_when_its_condition_holds_and_is_shown_while_it_is_written(
    browser: Browser, site: Site, sign_in_as: Callable[[str], Page]
):
    link = new_link(sign_in_as(MANAGER), "Behov av arbetskraft", "Prov, villkor")
    page = browser.new_context(locale="sv-SE").new_page()
    page.goto(link)
    page.locator("main button[type=submit]").click()
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/1/**")
    page.goto(page.url.replace("/1/", "/2/"))
    needed = page.locator("[data-question=needed]")
    expect(needed).to_be_hidden()
    page.get_by_label("Ja", exact=True).check()
    expect(needed).to_be_visible()
    page.get_by_label("Nej", exact=True).check()
    expect(needed).to_be_hidden()
    editor = sign_in_as(MANAGER)
    editor.goto("/questionnaires/")
    editor.get_by_role("link", name="Egen känsla av avstånd till arbete").click()
    editor.locator(".head a.ds-button").click()
    editor.locator(".edited a").first.click()
    editor.locator("#id_high").fill("4")
    expect(editor.locator("#preview .step")).to_have_count(4)
