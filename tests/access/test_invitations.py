"""Invitations, and the accounts that an administrator keeps: of one organisation, never the own, nothing of cases."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.access import actions
from lotsen.access.enums import Role
from lotsen.access.models import Invitation, Membership, Unit, User
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from tests import factories

PASSWORD = "tre-lugna-fiskmasar"
HISTORY = apps.get_model("access", "InvitationEvent")
SignIn = Callable[[User], Client]


@pytest.fixture
def administrator(pitea: Unit) -> User:
    """Return the administrator of Piteå."""
    return factories.staff(pitea, Role.ADMINISTRATOR)


@pytest.fixture
def keeper(administrator: User, sign_in: SignIn) -> Client:
    """Return the browser of the administrator."""
    return sign_in(administrator)


def invite(keeper: Client, unit: Unit, email: str = "ny@exempel.se", role: str = "coach"):
    sent = {"email": email, "name": "Ny Personal", "unit": unit.pk, "role": role}
    return keeper.post(reverse("invitation_list"), sent)


def address_in_mail() -> str:
    """Return the address in the last e-mail, without the host."""
    return re.findall(r"http://testserver(/welcome/\S+)", mail.outbox[-1].body)[-1]


def test_invitation_leads_to_an_account_with_its_role(keeper: Client, pitea: Unit) -> None:
    assert invite(keeper, pitea, "Ny@Exempel.se").status_code == 302
    assert mail.outbox[-1].to == ["ny@exempel.se"]
    guest = Client()
    answer = guest.post(address_in_mail(), {"password": PASSWORD, "again": PASSWORD})
    assert answer.url == reverse("start")
    user = User.objects.get(email="ny@exempel.se")
    assert [user.name, user.check_password(PASSWORD), user.own_units] == ["Ny Personal", True, [pitea.pk]]
    assert guest.get(reverse("programme_list")).status_code == 302, "Who has chosen a password signs in with it."


def test_invitation_works_once_and_for_a_week(keeper: Client, pitea: Unit) -> None:
    invite(keeper, pitea)
    address = address_in_mail()
    Client().post(address, {"password": PASSWORD, "again": PASSWORD})
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"password": "en-annan-tanke", "again": "en-annan-tanke"}).status_code == 404
    invite(keeper, pitea, "sen@exempel.se")
    waiting = Invitation.objects.waiting().get()
    waiting.expires_at -= timedelta(days=7, seconds=1)
    waiting.save()
    assert Client().get(address_in_mail()).status_code == 404
    with pytest.raises(Refused), transaction.atomic():
        actions.accept_invitation(token=address_in_mail().split("/")[2], password=PASSWORD, by=None)
    assert not User.objects.filter(email="sen@exempel.se").exists()


def test_invitation_address_tells_nothing_and_is_stored_nowhere(keeper: Client, pitea: Unit) -> None:
    invite(keeper, pitea)
    token = address_in_mail().split("/")[2]
    stored = str([*Invitation.objects.values(), *HISTORY.objects.values()])
    assert [len(token), token in stored, "ny" in token.lower() and "exempel" in token] == [43, False, False]


def test_invitation_sent_again_ends_the_first_and_withdrawn_ends_all(keeper: Client, pitea: Unit) -> None:
    invite(keeper, pitea)
    first, (invitation,) = address_in_mail(), Invitation.objects.waiting()
    keeper.post(reverse("invitation_resend", args=[invitation.pk]))
    second = address_in_mail()
    assert [Client().get(first).status_code, Client().get(second).status_code] == [404, 200]
    keeper.post(reverse("invitation_withdraw", args=[invitation.pk]))
    assert Client().get(second).status_code == 404


def test_invitation_is_sent_once_for_one_role(keeper: Client, pitea: Unit, responsible: User) -> None:
    invite(keeper, pitea)
    assert invite(keeper, pitea).status_code == 422
    assert invite(keeper, pitea, responsible.email).status_code == 422
    assert len(mail.outbox) == 1


def test_invitation_refuses_a_weak_password(keeper: Client, pitea: Unit) -> None:
    invite(keeper, pitea)
    for password, again in (("kort", "kort"), ("q1w2e3r4t5y6", "q1w2e3r4t5y6"), (PASSWORD, "nagot-annat-har")):
        assert Client().post(address_in_mail(), {"password": password, "again": again}).status_code == 422
    assert not User.objects.filter(email="ny@exempel.se").exists()


def test_invitation_of_somebody_with_an_account_never_sets_a_password(
    keeper: Client, pitea: Unit, colleague: User, sign_in: SignIn
) -> None:
    invite(keeper, pitea, colleague.email)
    for client in (Client(), sign_in(factories.staff(pitea))):
        client.post(address_in_mail(), {"password": PASSWORD, "again": PASSWORD})
    colleague.refresh_from_db()
    assert [colleague.check_password(PASSWORD), colleague.memberships.count()] == [False, 1]
    sign_in(colleague).post(address_in_mail())
    assert colleague.memberships.filter(unit=pitea, role=Role.COACH).exists()


def test_invitation_is_not_made_where_the_mail_fails(keeper: Client, pitea: Unit, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert invite(keeper, pitea).status_code == 422
    assert not Invitation.objects.exists()


def test_administrator_invites_to_own_units_only(keeper: Client, alvsbyn: Unit) -> None:
    assert invite(keeper, alvsbyn).status_code == 422
    assert mail.outbox == []


def test_administrator_meets_the_organisation_and_nobody_else(
    keeper: Client, pitea: Unit, responsible: User, stranger: User
) -> None:
    sibling = factories.staff(factories.UnitFactory(organisation=pitea.organisation))
    page = keeper.get(reverse("user_list")).content.decode()
    assert [user.email in page for user in (responsible, sibling, stranger)] == [True, True, False]
    for name in ("user_detail", "role_give", "user_deactivate", "user_reactivate", "second_factor_reset"):
        address = reverse(name, args=[stranger.pk])
        answer = keeper.get(address) if name == "user_detail" else keeper.post(address, {})
        assert answer.status_code == 404, name
    membership = stranger.memberships.get()
    assert keeper.post(reverse("role_take", args=[membership.pk])).status_code == 404
    foreign = factories.InvitationFactory(unit=membership.unit, invited_by=stranger)
    for name in ("invitation_resend", "invitation_withdraw"):
        assert keeper.post(reverse(name, args=[foreign.pk])).status_code == 404


def test_administrator_sees_no_case_and_no_person(programme: object, pitea: Unit, administrator: User) -> None:
    factories.whole_case(programme=programme, unit=pitea, person__unit=pitea)
    with acting_as(administrator.pk), connection.cursor() as cursor:
        cursor.execute("select (select count(*) from cases_case) + (select count(*) from people_person)")
        assert cursor.fetchone() == (0,)
    assert [administrator.own_units, administrator.led_units] == [[], []]


def test_administrator_gives_and_takes_roles_and_they_hold_at_once(
    keeper: Client, pitea: Unit, responsible: User, sign_in: SignIn
) -> None:
    client = sign_in(responsible)
    keeper.post(reverse("role_give", args=[responsible.pk]), {"unit": pitea.pk, "role": Role.ADMINISTRATOR})
    assert client.get(reverse("user_list")).status_code == 200
    given = responsible.memberships.get(role=Role.ADMINISTRATOR)
    keeper.post(reverse("role_take", args=[given.pk]))
    assert client.get(reverse("user_list")).status_code == 403
    again = keeper.post(reverse("role_give", args=[responsible.pk]), {"unit": pitea.pk, "role": Role.COACH})
    assert again.status_code == 422


def test_administrator_never_changes_the_own_account(keeper: Client, administrator: User, pitea: Unit) -> None:
    own = administrator.memberships.get()
    keeper.post(reverse("role_give", args=[administrator.pk]), {"unit": pitea.pk, "role": Role.COACH})
    keeper.post(reverse("role_take", args=[own.pk]))
    keeper.post(reverse("user_deactivate", args=[administrator.pk]))
    administrator.refresh_from_db()
    roles = list(Membership.objects.filter(user=administrator).values_list("role", flat=True))
    assert [administrator.is_active, roles] == [True, [Role.ADMINISTRATOR]]


def test_administrator_does_not_reach_into_another_organisation(
    keeper: Client, responsible: User, alvsbyn: Unit
) -> None:
    factories.MembershipFactory(user=responsible, unit=alvsbyn)
    for name in ("user_deactivate", "second_factor_reset"):
        keeper.post(reverse(name, args=[responsible.pk]))
    responsible.refresh_from_db()
    assert responsible.is_active


def test_deactivated_user_is_out_at_once_and_comes_back_by_signing_in(
    keeper: Client, responsible: User, pitea: Unit
) -> None:
    responsible.set_password(PASSWORD)
    responsible.save()
    client = Client()
    client.post(reverse("account_login"), {"login": responsible.email, "password": PASSWORD})
    assert client.get(reverse("programme_list")).status_code == 200
    keeper.post(reverse("user_deactivate", args=[responsible.pk]))
    assert client.get(reverse("programme_list")).status_code == 302
    keeper.post(reverse("user_reactivate", args=[responsible.pk]))
    assert client.get(reverse("programme_list")).status_code == 302, "The session that was ended stays ended."
    client.post(reverse("account_login"), {"login": responsible.email, "password": PASSWORD})
    assert client.get(reverse("programme_list")).status_code == 200


def test_deactivated_users_have_no_units_in_the_database(responsible: User, manager: User) -> None:
    asked = "select cardinality(lotsen_units()), cardinality(lotsen_led_units())"
    found = []
    for is_active in (True, False):
        User.objects.filter(pk__in=[responsible.pk, manager.pk]).update(is_active=is_active)
        for user in (responsible, manager):
            with acting_as(user.pk), connection.cursor() as cursor:
                cursor.execute(asked)
                found.append(cursor.fetchone())
    assert found == [(1, 0), (0, 1), (0, 0), (0, 0)]


def test_deactivated_administrator_keeps_no_accounts(administrator: User, responsible: User) -> None:
    administrator.is_active = False
    administrator.save()
    assert list(User.objects.kept_by(administrator)) == []


def test_second_factor_is_taken_from_who_has_lost_it(keeper: Client, responsible: User) -> None:
    Authenticator.objects.create(user=responsible, type="totp", data={"secret": ""})
    keeper.post(reverse("second_factor_reset", args=[responsible.pk]))
    assert not Authenticator.objects.filter(user=responsible).exists()
    assert mail.outbox[-1].to == [responsible.email]


def test_list_of_accounts_asks_as_much_for_three_as_for_one(keeper: Client, pitea: Unit) -> None:
    counts = []
    keeper.get(reverse("user_list"))
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            keeper.get(reverse("user_list"))
        counts.append(len(queries))
        for _number in range(3):
            factories.staff(pitea)
    assert counts[0] == counts[1]


def test_accounts_can_be_kept_by_command(responsible: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("account", "deactivate", responsible.email.upper())
    responsible.refresh_from_db()
    assert not responsible.is_active
    call_command("account", "reactivate", responsible.email)
    responsible.refresh_from_db()
    assert responsible.is_active
    with pytest.raises(CommandError):
        call_command("account", "reset-second-factor", "nobody@exempel.se")
