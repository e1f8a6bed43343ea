"""Requests that no page of ours would send: from another site, of another host, too large, out of shape (figure S4)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from lotsen.access.models import User
from lotsen.core.models import Draft
from lotsen.core.uploads import MAX_REQUEST
from tests.addresses import addresses
from tests.house.source import ROOT, expect_none

#: Addresses that take a form without the token of its page, each with what stands in its place.
WITHOUT_TOKEN: dict[str, str] = {"saml_acs": "the provider sends its signed answer here"}
LOGIN = "/account/login/"


@pytest.fixture
def client(db: None) -> Client:
    """Return a browser of nobody's that gets a page where a test would get an exception."""
    return Client(raise_request_exception=False)


def test_form_without_its_token_is_refused_everywhere(
    people: dict[str, User | None], address_of: Callable[[str], str]
) -> None:
    taken = []
    for who in ("nobody", "coach"):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if people[who]:
            client.force_login(people[who])
        for name in {address.name for address in addresses()} - set(WITHOUT_TOKEN):
            answer = client.post(address_of(name), headers={"accept-language": "en"})
            if answer.status_code != 403 or "The form could not be sent" not in answer.content.decode():
                taken.append(f"{who} {name}: {answer.status_code}")
    expect_none(taken, "Only a page of ours may send a form: leave Django's token on, or say in WITHOUT_TOKEN why not.")


def test_form_with_the_token_of_another_session_is_refused(responsible: User) -> None:
    own, other = (Client(enforce_csrf_checks=True) for _each in range(2))
    own.force_login(responsible)
    other.get(LOGIN)
    token = other.cookies[settings.CSRF_COOKIE_NAME].value
    own.get(reverse("programme_list"))
    assert own.post(reverse("language"), {"language": "en", "csrfmiddlewaretoken": token}).status_code == 403


def test_method_named_in_a_header_or_a_field_is_not_taken(responsible: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(responsible)
    over = {"x-http-method-override": "POST", "x-http-method": "POST", "x-method-override": "POST"}
    assert client.get(reverse("language"), {"_method": "POST", "language": "en"}, headers=over).status_code == 405


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
def test_method_that_no_page_has_is_refused(client: Client, method: str) -> None:
    answer = client.generic(method, reverse("language"))
    assert (answer.status_code, b"cookie" in answer.content.lower()) == (405, False)


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@x.example", "[::1"])
def test_host_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    answer = client.get(LOGIN, headers={"host": host})
    assert (answer.status_code, host in answer.content.decode()) == (400, False)
    assert answer["Content-Security-Policy"]


def test_host_named_by_a_proxys_header_is_not_taken(client: Client) -> None:
    answer = client.get("/", headers={"x-forwarded-host": "elsewhere.example"})
    assert "elsewhere" not in answer["Location"]


ELSEWHERE = [
    *("https://elsewhere.example/", "//elsewhere.example", "///elsewhere.example", "\\\\elsewhere.example"),
    *("/\\elsewhere.example", "https:elsewhere.example", "http:///elsewhere.example", "javascript:alert(1)"),
    *("https://testserver@elsewhere.example", "https://testserver.elsewhere.example", " https://elsewhere.example"),
    *("\x00//elsewhere.example", "/\x00", "/\r\nSet-Cookie: a=b"),
]


def test_no_address_that_is_sent_leads_to_another_site(client: Client, responsible: User) -> None:
    """By the button of the language, and by the sign-in page for who is signed in already."""
    client.force_login(responsible)
    led = {
        answer["Location"]
        for address in ELSEWHERE
        for answer in (
            client.post(reverse("language"), {"language": "en", "next": address}),
            client.get(LOGIN, {"next": address}),
        )
    }
    assert led <= {"/", "/%00", "/projects/", "/%0D%0ASet-Cookie:%20a=b"}


TOO_LARGE = {"one field of 3 MB": {"login": "x" * 3_000_000}, "1001 fields": {f"a{n}": "" for n in range(1001)}}


@pytest.mark.parametrize("sent", TOO_LARGE.values(), ids=TOO_LARGE)
def test_request_that_is_too_large_is_refused(client: Client, sent: dict[str, str]) -> None:
    assert client.post(LOGIN, sent).status_code == 400


def test_file_that_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    more = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(MAX_REQUEST + 1)}
    assert client.generic("POST", LOGIN, head + b"x\r\n--x--", **more).status_code == 400
    more["CONTENT_LENGTH"] = str(len(head) + 8)
    assert client.generic("POST", LOGIN, head + b"x\r\n--x--", **more).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"cookie": f'{settings.SESSION_COOKIE_NAME}="aaaaaaaaaaaa\\000"'}, 302),
        ({"cookie": f'{settings.CSRF_COOKIE_NAME}="\\000"'}, 302),
        ({"cookie": 'django_language="\\000"'}, 302),
        ({"accept-language": "\x00;q=2," + "x" * 5000}, 302),
        ({"x-forwarded-for": "'\x00"}, 302),
        ({"user-agent": "\x00" * 500}, 302),
    ],
)
def test_headers_out_of_shape_break_nothing(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.get(reverse("programme_list"), headers=headers).status_code == status


def test_form_from_an_address_out_of_shape_leads_to_the_first_page(client: Client) -> None:
    answer = client.post(
        "/projects/00000000-0000-0000-0000-000000000000/report/make/", headers={"referer": "http://[x"}
    )
    assert answer.url == f"{LOGIN}?next=/"


BODIES = [
    (b"\xff\xfe\x00=&&==%%%", "multipart/form-data", 400),
    (b"\xff\xfe\x00=&&==%%%", "multipart/form-data; boundary=\x00", 400),
    (b"login=%ff%00%ed%a0%80", "application/x-www-form-urlencoded; charset=utf-7", 400),
    (b"login=%ff%00%ed%a0%80", "application/x-www-form-urlencoded", 200),
    (b"{", "application/json", 400),
]


@pytest.mark.parametrize(("sent", "kind", "status"), BODIES)
def test_body_out_of_shape_breaks_nothing(client: Client, sent: bytes, kind: str, status: int) -> None:
    assert client.generic("POST", LOGIN, sent, content_type=kind).status_code == status


def test_draft_keeps_all_but_the_sign_that_cannot_be_kept(
    programme: object, manager: User, sign_in: Callable[[User], Client]
) -> None:
    answer = sign_in(manager).post(reverse("report_draft", args=[programme.pk, "summary"]), {"body": "Hon\x00 sa"})
    assert answer.status_code == 200
    assert Draft.objects.get(user=manager).body == "Hon sa"


def test_key_of_a_form_that_somebody_else_sent_is_refused(
    planted: dict, responsible: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    case = planted["pitea"]
    url = reverse("person_protection", args=[case.person_id])
    sent = {"protection": "confidentiality_mark", "submission": "6f1c1a52-0000-4000-8000-000000000001"}
    assert sign_in(responsible).post(url, sent).status_code == 302
    other = reverse("person_protection", args=[planted["arvidsjaur"].person_id])
    assert sign_in(colleague).post(other, sent).status_code == 400


def test_session_that_was_signed_out_is_worth_nothing(responsible: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(responsible)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = key
    assert stolen.get(reverse("programme_list")).status_code == 302


BEHIND_TLS = """
import json
from django.conf import settings as s
names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE"
names += " SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_SSL_REDIRECT SESSION_COOKIE_DOMAIN DEBUG"
print(json.dumps([getattr(s, name) for name in names.split()]))
"""


def test_cookies_behind_tls_are_of_this_host_alone() -> None:
    """The settings are read anew, since they hang on the environment."""
    environment = {**os.environ, "LOTSEN_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    told = subprocess.run(
        [sys.executable, "-c", BEHIND_TLS], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    names = [f"__Host-{name}" for name in ("sessionid", "csrftoken", "django_language")]
    assert json.loads(told.stdout) == [*names, True, True, 31_536_000, True, True, None, False]
