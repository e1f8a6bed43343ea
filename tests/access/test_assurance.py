"""A level of assurance for pages with people's data, and an installation without passwords."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import management
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from lotsen.access.enums import Permission, Role
from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core import providers
from lotsen.core.sessions import ASSURANCE
from tests import factories
from tests.access.test_matrix import (  # noqa: F401  # fixtures come by their names
    EXPECTED,
    NAMES,
    NUMBERS,
    account,
    address_of,
    body,
    casework,
    kept,
    people,
    planted,
    report,
    surveys,
)
from tests.access.test_sign_in import PASSWORD, add_app, give_password, is_signed_in
from tests.addresses import addresses

LOA3, LOA2 = "http://id.elegnamnden.se/loa/1.0/loa3", "http://id.elegnamnden.se/loa/1.0/loa2"
PROVIDER = {
    "LOTSEN_OIDC_ISSUER": "https://idp.example",
    "LOTSEN_OIDC_CLIENT_ID": "lotsen",
    "LOTSEN_OIDC_CLIENT_SECRET": "secret",
    "LOTSEN_OIDC_NAME": "Piteå kommun",
}
#: The pages that need no level: all but those of permissions that tell of people.
WITHOUT_LEVEL = {
    address.name
    for address in addresses()
    if getattr(address.view, "lotsen_permission", "") in {"", "public", "signed_in", Permission.ACCOUNTS_MANAGE}
}


@pytest.fixture
def provided(settings: Any) -> Any:
    """Return the settings of an installation with an identity provider."""
    settings.IDENTITY_PROVIDER = providers.from_environment(PROVIDER)
    return settings


@pytest.fixture
def required(provided: Any) -> Any:
    """Require a level."""
    provided.ASSURANCE = frozenset({LOA3})
    return provided


def client_of(user: User, level: str | None) -> Client:
    """Sign somebody in with a level, or with a password."""
    client = Client()
    client.force_login(user)
    if level is not None:
        session = client.session
        session[ASSURANCE] = level
        session.save()
    return client


@pytest.mark.parametrize("level", [None, "", LOA2, f"{LOA3}x", LOA3.upper()])
def test_session_without_the_level_opens_no_page_with_people(
    level: str | None,
    required: Any,
    people: dict[str, User | None],  # noqa: F811  # a fixture
    address_of: Callable[[str], str],  # noqa: F811  # a fixture
) -> None:
    words = {*NAMES.values(), *NUMBERS.values()}
    found = []
    # One level for every kind of user; the others for the one who would see the most.
    users = list(filter(None, people.values())) if level == LOA2 else [people["coach"]]
    for user in users:
        client = client_of(user, level)
        for name, method in EXPECTED:
            if name in WITHOUT_LEVEL:
                continue
            answer = client.get(address_of(name)) if method == "GET" else client.post(address_of(name), {"q": "Zp"})
            if answer.status_code != 403 or any(word in body(answer) for word in words):
                found.append(f"{user}: {method} {name}: {answer.status_code}")
    assert found == []


def test_pages_without_people_are_few() -> None:
    own = {address.name for address in addresses() if address.is_own}
    assert {name for name in own & WITHOUT_LEVEL if not name.startswith(("user_", "role_", "invitation_"))} == {
        *("alive", "nightly_alive", "language", "start", "password_change", "second_factor_reset"),
        *("security_key_rename", "security_key_remove"),
        *(
            "answer_join",
            "answer_start",
            "answer_section",
            "answer_check",
            "follow_up_answer",
            "feed_read",
            "link_open",
        ),
        *("provider_login", "oidc_callback", "saml_acs", "saml_finish", "saml_metadata"),
    }


def test_session_with_the_level_opens_them(required: Any, responsible: User, planted: dict[str, Case]) -> None:  # noqa: F811  # a fixture
    case = reverse("case_detail", args=[planted["pitea"].pk])
    assert [client_of(responsible, level).get(case).status_code for level in (LOA3, LOA2)] == [200, 403]


def test_page_says_what_to_do_and_leads_back(required: Any, responsible: User) -> None:
    page = client_of(responsible, LOA2).get(f"{reverse('programme_list')}?a=1").content.decode()
    assert re.findall(r'href="(/account/provider/[^"]*)"', page) == ["/account/provider/?next=%2Fprojects%2F%3Fa%3D1"]


def test_administrator_needs_no_level(required: Any, pitea: Unit) -> None:
    administrator = factories.staff(pitea, Role.ADMINISTRATOR)
    assert client_of(administrator, None).get(reverse("user_list")).status_code == 200


def test_level_is_not_asked_for_where_none_is_required(responsible: User) -> None:
    assert client_of(responsible, None).get(reverse("programme_list")).status_code == 200


@pytest.fixture
def known(responsible: User) -> User:
    """Return a coach with a password."""
    responsible.set_password(PASSWORD)
    responsible.save()
    return responsible


def test_password_is_not_taken_where_passwords_are_off(provided: Any, known: User) -> None:
    signed_in_before = Client()
    give_password(signed_in_before, known)
    add_app(signed_in_before)
    provided.PASSWORDS_ARE_ON = False
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    assert ['name="password"' in page, "Logga in med Piteå kommun" in page] == [False, True]
    assert give_password(client, known).status_code == 200
    assert not is_signed_in(client)
    assert signed_in_before.get(reverse("password_change")).status_code == 404
    assert "account/password" not in signed_in_before.get(reverse("mfa_index")).content.decode()
    again = signed_in_before.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert again.status_code != 200 or "form" in again.context


def test_invitation_asks_for_no_password_where_passwords_are_off(provided: Any, pitea: Unit) -> None:
    provided.PASSWORDS_ARE_ON = False
    administrator = factories.staff(pitea, Role.ADMINISTRATOR)
    invitation = factories.InvitationFactory(unit=pitea, invited_by=administrator)
    address = reverse("invitation_accept", args=[factories.TOKEN])
    assert 'type="password"' not in Client().get(address).content.decode()
    assert Client().post(address).status_code == 302
    assert not User.objects.get(email=invitation.email).has_usable_password()


def test_command_makes_no_password_where_passwords_are_off(
    provided: Any, pitea: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    provided.PASSWORDS_ARE_ON = False
    words = ("role", "give", "ny@exempel.se", "--name", "Ny Chef", "--unit", pitea.name, "--role", "administrator")
    management.call_command(*words)
    assert "Password" not in capsys.readouterr().out
    assert not User.objects.get(email="ny@exempel.se").has_usable_password()


WRONG = [
    {"LOTSEN_OIDC_ISSUER": "http://idp.example"},
    {"LOTSEN_OIDC_CLIENT_ID": ""},
    {"LOTSEN_OIDC_CLIENT_SECRET": ""},
    {"LOTSEN_OIDC_NAME": ""},
    {"LOTSEN_SAML_METADATA": "<md/>"},
]


@pytest.mark.parametrize("changed", WRONG, ids=str)
def test_half_a_configuration_is_an_error(changed: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        providers.from_environment({**PROVIDER, **changed})


def test_settings_that_let_nobody_in_are_an_error() -> None:
    provider = providers.from_environment(PROVIDER)
    providers.check(provider, passwords=False, assurance=frozenset({LOA3}))
    for passwords, assurance in ((False, frozenset()), (True, frozenset({LOA3}))):
        with pytest.raises(ImproperlyConfigured):
            providers.check(None, passwords=passwords, assurance=assurance)


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://idp.example/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost/x", True),
        ("http://idp.example/x", False),
        ("http://127.0.0.1.example/x", False),
        ("http://localhost@idp.example/x", False),
        ("", False),
    ],
)
def test_plain_http_is_for_this_machine_only(address: str, is_safe: bool) -> None:
    assert providers.is_safe(address) is is_safe


@pytest.mark.parametrize(
    ("email", "verified", "vouched"),
    [
        ("A@Exempel.se ", True, "a@exempel.se"),
        ("a@exempel.se", False, ""),
        ("a@exempel.se", None, ""),
        ("a@egen.se", None, "a@egen.se"),
        ("a@egen.se", False, ""),
        ("a@under.egen.se", None, ""),
        # A letter that becomes an ASCII one when made small.
        ("a@\u212aommun.se", True, ""),
        ("å@egen.se", None, ""),
        ("", True, ""),
    ],
)
def test_address_counts_only_where_the_provider_answers_for_it(email: str, verified: bool | None, vouched: str) -> None:
    provider = providers.from_environment({**PROVIDER, "LOTSEN_PROVIDER_DOMAINS": "egen.se"})
    assert provider
    about = {"subject": "s", "email": email, "verified": verified, "level": ""}
    assert providers.identity_of(provider, **about).email == vouched
