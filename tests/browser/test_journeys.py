"""What people come to do, from the first page to the last."""

import re
from collections.abc import Callable
from pathlib import Path

import docx
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Site

MANAGER = "programme-manager.projekt@kofa.example"
COACH = "coach.arvidsjaur@kofa.example"


def open_project(page: Page) -> str:
    """Open the first of one's projects; return its address."""
    page.goto("/projects/")
    page.locator(".cards-list a").first.click()
    expect(page.locator("h1")).to_have_text("Översikt")
    return page.url


def test_manager_opens_the_figure_into_the_cases_behind_it(sign_in_as: Callable[[str], Page]):
    page = sign_in_as(MANAGER)
    open_project(page)
    page.locator(".kpi", has_text="Deltagare").first.get_by_role("link", name="247").click()
    expect(page.locator("h1")).to_have_text("Deltagare")
    page.locator("aside").get_by_role("link", name="247").click()
    expect(page.locator("h1")).to_contain_text("(247)")
    expect(page.get_by_role("status")).to_have_text("Visar 1–50 av 247")
    expect(page.locator("tbody tr")).to_have_count(50)
    assert re.fullmatch(r"KOFA-\d{4}", page.locator("tbody th").first.inner_text())


def test_coach_in_arvidsjaur_meets_arvidsjaur_by_name_and_nobody_else(sign_in_as: Callable[[str], Page]):
    page = sign_in_as(COACH)
    project = open_project(page)
    expect(page.locator(".kpi", has_text="Deltagare").first.get_by_role("link")).to_have_text("42")
    page.goto(f"{project}cases/")
    expect(page.get_by_role("status")).to_have_text("Visar 1–42 av 42")
    assert set(page.locator("tbody td[data-l=Enhet]").all_inner_texts()) == {"Arbetsmarknadsenheten Arvidsjaur"}
    assert "KOFA-" not in page.locator("tbody").inner_text()


def test_text_is_kept_while_it_is_written_and_saved_once(sign_in_as: Callable[[str], Page]):
    page = sign_in_as(MANAGER)
    project = open_project(page)
    page.goto(f"{project}report/texts/advice/")
    page.locator("textarea").fill("Ta in deltagare efter hand.")
    page.locator("h1").click()
    expect(page.locator("#draft-status")).to_contain_text("Utkast sparat")
    page.reload()
    expect(page.locator("textarea")).to_have_value("Ta in deltagare efter hand.")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".messages")).to_contain_text("Kommentarer och tips")
    page.goto(f"{project}report/texts/advice/")
    expect(page.locator("textarea")).to_have_value("Ta in deltagare efter hand.")
    expect(page.locator("#main .ds-alert")).to_have_count(0)


def test_report_is_made_while_one_waits_and_holds_the_figures(sign_in_as: Callable[[str], Page], tmp_path: Path):
    page = sign_in_as(MANAGER)
    project = open_project(page)
    page.goto(f"{project}report/")
    page.get_by_role("button", name="Skapa Word och PDF").click()
    page.wait_for_url("**/reports/*/")
    word = page.get_by_role("link", name="Word-fil")
    expect(word).to_be_visible(timeout=60_000)
    with page.expect_download() as found:
        word.click()
    found.value.save_as(tmp_path / "report.docx")
    with page.expect_download() as found:
        page.get_by_role("link", name="PDF-fil").click()
    found.value.save_as(tmp_path / "report.pdf")
    tables = docx.Document(str(tmp_path / "report.docx")).tables
    cells = {cell.text for table in tables for row in table.rows for cell in row.cells}
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages)
    for figure in ("247", "158", "89", "203", "120", "83", "44", "94"):
        assert figure in cells
        assert figure in text
    expect(page.get_by_text("Alla siffror är desamma i dag")).to_be_visible()


def test_wrong_day_is_said_by_the_field_and_the_focus_goes_to_the_summary(sign_in_as: Callable[[str], Page]):
    page = sign_in_as(MANAGER)
    project = open_project(page)
    page.goto(f"{project}report/")
    page.locator("#id_as_of").fill("i förrgår")
    page.get_by_role("button", name="Skapa Word och PDF").click()
    expect(page).to_have_title(re.compile("^Fel:"))
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#id_as_of")).to_have_value("i förrgår")


def test_work_is_done_without_javascript(browser: Browser, site: Site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto("/")
    page.fill("#id_login", MANAGER)
    page.fill("#id_password", "lotsen-visar-vagen")
    page.locator("main form.form button").click()
    project = open_project(page)
    page.goto(f"{project}cases/")
    page.fill("#id_q", "kofa-0001")
    page.get_by_role("button", name="Visa").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"{project}report/texts/idea/")
    page.locator("textarea").fill("Skriven utan skript.")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".messages")).to_contain_text("Projektidé")
    context.close()
