"""Signing in, and the attacks on it that are refused: guessing, replay, fixation, an old session (figure S11)."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as project
from django.core import mail
from django.test import Client
from django.urls import reverse

from lotsen.access.models import User
from lotsen.core.models import CacheEntry
from lotsen.core.sessions import BEGAN, USED

PASSWORD = "tre-lugna-fiskmasar"
LOGIN = "/account/login/"
#: An address that takes forms only.
MAKE = "/projects/00000000-0000-0000-0000-000000000000/report/make/"


@pytest.fixture
def known(responsible: User) -> User:
    """Return a coach with a password."""
    responsible.set_password(PASSWORD)
    responsible.save()
    return responsible


@pytest.fixture
def required(settings: object) -> None:
    """Require a second factor."""
    settings.SECOND_FACTOR_REQUIRED = True


def give_password(client: Client, user: User, password: str = PASSWORD, **extra: str):
    return client.post(LOGIN, {"login": user.email, "password": password}, **extra)


def code_of(secret: str, steps: int = 0) -> str:
    """Return the code that an app would show, now or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def add_app(client: Client) -> tuple[str, list[str]]:
    """Add an app for codes as the pages lead one; return its key and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<code>(\d{8})</code>", answer.content.decode())


@pytest.fixture
def with_app(known: User) -> tuple[User, str, list[str]]:
    """Return a coach with an app for codes, its key, and the recovery codes."""
    client = Client()
    give_password(client, known)
    secret, codes = add_app(client)
    # The code of this half minute was used to add it.
    CacheEntry.objects.all().delete()
    return known, secret, codes


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("programme_list")).status_code == 200


def test_sign_in_asks_for_the_code_after_the_password(with_app: tuple[User, str, list[str]]) -> None:
    user, secret, _codes = with_app
    client = Client()
    assert give_password(client, user).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == "/"
    assert is_signed_in(client)


def test_sign_in_refuses_a_code_that_was_used(with_app: tuple[User, str, list[str]]) -> None:
    user, secret, _codes = with_app
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, user)
    # Last, so that its half minute is not over on a busy machine.
    code = code_of(secret)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert [is_signed_in(first), is_signed_in(second)] == [True, False]


def test_sign_in_refuses_a_code_of_another_time(with_app: tuple[User, str, list[str]]) -> None:
    user, secret, _codes = with_app
    client = Client()
    give_password(client, user)
    for steps in (-2, 2):
        assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps)}).status_code == 200
    assert not is_signed_in(client)


def test_sign_in_takes_a_recovery_code_once(with_app: tuple[User, str, list[str]]) -> None:
    user, _secret, codes = with_app
    assert len(codes) == 10
    answers = []
    for _time in range(2):
        client = Client()
        give_password(client, user)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        answers.append(is_signed_in(client))
    assert answers == [True, False]


def test_recovery_codes_are_shown_once(known: User) -> None:
    client = Client()
    give_password(client, known)
    add_app(client)
    assert re.findall(r"<code>(\S+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode()) == []


def test_second_factor_is_kept_encrypted(with_app: tuple[User, str, list[str]]) -> None:
    user, secret, codes = with_app
    stored = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert [word for word in (secret, *codes) if word in stored] == []
    assert {row.wrap().validate_code(code_of(secret)) for row in Authenticator.objects.filter(type="totp")} == {True}


def test_codes_are_limited_for_all_processes_together(with_app: tuple[User, str, list[str]]) -> None:
    user, secret, _codes = with_app
    client = Client()
    give_password(client, user)
    for _time in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    # Another browser, the right code: the count is the user's, and stands in the database.
    other = Client()
    give_password(other, user)
    answer = other.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "Vänta fem minuter" in answer.content.decode()
    assert not is_signed_in(other)


def test_password_is_locked_after_five_wrong_ones(known: User) -> None:
    for _time in range(5):
        give_password(Client(), known, "fel-fel-fel-fel")
    client = Client()
    assert "Vänta fem minuter" in give_password(client, known).content.decode()
    assert not is_signed_in(client)
    assert CacheEntry.objects.filter(key__contains="login_failed").exists()


def test_lock_ends_with_its_time(known: User) -> None:
    for _time in range(5):
        give_password(Client(), known, "fel-fel-fel-fel")
    for entry in CacheEntry.objects.all():
        CacheEntry.objects.filter(pk=entry.pk).update(value=[moment - 301 for moment in entry.value])
    assert give_password(Client(), known).status_code == 302


def test_session_is_another_one_after_signing_in(known: User) -> None:
    client = Client()
    client.get(LOGIN)
    planted = client.session
    planted["mark"] = "by somebody else"
    planted.save()
    before = client.session.session_key
    give_password(client, known)
    assert client.session.session_key != before
    stolen = Client()
    stolen.cookies[project.SESSION_COOKIE_NAME] = before
    assert not is_signed_in(stolen)


def test_session_ends_with_the_browser(known: User) -> None:
    client = Client()
    answer = give_password(client, known)
    cookie = answer.cookies[project.SESSION_COOKIE_NAME]
    assert [cookie["max-age"], cookie["expires"]] == ["", ""]
    assert [bool(cookie["httponly"]), cookie["samesite"]] == [True, "Lax"]


AT_THE_LIMITS = [(BEGAN, 8 * 3600 - 60, True), (BEGAN, 8 * 3600 + 60, False), (USED, 3540, True), (USED, 3660, False)]


@pytest.mark.parametrize(("stamp", "seconds", "stays"), AT_THE_LIMITS)
def test_session_ends_by_age_and_by_rest(known: User, stamp: str, seconds: int, stays: bool) -> None:
    client = Client()
    give_password(client, known)
    session = client.session
    session[stamp] = time.time() - seconds
    session.save()
    assert is_signed_in(client) is stays


def test_use_keeps_a_session_but_not_beyond_its_day(known: User) -> None:
    client = Client()
    give_password(client, known)
    session = client.session
    began = session[BEGAN]
    session[USED] = time.time() - 1800
    session.save()
    client.get(reverse("programme_list"))
    assert time.time() - client.session[USED] < 60
    assert client.session[BEGAN] == began


def test_form_after_the_end_leads_to_sign_in_and_back_to_its_page(known: User) -> None:
    client = Client()
    page = "http://testserver/projects/x/report/texts/summary/?a=1"
    answer = client.post(MAKE, {}, headers={"referer": page}, follow=True)
    assert answer.redirect_chain == [(f"{LOGIN}?next=/projects/x/report/texts/summary/%3Fa%3D1", 302)]
    assert "sparas som utkast" in answer.content.decode()
    back = client.post(
        LOGIN, {"login": known.email, "password": PASSWORD, "next": "/projects/x/report/texts/summary/?a=1"}
    )
    assert back.url == "/projects/x/report/texts/summary/?a=1"


def test_form_from_elsewhere_leads_to_the_first_page(client: Client, db: None) -> None:
    answer = client.post(MAKE, {}, headers={"referer": "https://elsewhere.example/a/"})
    assert answer.url == f"{LOGIN}?next=/"


def test_sign_in_never_leads_elsewhere(known: User) -> None:
    sent = {"login": known.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert Client().post(LOGIN, sent).url == "/"


def test_deactivated_user_is_refused_and_signed_out(known: User) -> None:
    client = Client()
    give_password(client, known)
    known.is_active = False
    known.save()
    assert not is_signed_in(client)
    assert give_password(Client(), known).status_code == 403


def test_second_factor_is_set_up_before_any_other_page(known: User, required: None) -> None:
    client = Client()
    assert give_password(client, known, follow=False).status_code == 302
    assert client.get(reverse("programme_list")).url == reverse("mfa_index")
    assert client.get(reverse("password_change")).url == reverse("mfa_index")
    assert client.post(MAKE).url == reverse("mfa_index")
    add_app(client)
    assert is_signed_in(client)


def test_only_second_factor_stays_where_one_is_required(known: User, required: None) -> None:
    client = Client()
    give_password(client, known)
    add_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert is_signed_in(client)


def test_app_can_be_taken_away_where_none_is_required(known: User) -> None:
    client = Client()
    give_password(client, known)
    add_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=known).exists()


def add_key(user: User) -> Authenticator:
    """Give somebody a security key. What is in it the browser tests."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Nyckel"})


def test_only_security_key_stays_where_a_factor_is_required(known: User, required: None) -> None:
    client = Client()
    give_password(client, known)
    add_app(client)
    key = add_key(known)
    remove = reverse("security_key_remove", args=[key.pk])
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert client.post(remove).url == reverse("mfa_index")
    assert list(Authenticator.objects.filter(user=known, type="webauthn")) == [key]


def test_security_key_of_somebody_else_is_not_there(known: User, colleague: User) -> None:
    client = Client()
    give_password(client, known)
    key = add_key(colleague)
    for name in ("security_key_rename", "security_key_remove"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "Min"}).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "Nyckel"


def test_second_factor_is_changed_only_after_the_password(known: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(known)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(f"{reverse('account_reauthenticate')}?next={reverse('mfa_activate_totp')}", {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_password_change_ends_the_other_sessions_and_tells(known: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        give_password(client, known)
    new = "fyra-glada-vinbergssnackor"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("password_change"), sent).url == reverse("mfa_index")
    assert [is_signed_in(here), is_signed_in(there)] == [True, False]
    assert [message.to for message in mail.outbox] == [[known.email]]


def test_password_change_refuses_what_is_wrong_short_or_common(known: User) -> None:
    client = Client()
    give_password(client, known)
    for old, new in (("fel", "fyra-glada-vinbergssnackor"), (PASSWORD, "kort"), (PASSWORD, "q1w2e3r4t5y6")):
        sent = {"oldpassword": old, "password1": new, "password2": new}
        assert client.post(reverse("password_change"), sent).status_code == 200
    known.refresh_from_db()
    assert known.check_password(PASSWORD)


def test_sessions_are_listed_and_the_others_ended(known: User) -> None:
    here, there = Client(), Client()
    give_password(here, known, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    give_password(there, known, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537 Edg/141.0")
    page = here.get(reverse("usersessions_list")).content.decode()
    assert ["Firefox, Linux" in page, "Edge, Windows" in page] == [True, True]
    here.post(reverse("usersessions_list"))
    assert [is_signed_in(here), is_signed_in(there)] == [True, False]
