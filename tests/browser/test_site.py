"""The server serves, the browser opens it, and somebody of the demo is signed in."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_site_asks_a_visitor_to_sign_in(page: Page, axe: Callable[[], list[str]]) -> None:
    page.goto("/")
    expect(page).to_have_url("/account/login/?next=/")
    assert axe() == []


def test_site_opens_the_list_of_projects_to_staff(
    sign_in_as: Callable[[str], Page], axe: Callable[[], list[str]]
) -> None:
    page = sign_in_as("programme-manager.projekt@kofa.example")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url("/projects/")
    assert axe() == []
