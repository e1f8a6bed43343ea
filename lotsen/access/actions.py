"""What is done with users, their roles, and invitations."""

import hashlib
import secrets
import smtplib
from collections.abc import Callable, Iterable

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.core import encryption
from lotsen.core.providers import Identity
from lotsen.core.refused import Refused, action, refusing

from . import notices
from .enums import Role
from .forms.sign_in import BOUND_TO
from .models import INVITED_FOR, Invitation, Membership, SecrecyDomain, Unit, User


@action
def give_role(*, email: str, name: str, unit_name: str, role: Role) -> tuple[User, str]:
    """Give somebody a role in a unit; make the user where there is none. Returns the user and a new user's password.

    Where passwords are off a new user has none.
    """
    units = list(Unit.objects.filter(name=unit_name))
    if len(units) != 1:
        known = ", ".join(Unit.objects.order_by("name").values_list("name", flat=True))
        raise Refused(
            _("There is no unit called %(name)s. There are: %(known)s.") % {"name": unit_name, "known": known}
        )
    password = ""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        if not name:
            raise Refused(_("Give the name of the new user."))
        password = secrets.token_urlsafe(15) if settings.PASSWORDS_ARE_ON else ""
        user = User.objects.create_user(email, password or None, name=name)
    Membership.objects.get_or_create(user=user, unit=units[0], role=role)
    return user, password


@action
def take_role(*, email: str, unit_name: str, role: Role) -> None:
    """Take a role from somebody. Holds at once, also for who is signed in."""
    gone, _rows = Membership.objects.filter(user__email=email.lower(), unit__name=unit_name, role=role).delete()
    if not gone:
        raise Refused(_("%(email)s does not hold this role in %(unit)s.") % {"email": email, "unit": unit_name})


def _refuse_oneself(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise Refused(_("This is your own account. Ask another administrator to change it."))


def _refuse_shared(user: User, by: User) -> None:
    """Refuse what would reach into another organisation."""
    if user.memberships.exclude(pk__in=Membership.objects.kept_by(by)).exists():
        raise Refused(
            _("%(name)s works for another organisation too. Take the roles in yours instead.") % {"name": user.name}
        )


@action
def add_membership(*, user: User, unit: Unit, role: Role, by: User) -> Membership:
    """Give a user of one's organisation a role in one of its units."""
    _refuse_oneself(user, by)
    held = _("%(name)s already holds this role in %(unit)s.") % {"name": user.name, "unit": unit.name}
    with refusing("membership_once", held, "role"):
        return Membership.objects.create(user=user, unit=unit, role=role)


@action
def end_membership(*, membership: Membership, by: User) -> None:
    """Take a role from a user of one's organisation. Holds at once."""
    _refuse_oneself(membership.user, by)
    membership.delete()


@action
def deactivate(*, user: User, by: User | None) -> None:
    """Switch an account off, and end its sessions. `by` is nobody where the operator does it."""
    if by:
        _refuse_oneself(user, by)
        _refuse_shared(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)


@action
def reactivate(*, user: User, by: User | None) -> None:
    """Switch an account on again."""
    if by:
        _refuse_oneself(user, by)
        _refuse_shared(user, by)
    user.is_active = True
    user.save(update_fields=["is_active"])


@action
def reset_second_factor(*, user: User, by: User | None) -> None:
    """Take all second factors from somebody who has lost them, and end the sessions. A new one is set up at sign-in."""
    if by:
        _refuse_oneself(user, by)
        _refuse_shared(user, by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    notices.tell_of_changed_sign_in(user, "second_factor_reset")


@action
def reseal_second_factors() -> int:
    """Encrypt the secrets of second factors with the newest key. Returns how many had an older one."""
    resealed = 0
    for factor in Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]):
        secrets_of = {name: bytes.fromhex(factor.data[name]) for name in ("secret", "seed") if name in factor.data}
        old = {name: value for name, value in secrets_of.items() if encryption.key_of(value) != encryption.newest_key()}
        for name, value in old.items():
            factor.data[name] = encryption.encrypt(encryption.decrypt(value, BOUND_TO), BOUND_TO).hex()
        if old:
            factor.save(update_fields=["data"])
            resealed += 1
    return resealed


@action
def set_search(*, code: str, is_limited: bool) -> SecrecyDomain:
    """Say whether people of a domain are compiled by name and number only. Outside social services they need not be."""
    domain = SecrecyDomain.objects.filter(code=code).first()
    if domain is None:
        known = ", ".join(SecrecyDomain.objects.values_list("code", flat=True))
        raise Refused(_("There is no domain called %(code)s. There are: %(known)s.") % {"code": code, "known": known})
    domain.limits_search = is_limited
    domain.save(update_fields=["limits_search"])
    return domain


@action
def admit(*, identity: Identity) -> None:
    """Let somebody in whom the identity provider vouches for, or refuse. At the first time the account is found.

    An account that is there is found by an address that the provider answers for, once; then by the provider's own
    name of the person. Nobody is made. An account has one person of a provider: who comes with its address and
    another name is somebody new at an old address.
    """
    known = SocialAccount.objects.filter(provider=identity.issuer)
    known.filter(uid__in=identity.older).update(uid=identity.uid)
    if known.filter(uid=identity.uid).exists():
        return
    if not identity.email:
        raise Refused(_("Your municipality's sign-in does not say which e-mail address is yours. Tell its IT support."))
    user = User.objects.select_for_update().filter(email=identity.email).first()
    if user is None or not user.is_active:
        raise Refused(
            _("There is no account with the address %(email)s. Ask the administrator of your unit to invite you.")
            % {"email": identity.email}
        )
    if SocialAccount.objects.filter(user=user, provider=identity.issuer).exists():
        raise Refused(
            _("The account %(email)s belongs to another person of your municipality's sign-in. Ask the administrator.")
            % {"email": identity.email}
        )
    SocialAccount.objects.create(user=user, provider=identity.issuer, uid=identity.uid)
    notices.tell_of_changed_sign_in(user, "identity_linked")


@action
def forget_identity(*, user: User, by: User | None) -> None:
    """Forget who somebody is to the identity provider, and end the sessions. The next sign-in finds it anew."""
    if by:
        _refuse_oneself(user, by)
        _refuse_shared(user, by)
    SocialAccount.objects.filter(user=user).delete()
    end_sessions(user)


def end_sessions(user: User) -> None:
    """Sign a user out everywhere."""
    sessions: Iterable[UserSession] = UserSession.objects.filter(user=user)
    for session in sessions:
        session.end()


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@action
def invite(*, email: str, name: str, unit: Unit, role: Role, by: User, link: Callable[[str], str]) -> Invitation:
    """Invite somebody to a role in a unit. `link` gives the address of the page for a token."""
    email = email.lower()
    if Membership.objects.filter(user__email=email, unit=unit, role=role).exists():
        raise Refused(_("%(name)s already holds this role in %(unit)s.") % {"name": name, "unit": unit.name}, "email")
    waits = _("%(email)s is invited to this role already. Send that invitation again.") % {"email": email}
    token = secrets.token_urlsafe(32)
    with refusing("invitation_waits_once", waits, "email"):
        invitation = Invitation.objects.create(
            email=email,
            name=name,
            unit=unit,
            role=role,
            invited_by=by,
            token_hash=hash_of(token),
            expires_at=timezone.now() + INVITED_FOR,
        )
    _send(invitation, link(token))
    return invitation


@action
def resend_invitation(*, invitation: Invitation, by: User, link: Callable[[str], str]) -> None:
    """Send an invitation again, with another token; the one before no longer holds."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.invited_by = hash_of(token), by
    invitation.expires_at = timezone.now() + INVITED_FOR
    invitation.save()
    _send(invitation, link(token))


def _send(invitation: Invitation, address: str) -> None:
    """Send the e-mail now: a job would keep the token in the queue."""
    try:
        notices.invite(invitation, address)
    except (OSError, smtplib.SMTPException):
        raise Refused(_("The e-mail could not be sent, so nobody is invited. Try again later."), "email") from None


@action
def withdraw_invitation(*, invitation: Invitation) -> None:
    """Take an invitation back."""
    invitation.delete()


@action
def accept_invitation(*, token: str, password: str, by: User | None) -> User:
    """Take the role that one is invited to; make the account where there is none. Without a password, none is set."""
    invitation = Invitation.objects.select_for_update().waiting().filter(token_hash=hash_of(token)).first()
    if invitation is None or invitation.is_over:
        raise Refused(_("This invitation no longer holds. Ask for a new one."))
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, password or None, name=invitation.name)
    elif by is None or by.pk != user.pk:
        raise Refused(_("There is an account with this address. Sign in with it first."))
    Membership.objects.get_or_create(user=user, unit=invitation.unit, role=invitation.role)
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    return user


@action
def describe_competence(*, user: User, competence: str) -> None:
    """Say what a member of staff is good at: shown where somebody is chosen for a case."""
    user.competence = competence.strip()
    user.save(update_fields=["competence"])
