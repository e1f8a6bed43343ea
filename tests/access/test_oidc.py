"""Sign-in by OIDC at a provider that runs beside, and the attacks on it that are refused."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lotsen.access import actions
from lotsen.access.models import User
from lotsen.core import providers
from lotsen.core.models import CacheEntry
from lotsen.core.sessions import ASSURANCE
from tests.access.test_sign_in import PASSWORD, add_app, code_of, give_password, is_signed_in
from tests.providers.oidc import CLIENT, SECRET
from tests.providers.process import Running, fetched, provider


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """Run the provider for all tests of this file."""
    with provider("oidc") as process:
        yield process


def environment(url: str, **more: str) -> dict[str, str]:
    return {
        "LOTSEN_OIDC_ISSUER": url,
        "LOTSEN_OIDC_CLIENT_ID": CLIENT,
        "LOTSEN_OIDC_CLIENT_SECRET": SECRET,
        "LOTSEN_OIDC_NAME": "Piteå kommun",
        **more,
    }


def connect(settings: Any, url: str, **more: str) -> None:
    """Set what the environment would set."""
    settings.IDENTITY_PROVIDER = providers.from_environment(environment(url, **more))
    settings.SOCIALACCOUNT_PROVIDERS = providers.for_library(settings.IDENTITY_PROVIDER)


@pytest.fixture
def idp(running: Running, settings: object) -> Running:
    """Return the provider, named in the settings, and truthful."""
    running.says()
    connect(settings, running.url)
    return running


def back_from_provider(client: Client, page: str = "") -> str:
    """Go to the provider, and return the address that it leads back to."""
    answer = client.get(reverse("provider_login"), {"next": page} if page else {})
    assert answer.status_code == 302, answer.content.decode()
    headers, _text = fetched(answer.url)
    parts = urlsplit(headers["Location"])
    return f"{parts.path}?{parts.query}"


def go_through(client: Client, page: str = "") -> HttpResponse:
    """Sign in at the provider and come back."""
    return client.get(back_from_provider(client, page))


def comes_in(client: Client) -> list[int | bool]:
    """Tell how the way ends: the status, and whether one is signed in."""
    return [go_through(client).status_code, is_signed_in(client)]


def test_person_is_found_by_verified_address_and_then_by_the_providers_name(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email.upper()})
    client = Client()
    assert go_through(client, "/account/sessions/").url == "/account/sessions/"
    assert is_signed_in(client)
    # The address is another one now, and of nobody here.
    idp.says(claims={"email": "gift.namn@exempel.se"})
    assert comes_in(Client()) == [302, True]
    assert SocialAccount.objects.get().user == responsible
    assert [message.to for message in mail.outbox] == [[responsible.email]]


def test_person_is_found_still_when_the_key_of_the_index_has_changed(
    idp: Running, responsible: User, settings: Any
) -> None:
    idp.says(claims={"email": responsible.email})
    go_through(Client())
    before = SocialAccount.objects.get().uid
    settings.IDENTITY_INDEX_KEYS = {"new": b"n" * 32, **settings.IDENTITY_INDEX_KEYS}
    assert comes_in(Client()) == [302, True]
    settings.IDENTITY_INDEX_KEYS = {"new": b"n" * 32}
    assert comes_in(Client()) == [302, True]
    assert SocialAccount.objects.get().uid != before


def test_nothing_of_the_person_is_stored_but_a_keyed_name(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email, "personalIdentityNumber": "0000", "sub": "s-u-b"})
    client = Client()
    go_through(client)
    (row,) = SocialAccount.objects.values("uid", "extra_data", "provider")
    assert (row["extra_data"], row["provider"], len(row["uid"])) == ({}, idp.url, 64)
    assert [SocialToken.objects.count(), SocialApp.objects.count()] == [0, 0]
    assert "s-u-b" not in str(dict(client.session))


def test_question_has_state_nonce_and_pkce(idp: Running) -> None:
    answer = Client().get(reverse("provider_login"), {"scope": "all", "auth_params": "nonce=1", "process": "connect"})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.url).query).items()}
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert (asked["code_challenge_method"], asked["response_type"], asked["client_id"]) == ("S256", "code", CLIENT)
    assert [len(asked["state"]) >= 16, len(asked["nonce"]) >= 32, len(asked["code_challenge"])] == [True, True, 43]


#: How the provider lies, and why that is refused, as the log says it.
LIES = {
    "unsigned": "The specified alg value is not allowed",
    "signed by another key": "Signature verification failed",
    "signed with the public key as a secret": "The specified alg value is not allowed",
    "signed with the client's secret": "The specified alg value is not allowed",
    "changed after signing": "Signature verification failed",
}


@pytest.mark.parametrize("lie", LIES)
def test_token_that_the_provider_did_not_sign_is_refused(
    idp: Running, responsible: User, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    idp.says(claims={"email": responsible.email}, lie=lie)
    assert comes_in(Client()) == [401, False]
    assert LIES[lie] in caplog.messages[0]
    assert not SocialAccount.objects.exists()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"aud": "another"}, "Audience doesn't match"),
    ({"aud": [CLIENT, "another"]}, "for others too"),
    ({"azp": "another"}, "for others too"),
    ({"iss": "https://another.example"}, "Invalid issuer"),
    ({"exp": 1_600_000_000}, "Signature has expired"),
    ({"exp": None}, 'missing the "exp" claim'),
    ({"nonce": "another"}, "of another sign-in"),
    ({"nonce": None}, 'missing the "nonce" claim'),
    ({"sub": None}, 'missing the "sub" claim'),
    ({"iat": None}, 'missing the "iat" claim'),
]


@pytest.mark.parametrize(("claims", "reason"), WRONG, ids=str)
def test_token_for_another_time_place_or_person_is_refused(
    idp: Running, responsible: User, claims: dict[str, Any], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    idp.says(claims={"email": responsible.email, **claims})
    assert comes_in(Client()) == [401, False]
    assert reason in caplog.messages[0]


def test_answer_to_another_browser_is_refused(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email})
    address = back_from_provider(Client())
    client = Client()
    assert client.get(address).status_code == 401
    assert not is_signed_in(client)


@pytest.mark.parametrize(("lie", "reason"), [("", "invalid_grant"), ("no PKCE", "of another sign-in")])
def test_code_of_somebody_else_is_refused(
    idp: Running, responsible: User, lie: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Also by the nonce alone, where a provider forgets PKCE."""
    idp.says(claims={"email": responsible.email}, lie=lie)
    code = parse_qs(urlsplit(back_from_provider(Client())).query)["code"][0]
    client = Client()
    own = parse_qs(urlsplit(back_from_provider(client)).query)
    answer = client.get(reverse("oidc_callback"), {"code": code, "state": own["state"][0]})
    assert [answer.status_code, is_signed_in(client)] == [401, False]
    assert reason in caplog.messages[0]


def test_answer_holds_once(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email})
    client = Client()
    address = back_from_provider(client)
    assert client.get(address).status_code == 302
    client.logout()
    assert [client.get(address).status_code, is_signed_in(client)] == [401, False]


CONFIGURATIONS = [
    {"issuer": "https://another.example"},
    {"token_endpoint": "http://another.example/token"},
    {"jwks_uri": "http://another.example/keys"},
    {"authorization_endpoint": None},
]


@pytest.mark.parametrize("config", CONFIGURATIONS, ids=str)
def test_configuration_of_another_or_without_tls_is_refused(idp: Running, config: dict[str, Any]) -> None:
    idp.says(config=config)
    assert Client().get(reverse("provider_login")).status_code == 401


def test_provider_that_does_not_answer_is_told_of(settings: object, db: None) -> None:
    connect(settings, "http://127.0.0.1:9")
    assert Client().get(reverse("provider_login")).status_code == 401


def test_no_of_the_person_is_told(idp: Running) -> None:
    idp.says(lie="no")
    assert go_through(Client()).status_code == 401


def test_page_of_somebody_else_cannot_begin(idp: Running) -> None:
    begin = reverse("provider_login")
    answers = [
        Client().get(f"{begin}?next=/accounts/", headers={"Sec-Fetch-Site": site}).url.partition("?")[0]
        for site in ("cross-site", "same-site", "same-origin", "none")
    ]
    assert answers == [reverse("account_login")] * 2 + [f"{idp.url}/authorize"] * 2


def test_way_back_never_leads_elsewhere(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email})
    assert go_through(Client(), "https://elsewhere.example/").url == "/"


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": None}, {"email": None}], ids=str)
def test_address_that_the_provider_does_not_answer_for_finds_nobody(
    idp: Running, responsible: User, claims: dict[str, Any]
) -> None:
    idp.says(claims={"email": responsible.email, **claims})
    assert comes_in(Client()) == [403, False]


def test_address_of_the_providers_own_domain_needs_no_mark(idp: Running, responsible: User, settings: object) -> None:
    domain = responsible.email.partition("@")[2]
    connect(settings, idp.url, LOTSEN_PROVIDER_DOMAINS=f"annat.se, {domain}")
    idp.says(claims={"email": responsible.email, "email_verified": False})
    assert comes_in(Client()) == [403, False]
    idp.says(claims={"email": responsible.email, "email_verified": None})
    assert comes_in(Client()) == [302, True]


def test_address_may_come_from_the_userinfo_of_the_same_person(idp: Running, responsible: User) -> None:
    about = {"email": responsible.email, "email_verified": True}
    without = {"email": None, "email_verified": None}
    idp.says(claims=without, userinfo={**about, "sub": "another"})
    assert comes_in(Client()) == [401, False]
    idp.says(claims=without, userinfo=about)
    assert comes_in(Client()) == [302, True]
    # It never outvotes the token.
    idp.says(claims={"sub": "c3", "email": "ingen@exempel.se"}, userinfo={**about, "sub": "c3"})
    assert comes_in(Client()) == [403, False]


def test_nobody_is_made(idp: Running) -> None:
    before = User.objects.count()
    idp.says(claims={"email": "ny@exempel.se"})
    assert comes_in(Client()) == [403, False]
    assert [User.objects.count(), SocialAccount.objects.count()] == [before, 0]


def test_somebody_new_at_an_old_address_is_refused_until_the_account_forgets(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email})
    go_through(Client())
    idp.says(claims={"email": responsible.email, "sub": "c3d4"})
    assert comes_in(Client()) == [403, False]
    actions.forget_identity(user=responsible, by=None)
    assert comes_in(Client()) == [302, True]


def test_deactivated_user_does_not_come_in(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email})
    User.objects.filter(pk=responsible.pk).update(is_active=False)
    assert comes_in(Client()) == [403, False]
    User.objects.filter(pk=responsible.pk).update(is_active=True)
    go_through(Client())
    actions.deactivate(user=responsible, by=None)
    assert comes_in(Client()) == [403, False]


def test_session_is_another_one_and_has_the_level(idp: Running, responsible: User) -> None:
    idp.says(claims={"email": responsible.email, "acr": "http://id.elegnamnden.se/loa/1.0/loa3"})
    client = Client()
    address = back_from_provider(client)
    before = client.session.session_key
    client.get(address)
    assert client.session.session_key != before
    assert client.session[ASSURANCE] == "http://id.elegnamnden.se/loa/1.0/loa3"


def test_level_of_one_sign_in_is_not_that_of_the_next(
    idp: Running, responsible: User, sign_in: Callable[[User], Client]
) -> None:
    idp.says(claims={"email": responsible.email, "acr": "high"})
    responsible.set_password(PASSWORD)
    responsible.save()
    client = Client()
    give_password(client, responsible)
    secret, _codes = add_app(client)
    client.logout()
    # Who has a factor of Lotsen's own is asked for it here too. The level waits with the step that is left.
    assert go_through(client).url == reverse("mfa_authenticate")
    assert ASSURANCE not in client.session
    # The code of this half minute was used to add the app.
    CacheEntry.objects.all().delete()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert [client.session[ASSURANCE], is_signed_in(client)] == ["high", True]
    client.post(reverse("account_logout"))
    Authenticator.objects.all().delete()
    give_password(client, responsible)
    assert ASSURANCE not in client.session


def test_provider_stands_for_the_second_factor(idp: Running, responsible: User, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    idp.says(claims={"email": responsible.email})
    assert comes_in(Client()) == [302, True]


def test_sign_in_page_shows_the_provider_first(idp: Running) -> None:
    page = Client().get(reverse("account_login"), {"next": "/accounts/"}).content.decode()
    place = page.index("Logga in med Piteå kommun")
    assert f'href="{reverse("provider_login")}?next=%2Faccounts%2F"' in page
    assert place < page.index('name="password"')
