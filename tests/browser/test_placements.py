"""The other side of the desk in a browser: an employer is registered, analysed, and a placement goes to its end there.

On a site of its own: it places somebody whom other tests look at.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, served
from tests.browser.test_activities import asked
from tests.browser.test_every_page import LOOKS, faults_of, opened, project_of

COACH = "coach.pitea@kofa.example"
#: Somebody in Piteå who goes on and has been placed nowhere.
UNPLACED = """
select c.id::text from cases_case c join programmes_programme p on p.id = c.programme_id and p.code = 'klivet'
join access_unit u on u.id = c.unit_id and u.name like '%%Piteå'
where c.started_on < current_date - 20 and c.closed_on is null
  and not exists (select 1 from placements_placement x where x.case_id = c.id) order by c.number limit 1
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a demo of its own."""
    with served(tmp_path_factory.mktemp("placements") / "log") as running:
        yield running


def registered(coach: Page) -> str:
    """Register an employer with a workplace; return the address of the workplace."""
    coach.goto("/employers/new/")
    coach.get_by_label("Namn", exact=True).fill("Provbageriet AB")
    coach.get_by_label("Organisationsnummer").fill("555555-5555")
    coach.get_by_role("button", name="Registrera").click()
    coach.wait_for_url(re.compile(r"/employers/[0-9a-f-]{36}/$"))
    coach.get_by_text("En arbetsplats till").click()
    coach.get_by_label("Arbetsplatsens namn").fill("Provköket")
    coach.locator("#workplace_municipality").select_option(label="Piteå")
    coach.locator("#workplaces").get_by_role("button", name="Registrera").click()
    coach.wait_for_url("**/workplaces/*/")
    return coach.url


def offered(coach: Page, workplace: str) -> None:
    """Write down what the employer offers: a place for one."""
    coach.goto(workplace)
    coach.get_by_role("link", name="Ny ledig plats").click()
    coach.get_by_label("Vad platsen kallas").fill("Bagarhjälp")
    coach.get_by_label("Yrke", exact=False).first.fill("9411")
    coach.get_by_label("Praktik", exact=True).check()
    coach.get_by_label("Arbetsuppgifter").fill("Baka bröd")
    coach.get_by_label("Första dag").fill("idag")
    coach.get_by_role("button", name="Spara platsen").click()
    coach.wait_for_url("**/openings/*/")
    expect(coach.locator("#main .head")).to_contain_text("1 plats kvar")
    assert faults_of(coach) == []


def planned(coach: Page, case: str) -> None:
    """Choose a participant for the opening, and plan the placement that fills it."""
    opening = coach.url
    coach.get_by_label("Deltagare", exact=True).select_option(value=case)
    coach.get_by_role("button", name="Planera placeringen").click()
    coach.wait_for_url("**/place/?opening=*")
    expect(coach.get_by_label("Arbetsuppgifter")).to_have_value("Baka bröd")
    coach.get_by_label("Slag", exact=True).select_option(label="Praktik")
    coach.get_by_role("button", name="Planera placeringen").click()
    coach.wait_for_url("**/placements/*/")
    placement = coach.url
    coach.goto(opening)
    expect(coach.locator("#main .head")).to_contain_text("Fylld")
    coach.goto(placement)


def phone_of(browser: Browser, site: Site) -> Page:
    """Return the telephone of somebody at the workplace, who is signed in nowhere."""
    context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 700}, locale="sv-SE")
    return context.new_page()


def link_on(coach: Page, button: str) -> str:
    """Make a link for the workplace; return its address, and go back to the placement."""
    placement = coach.url
    coach.get_by_role("button", name=button).click()
    expect(coach.locator(".key strong")).to_be_visible()
    address = coach.locator(".key strong").inner_text().strip()
    coach.goto(placement)
    return address


def refused_without_analysis(coach: Page, workplace: str) -> None:
    """See that an internship without a workplace analysis is refused; make one, and come back."""
    placement = coach.url
    coach.get_by_role("button", name="Den har börjat").click()
    expect(coach.locator("#errors")).to_contain_text("Ingen arbetsplatsanalys gäller")
    coach.goto(f"{workplace}analysis/")
    coach.get_by_label("Arbetsuppgifter").fill("Baka bröd")
    coach.get_by_role("button", name="Spara").click()
    coach.wait_for_url("**/analyses/*/")
    coach.goto(placement)


def signed_by_all(coach: Page, phone: Page) -> None:
    """Let the participant and the workplace sign on their phones, each by a link; the unit on paper."""
    placement = coach.url
    phone.goto(link_on(coach, "Länk så att deltagaren kan skriva under"))
    phone.get_by_label("Ditt namn").fill("Prov Provsson")
    phone.get_by_role("button", name="Skriv under").click()
    expect(phone.get_by_role("heading", name="Tack. Du har skrivit under.")).to_be_visible()
    coach.get_by_role("button", name="Deltagaren säger ja").click()
    phone.goto(link_on(coach, "Länk för att skriva under"))
    expect(phone.get_by_text("Baka bröd")).to_be_visible()
    assert faults_of(phone) == []
    phone.get_by_label("Ditt namn").fill("Kim Provsson")
    phone.get_by_role("button", name="Skriv under för arbetsplatsen").click()
    expect(phone.get_by_role("heading", name="Tack")).to_be_visible()
    coach.goto(placement)
    coach.get_by_text("Någon har skrivit under").click()
    coach.locator("#sign_party").select_option(label="Enheten")
    coach.locator("#agreement").get_by_role("button", name="Anteckna").click()
    expect(coach.get_by_text("Underskriften är inskriven")).to_be_visible()


def told_of_by_both(coach: Page, phone: Page) -> None:
    """Let both say how it went: the supervisor on the phone, the participant at the desk."""
    placement = coach.url
    phone.goto(link_on(coach, "Länk för att säga hur det gick"))
    phone.get_by_label("Vad gick bra?").fill("Kommer i tid")
    phone.get_by_label("Ja", exact=True).check()
    assert faults_of(phone) == []
    phone.get_by_role("button", name="Skicka").click()
    expect(phone.get_by_role("heading", name="Tack")).to_be_visible()
    coach.goto(placement)
    expect(coach.locator("#said")).to_contain_text("Kommer i tid")
    coach.get_by_text("Skriv ner vad deltagaren säger").click()
    coach.locator("#participant_went_well").fill("Lärde mig baka")
    coach.locator("#said").get_by_label("Kanske, längre fram").last.check()
    coach.locator("#said").get_by_role("button", name="Spara").last.click()
    expect(coach.locator("#said")).to_contain_text("Lärde mig baka")


def followed(coach: Page) -> None:
    """Write down the work that followed upon the placement."""
    coach.get_by_role("link", name="Skriv in en anställning").click()
    expect(coach.get_by_label("Arbetsgivare")).to_have_value("Provbageriet AB")
    coach.get_by_label("Anställd").select_option(label="Tills vidare")
    coach.get_by_label("Första dag").fill("idag")
    coach.get_by_role("button", name="Spara").click()
    coach.wait_for_url("**/place/")
    expect(coach.locator("#work")).to_contain_text("Provbageriet AB")


def test_placement_goes_from_the_register_to_its_end_with_the_workplace_on_a_phone(browser: Browser, own_site: Site):
    coach, complaints = opened(browser, own_site, COACH, 1280, "light", "sv-SE")
    ((case,),) = asked(own_site, UNPLACED)
    workplace = registered(coach)
    offered(coach, workplace)
    planned(coach, case)
    phone = phone_of(browser, own_site)
    refused_without_analysis(coach, workplace)
    signed_by_all(coach, phone)
    head = coach.locator("#main .head")
    expect(head).to_contain_text("Överenskommen")
    coach.get_by_role("button", name="Den har börjat").click()
    expect(head).to_contain_text("Pågår")
    coach.get_by_role("button", name="Genomförd").click()
    expect(head).to_contain_text("Genomförd")
    told_of_by_both(coach, phone)
    followed(coach)
    for page in (phone, coach):
        page.context.close()
    # The browser says of the refused page that it was refused.
    assert [line for line in complaints if "422" not in line] == []


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_pages_of_employers_and_placements_are_for_everybody(
    browser: Browser, own_site: Site, width: int, scheme: str, locale: str
):
    page, complaints = opened(browser, own_site, COACH, width, scheme, locale)
    project, faults = project_of(page, "Klivet" if locale == "sv-SE" else "The stride"), []
    page.goto("/my-day/")
    places = [link.get_attribute("href") for link in page.locator("a[href^='/placements/']").all()]
    (employer, *_more) = [link.get_attribute("href") for link in page.locator("td a[href^='/employers/']").all()]
    for path in ("/employers/", "/employers/new/", employer, f"{employer}change/", *dict.fromkeys(places)):
        page.goto(path)
        faults += faults_of(page)
    page.goto(employer)
    page.locator("a[href^='/workplaces/']").first.click()
    page.wait_for_url("**/workplaces/*/")
    workplace = page.url
    for path in (workplace, f"{workplace}analysis/", f"{project}placements/", f"{project}needs/", "/calendar/feed/"):
        page.goto(path)
        faults += faults_of(page)
    page.goto(workplace)
    page.locator("a[href^='/analyses/']").first.click()
    page.wait_for_url("**/analyses/*/")
    faults += faults_of(page)
    case = page.goto(places[0]) and page.locator("a[href$='/place/']").first.get_attribute("href")
    for path in (f"{case}?q=cafe", f"{places[-1]}change/"):
        page.goto(path)
        faults += faults_of(page)
    page.context.close()
    assert faults == []
    assert complaints == []


def test_needs_of_the_demo_stand_beside_each_other_by_year(browser: Browser, own_site: Site):
    page, _complaints = opened(browser, own_site, "programme-manager.projekt@asap.example", 1280, "light", "sv-SE")
    page.goto(f"{project_of(page)}needs/")
    expect(page.get_by_text("av 254 arbetsgivare har svarat")).to_be_visible()
    assert faults_of(page) == []
    page.context.close()
