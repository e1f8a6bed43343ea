"""What could suit a participant, in a browser: five openings with reasons, one put aside, one chosen and planned.

On a site of its own: it places somebody whom other tests look at.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, served
from tests.browser.test_activities import asked
from tests.browser.test_every_page import LOOKS, faults_of, opened, project_of

COACH = "coach.pitea@kofa.example"
#: Somebody in Piteå who has said what to work with, and has been placed nowhere.
WITH_WISHES = """
select c.id::text from profiles_wish w join cases_case c on c.id = w.case_id
join programmes_programme p on p.id = c.programme_id and p.code = 'klivet'
where w.occupation = '5330' and not exists (select 1 from placements_placement x where x.case_id = c.id) limit 1
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a demo of its own."""
    with served(tmp_path_factory.mktemp("matching") / "log") as running:
        yield running


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_matches_are_for_everybody(browser: Browser, own_site: Site, width: int, scheme: str, locale: str):
    page, complaints = opened(browser, own_site, COACH, width, scheme, locale)
    ((case,),) = asked(own_site, WITH_WISHES)
    page.goto(f"/cases/{case}/matches/")
    for details in page.locator("#possible details").all():
        details.evaluate("each => each.open = true")
    faults = faults_of(page)
    opening = page.locator("#possible h3 a").first.get_attribute("href")
    project = project_of(page, "Klivet" if locale == "sv-SE" else "The stride")
    shown = f"{opening}matches/shown/"
    for path in (f"{opening}matches/", "/matches/", f"{project}fairness/", f"{project}weighing/", shown):
        page.goto(path)
        faults += faults_of(page)
    page.locator("#shown a").first.click()
    expect(page.locator("#possible .item").first).to_be_visible()
    faults += faults_of(page)
    page.goto(f"/cases/{case}/matches/shown/")
    faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []


def test_place_is_chosen_by_its_reasons_and_becomes_a_planned_placement(browser: Browser, own_site: Site):
    coach, complaints = opened(browser, own_site, COACH, 320, "light", "sv-SE")
    ((case,),) = asked(own_site, WITH_WISHES)
    coach.goto(f"/cases/{case}/")
    coach.get_by_role("link", name="Vad som kan passa").click()
    listed = coach.locator("#possible .item")
    expect(listed.nth(4)).to_be_visible()
    expect(listed.first).to_contain_text("Det är det som deltagaren vill arbeta med.")
    last = listed.last.locator("h3 a").inner_text()
    listed.last.locator("summary", has_text="Lägg åt sidan").click()
    listed.last.get_by_label("Varför").fill("Provade i våras")
    listed.last.get_by_role("button", name="Lägg åt sidan").click()
    expect(coach.locator("#aside")).to_contain_text("Provade i våras")
    expect(coach.locator("#possible")).not_to_contain_text(last)
    coach.locator("#possible .item").first.get_by_role("button", name="Välj").click()
    coach.wait_for_url("**/place/?opening=*")
    coach.get_by_label("Slag", exact=True).select_option(label="Praktik")
    coach.get_by_role("button", name="Planera placeringen").click()
    coach.wait_for_url("**/placements/*/")
    expect(coach.locator("#main .head")).to_contain_text("Planerad")
    coach.context.close()
    assert complaints == []
