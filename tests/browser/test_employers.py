"""A list of employers in a browser, from the file to the register; and the other pages of what employers offer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, served
from tests.browser.test_every_page import LOOKS, faults_of, opened, project_of

COACH = "coach.pitea@kofa.example"
LIST = """Företag;Org.nr;SNI;Anställda;Kommun
Provfirman Alfa AB;555555-5555;10;12;Piteå
Provfirman Beta;555555-5556;10;12;Piteå
Provfirman Gamma;;10;många;Piteå
Provfirman Delta;;86;3;Älvsbyn
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a demo of its own."""
    with served(tmp_path_factory.mktemp("employers") / "log") as running:
        yield running


def checked(coach: Page, file: Path) -> None:
    """Send a list, take the columns that are guessed, and wait until the worker has looked at each row."""
    coach.goto("/employers/")
    coach.get_by_role("link", name="Läs in en lista").click()
    coach.get_by_label("Excelfil eller CSV").set_input_files(file)
    coach.get_by_role("button", name="Läs filen").click()
    coach.wait_for_url("**/imports/*/")
    expect(coach.get_by_label("Arbetsgivarens namn")).to_have_value("0")
    assert faults_of(coach) == []
    coach.get_by_role("button", name="Kontrollera raderna").click()
    expect(coach.get_by_role("heading", name="Vad som hittats")).to_be_visible(timeout=30_000)


def test_list_goes_from_the_file_to_the_register(browser: Browser, own_site: Site, tmp_path: Path):
    coach, complaints = opened(browser, own_site, COACH, 320, "dark", "sv-SE")
    file = tmp_path / "lista.csv"
    file.write_text(LIST, encoding="utf-8")
    checked(coach, file)
    batch = coach.url
    assert faults_of(coach) == []
    facts = coach.locator("dl.facts div")
    expect(facts.filter(has_text="Måste rättas").locator("dd")).to_have_text("2")
    facts.filter(has_text="Måste rättas").get_by_role("link").click()
    coach.get_by_role("link", name="3", exact=True).click()
    coach.wait_for_url("**/import-rows/*/")
    assert faults_of(coach) == []
    coach.get_by_label("Organisationsnummer").fill("")
    coach.get_by_role("button", name="Kontrollera raden").click()
    # The next one that must be corrected follows.
    expect(coach.get_by_role("heading", name="Rad 4")).to_be_visible()
    coach.goto(batch)
    coach.get_by_role("button", name="Registrera 3 rader").click()
    expect(coach.get_by_text("3 rader finns i registret.")).to_be_visible(timeout=30_000)
    with coach.expect_download() as download:
        coach.get_by_role("link", name="CSV").click()
    refused = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert ("Provfirman Gamma" in refused, "Provfirman Beta" in refused) == (True, False)
    coach.goto("/employers/?q=provfirman")
    expect(coach.get_by_role("status")).to_have_text("Visar 1–3 av 3")
    coach.context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_what_employers_offer_are_for_everybody(
    browser: Browser, own_site: Site, width: int, scheme: str, locale: str
):
    page, complaints = opened(browser, own_site, COACH, width, scheme, locale)
    project, faults = project_of(page, "Klivet" if locale == "sv-SE" else "The stride"), []
    page.goto("/openings/")
    faults += faults_of(page)
    opening = page.locator("tbody a").first.get_attribute("href")
    page.goto("/training/")
    faults += faults_of(page)
    training = page.locator("tbody a").first.get_attribute("href")
    for path in (f"{project}placements/", f"{project}placements/kinds/"):
        page.goto(path)
        faults += faults_of(page)
    page.goto("/my-day/")
    case = page.locator("a[href^='/cases/']").first.get_attribute("href")
    assert case
    of_case = [f"/cases/{case.split('/')[2]}/{part}/" for part in ("place", "employments", "profile")]
    for path in (opening, training, f"{opening}change/", f"{training}change/", "/training/new/", "/employers/import/"):
        page.goto(path)
        faults += faults_of(page)
    for path in ("/statistics/", f"{project}materials/", *of_case):
        page.goto(path)
        faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []
