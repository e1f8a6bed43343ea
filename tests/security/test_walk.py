"""Every address opened as every kind of user, where every text is an attack (figures S4, S5, S9)."""

import re

from django.conf import settings

from lotsen.access.models import User
from tests.access.expected import WHO
from tests.addresses import addresses
from tests.factories import NUMBERS
from tests.house.source import expect_none
from tests.security.pages import Page, faults_of
from tests.security.walk import Answer, rows_written, typed_fields

#: On every answer, whatever it is.
ON_ALL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Only our own files; no script and no style inside a page.
POLICY = {
    *("default-src 'self'", "img-src 'self' data:", "form-action 'self'"),
    *("base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"),
}


def of(answer: Answer) -> str:
    """Name an answer in a message."""
    return f"{answer.who} {answer.name} {answer.status}"


#: Not there without an identity provider.
OF_A_PROVIDER = {"provider_login", "oidc_callback", "saml_finish", "saml_metadata"}


def test_walk_opens_every_address_as_every_kind_of_user(walked: list[Answer]) -> None:
    opened = {answer.name for answer in walked if answer.status in {200, 302, 405}}
    assert opened == {address.name for address in addresses()} - {"account_logout", *OF_A_PROVIDER}
    assert {answer.who for answer in walked} == set(WHO)
    expect_none([of(answer) for answer in walked if answer.status >= 500], "A page breaks on what people may write.")


def test_reading_changes_no_row(walked: list[Answer]) -> None:
    # That a workplace has opened its link is counted, as a reading is logged.
    seen = [answer for answer in walked if answer.name != "link_open"]
    wrong = [f"{of(answer)}: {answer.written}" for answer in seen if answer.written]
    expect_none(wrong, "What changes something is sent as a form (POST), so that no link and no picture can do it.")


def test_reading_would_be_seen_to_change_a_row(responsible: User) -> None:
    before = rows_written()
    responsible.save()
    assert rows_written()["access_user"] > before.get("access_user", 0)


def test_pages_show_every_attack_as_text(walked: list[Answer]) -> None:
    pages = [answer for answer in walked if answer.is_page]
    wrong = [f"{of(answer)}: {fault}" for answer in pages for fault in faults_of(answer.body)]
    expect_none(wrong, "Let the template escape it; in Python, put it together by format_html.")


def test_pages_do_show_the_attacks(walked: list[Answer]) -> None:
    """The attacks stand on the pages: those who may open a page meet at least the names of the programme and theirs."""
    of_casework = {
        *("programme_list", "programme_overview", "case_list", "case_detail", "person_detail", "consent_list"),
        *("consent_new", "consent_withdraw", "person_protection", "report_overview", "report_text", "user_list"),
        *("user_detail", "invitation_list", "indicator_members"),
    }
    met = {answer.name for answer in walked if answer.status == 200 and answer.body.count("&lt;zx-evil") > 1}
    assert of_casework - met == set()
    assert len(list(typed_fields())) > 25


def test_page_parser_finds_an_attack_that_came_through() -> None:
    for attack in ("<zx-a>", "<p onclick=x>", "<a href=javascript:x>", "<script>x</script>", "<p>1337", "<!--zx-->"):
        assert list(faults_of(attack)), attack
    assert list(faults_of('<p title="&lt;zx-a&gt;">&lt;zx-a&gt;</p>')) == []


def test_every_answer_says_what_a_browser_may_do_with_it(walked: list[Answer]) -> None:
    wrong = [
        f"{of(answer)}: {name}: {answer.headers.get(name)}"
        for answer in walked
        for name, value in ON_ALL.items()
        if answer.headers.get(name) != value
    ]
    expect_none(wrong, "Headers are set by middleware, for all answers alike.")


def test_every_answer_has_the_strict_policy(walked: list[Answer]) -> None:
    policies = {answer.headers.get("Content-Security-Policy", "") for answer in walked}
    assert [set(policy.split("; ")) for policy in policies if set(policy.split("; ")) != POLICY] == []


def test_no_answer_is_kept_by_a_browser_or_a_proxy(walked: list[Answer]) -> None:
    wrong = [of(answer) for answer in walked if "no-store" not in answer.headers.get("Cache-Control", "")]
    expect_none(wrong, "Pages say who somebody is: Cache-Control: no-store (core/headers.py).")


def test_every_answer_names_its_kind_and_its_letters(walked: list[Answer]) -> None:
    kinds = re.compile(
        r"text/(html|plain|csv|calendar); charset=utf-8|application/(pdf|json|zip|vnd\.openxml.*\.sheet)"
    )
    shown = [answer for answer in walked if answer.body]
    assert {
        answer.headers["Content-Type"] for answer in shown if not kinds.fullmatch(answer.headers["Content-Type"])
    } == set()


def test_no_other_site_may_read_an_answer(walked: list[Answer]) -> None:
    assert [of(answer) for answer in walked if any(name.startswith("Access-Control") for name in answer.headers)] == []


def test_no_address_holds_what_somebody_wrote(walked: list[Answer]) -> None:
    """Neither a link nor a form nor a redirect of any page says a name: addresses end up in logs and histories."""
    leading = {answer.name: Page(answer.body).addresses for answer in walked if answer.is_page}
    leading |= {f"{answer.name} leads to": [answer.headers.get("Location", "")] for answer in walked}
    wrong = [f"{name}: {address}" for name, found in leading.items() for address in found if "zx" in address]
    expect_none(wrong, "Address by id, and send what is sought in the body of a form.")


def test_cookies_are_for_the_server_alone() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} == {"Lax"}
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


def test_no_page_shows_a_number_unasked(walked: list[Answer]) -> None:
    number = re.compile(r"(?<![\w-])(?:19|20)?\d{6}[-+]?\d{4}(?![\w-])")
    numbers = {form for each in NUMBERS for form in (each, each[2:])}
    shown = {
        answer.name for answer in walked for found in number.findall(answer.body) if found.replace("-", "") in numbers
    }
    # The register extract is asked for as a whole, and logged as such.
    assert shown <= {"person_extract"}
