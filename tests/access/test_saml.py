"""Sign-in by SAML 2 at a provider that runs beside, and the attacks on it that are refused."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lotsen.access.models import User
from lotsen.core import providers
from lotsen.core.sessions import ASSURANCE
from tests.access.test_sign_in import is_signed_in
from tests.providers.process import Running, fetched, provider
from tests.providers.saml import MAIL

DOMAIN = "exempel.se"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """Run the provider for all tests of this file."""
    with provider("saml") as process:
        yield process


def environment(running: Running, **more: str) -> dict[str, str]:
    _headers, metadata = fetched(f"{running.url}/metadata")
    named = {"LOTSEN_SAML_METADATA": metadata, "LOTSEN_SAML_NAME": "Piteå kommun", "LOTSEN_PROVIDER_DOMAINS": DOMAIN}
    return {**named, **more}


def connect(settings: Any, running: Running, **more: str) -> None:
    """Set what the environment would set."""
    settings.IDENTITY_PROVIDER = providers.from_environment(environment(running, **more))
    settings.SOCIALACCOUNT_PROVIDERS = providers.for_library(settings.IDENTITY_PROVIDER)


@pytest.fixture
def idp(running: Running, settings: object) -> Running:
    """Return the provider, named in the settings, and truthful."""
    running.says()
    connect(settings, running)
    return running


@pytest.fixture
def known(responsible: User) -> User:
    """Return a coach with an address that the provider answers for."""
    responsible.email = f"kanda.coach@{DOMAIN}"
    responsible.save()
    return responsible


def answered(client: Client, page: str = "") -> tuple[str, str]:
    """Go to the provider; return the form that its page sends: where to, and the answer."""
    asking = client.get(reverse("provider_login"), {"next": page} if page else {})
    _headers, text = fetched(asking.url)
    return re.findall(r'action="([^"]*)"', text)[0], re.findall(r'value="([^"]*)"', text)[0]


def send(client: Client, address: str, answer: str) -> HttpResponse:
    """Send the answer as the browser does from the provider's page, without the session, and go on."""
    assert address == f"http://testserver{reverse('saml_acs')}"
    bare = Client()
    taken = bare.post(reverse("saml_acs"), {"SAMLResponse": answer})
    if taken.status_code != 302:
        return taken
    client.cookies.update(bare.cookies)
    return client.get(taken.url)


def go_through(client: Client, page: str = "") -> HttpResponse:
    """Sign in at the provider and come back."""
    return send(client, *answered(client, page))


def comes_in(client: Client) -> list[int | bool]:
    """Tell how the way ends: the status, and whether one is signed in."""
    return [go_through(client).status_code, is_signed_in(client)]


def test_person_is_found_by_address_and_then_by_the_providers_name(idp: Running, known: User) -> None:
    idp.says(attributes={MAIL: known.email}, level=LOA3)
    client = Client()
    assert go_through(client, "/account/sessions/").url == "/account/sessions/"
    assert [client.session[ASSURANCE], is_signed_in(client)] == [LOA3, True]
    idp.says(attributes={MAIL: f"gift.namn@{DOMAIN}"})
    assert comes_in(Client()) == [302, True]
    (row,) = SocialAccount.objects.values("user", "uid", "extra_data")
    assert (row["user"], len(row["uid"]), row["extra_data"]) == (known.pk, 64, {})


#: How the provider lies, and why that is refused, as the log says it.
LIES = {
    "unsigned": "The Assertion of the Response is not signed",
    "other key": "Signature validation failed",
    "changed after signing": "Signature validation failed",
    "wrong audience": "is not a valid audience",
    "expired": "expired",
    "SHA-1": "Deprecated signature algorithm",
    "wrapped: beside": "must contain 1 assertion",
    "wrapped: inside the signature": "must contain 1 assertion",
    "wrapped: inside the forged one": "must contain 1 assertion",
    "nobody asked": "nobody asked",
    "no audience": "no audience",
    "not bound to the question": "not bound",
    "wrong issuer": "Invalid issuer",
    "no": "was not Success",
}


@pytest.mark.parametrize("lie", LIES)
def test_answer_that_is_not_right_is_refused(
    idp: Running, known: User, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    # What is forged becomes the known address; elsewhere it is said from the beginning.
    is_forged = lie.startswith(("wrapped", "changed"))
    said = f"ingen@{DOMAIN}" if is_forged else known.email
    idp.says(attributes={MAIL: said}, becomes=known.email, lie=lie)
    assert comes_in(Client()) == [401, False]
    assert LIES[lie] in caplog.messages[0]
    assert not SocialAccount.objects.exists()


def test_answer_of_another_browser_is_refused(idp: Running, known: User) -> None:
    idp.says(attributes={MAIL: known.email})
    form = answered(Client())
    client = Client()
    answered(client)
    assert [send(client, *form).status_code, is_signed_in(client)] == [401, False]


def test_answer_holds_once(idp: Running, known: User) -> None:
    idp.says(attributes={MAIL: known.email})
    client = Client()
    form = answered(client)
    assert send(client, *form).status_code == 302
    client.logout()
    assert [send(client, *form).status_code, is_signed_in(client)] == [401, False]


@pytest.mark.parametrize("answer", ["", "%%%", "PGE+", "PGEvPg=="])
def test_answer_that_is_no_answer_is_refused(idp: Running, db: None, answer: str) -> None:
    assert Client().post(reverse("saml_acs"), {"SAMLResponse": answer}).status_code == 401


def test_what_is_handed_on_is_signed(idp: Running, db: None) -> None:
    client = Client()
    assert client.get(reverse("saml_finish")).status_code == 401
    client.cookies["saml_answer"] = '[{"issuer": "x", "uid": "x", "email": "x", "level": "x"}, "x"]'
    assert client.get(reverse("saml_finish")).status_code == 401


def test_address_of_another_domain_finds_nobody(idp: Running, known: User) -> None:
    known.email = "kanda.coach@annan.se"
    known.save()
    idp.says(attributes={MAIL: known.email})
    assert comes_in(Client()) == [403, False]


NAMES_THAT_CHANGE = [
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
]


@pytest.mark.parametrize("name_format", NAMES_THAT_CHANGE)
def test_name_that_is_not_for_good_is_refused(idp: Running, known: User, settings: object, name_format: str) -> None:
    idp.says(attributes={MAIL: known.email, "object-id": "a1"}, format=name_format)
    assert comes_in(Client()) == [401, False]
    connect(settings, idp, LOTSEN_SAML_UID="object-id")
    assert comes_in(Client()) == [302, True]


def test_deactivated_user_does_not_come_in(idp: Running, known: User) -> None:
    idp.says(attributes={MAIL: known.email})
    go_through(Client())
    User.objects.filter(pk=known.pk).update(is_active=False)
    assert comes_in(Client()) == [403, False]


def test_metadata_tell_the_provider_who_we_are(idp: Running, db: None, settings: object) -> None:
    text = Client().get(reverse("saml_metadata")).content.decode()
    assert re.findall(r'entityID="([^"]*)"', text) == [f"http://testserver{reverse('saml_metadata')}"]
    assert re.findall(r'WantAssertionsSigned="([^"]*)"', text) == ["true"]
    connect(settings, idp, LOTSEN_SAML_ENTITY_ID="https://lotsen.example/")
    text = Client().get(reverse("saml_metadata")).content.decode()
    assert re.findall(r'entityID="([^"]*)"', text) == ["https://lotsen.example/"]


def test_question_asks_for_the_levels(idp: Running, db: None, settings: object) -> None:
    settings.ASSURANCE = frozenset({LOA3})
    asking = Client().get(reverse("provider_login"))
    assert re.findall(r'data-levels="([^"]*)"', fetched(asking.url)[1]) == [LOA3]


def test_half_a_configuration_is_an_error(running: Running) -> None:
    whole = environment(running)
    for name in ("LOTSEN_SAML_NAME", "LOTSEN_PROVIDER_DOMAINS"):
        with pytest.raises(ImproperlyConfigured):
            providers.from_environment({**whole, name: ""})
    plain = whole["LOTSEN_SAML_METADATA"].replace("http://127.0.0.1", "http://idp.example")
    for metadata in ("<a/>", plain):
        with pytest.raises(ImproperlyConfigured):
            providers.from_environment({**whole, "LOTSEN_SAML_METADATA": metadata})
