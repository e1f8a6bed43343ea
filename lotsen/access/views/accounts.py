"""The accounts of one's organisation; invitations and their answer."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lotsen.access import actions
from lotsen.access.enums import Permission, Role
from lotsen.access.exports import USER_COLUMNS
from lotsen.access.forms.accounts import InvitationForm, RoleForm, UserFilters, WelcomeForm
from lotsen.access.models import Invitation, Membership, User
from lotsen.core.forms import Form, once, pressed
from lotsen.core.pages import list_page
from lotsen.core.refused import Refused
from lotsen.core.rights import Request, allow, public


@allow(Permission.ACCOUNTS_MANAGE)
def user_list(request: Request) -> HttpResponse:
    """List the users of one's organisation."""
    kept = Membership.objects.kept_by(request.user).select_related("unit").order_by("unit__name", "role")
    users = User.objects.kept_by(request.user).prefetch_related(
        Prefetch("memberships", queryset=kept, to_attr="kept_memberships")
    )
    return list_page(
        request,
        queryset=users,
        filters=UserFilters,
        columns=USER_COLUMNS,
        template="access/user_list.html",
        title=_("Accounts"),
        context={"waiting": Invitation.objects.kept_by(request.user).waiting().count()},
    )


def _kept_user(request: Request, pk: UUID) -> User:
    found: User = get_object_or_404(User.objects.kept_by(request.user), pk=pk)
    return found


def _page_of(shown: User) -> str:
    return reverse("user_detail", args=[shown.pk])


@allow(Permission.ACCOUNTS_MANAGE)
def user_detail(request: Request, pk: UUID) -> HttpResponse:
    """Show an account: its roles, and whether it is on."""
    return _detail(request, _kept_user(request, pk), RoleForm(user=request.user))


def _detail(request: Request, shown: User, form: Form) -> HttpResponse:
    memberships = Membership.objects.kept_by(request.user).filter(user=shown).select_related("unit")
    context = {
        "shown": shown,
        "memberships": memberships.order_by("unit__name", "role"),
        "form": form,
        "is_oneself": shown.pk == request.user.pk,
    }
    return render(request, "access/user_detail.html", context, status=422 if form.errors else 200)


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def role_give(request: Request, pk: UUID) -> HttpResponse:
    """Give a role."""
    shown = _kept_user(request, pk)
    form = RoleForm(request.POST, user=request.user)
    if form.is_valid():

        def act() -> str:
            unit, role = form.cleaned_data["unit"], form.cleaned_data["role"]
            actions.add_membership(user=shown, unit=unit, role=role, by=request.user)
            return _page_of(shown)

        if address := once(request, form, act):
            messages.success(request, _("The role is given."))
            return redirect(address)
    return _detail(request, shown, form)


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def role_take(request: Request, pk: UUID) -> HttpResponse:
    """Take a role. Who is left with none in one's organisation leaves its list."""
    membership = get_object_or_404(Membership.objects.kept_by(request.user).select_related("user"), pk=pk)
    shown = membership.user

    def act() -> str:
        actions.end_membership(membership=membership, by=request.user)
        is_left = User.objects.kept_by(request.user).filter(pk=shown.pk).exists()
        return _page_of(shown) if is_left else reverse("user_list")

    return pressed(request, act, back=_page_of(shown), said=_("The role is taken."))


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def user_deactivate(request: Request, pk: UUID) -> HttpResponse:
    """Switch an account off."""
    shown = _kept_user(request, pk)
    act = partial(actions.deactivate, user=shown, by=request.user)
    return pressed(request, act, back=_page_of(shown), said=_("The account is off, and its sessions are ended."))


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def user_reactivate(request: Request, pk: UUID) -> HttpResponse:
    """Switch an account on again."""
    shown = _kept_user(request, pk)
    act = partial(actions.reactivate, user=shown, by=request.user)
    return pressed(request, act, back=_page_of(shown), said=_("The account is on."))


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def second_factor_reset(request: Request, pk: UUID) -> HttpResponse:
    """Take the second factors from somebody who has lost them."""
    shown = _kept_user(request, pk)
    act = partial(actions.reset_second_factor, user=shown, by=request.user)
    said = _("The second factors are gone. A new one is set up at the next sign-in.")
    return pressed(request, act, back=_page_of(shown), said=said)


@allow(Permission.ACCOUNTS_MANAGE)
def invitation_list(request: Request) -> HttpResponse:
    """Invite somebody, and list those who have not answered."""
    form = InvitationForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            fields = {name: form.cleaned_data[name] for name in ("email", "name", "unit", "role")}
            actions.invite(**fields, by=request.user, link=_link(request))
            return reverse("invitation_list")

        if address := once(request, form, act):
            messages.success(request, _("The invitation is sent."))
            return redirect(address)
    waiting = Invitation.objects.kept_by(request.user).waiting().select_related("unit")
    context = {"form": form, "waiting": waiting, "roles": Role}
    return render(request, "access/invitation_list.html", context, status=422 if form.errors else 200)


def _link(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("invitation_accept", args=[token]))


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def invitation_resend(request: Request, pk: UUID) -> HttpResponse:
    """Send an invitation again."""
    invitation = get_object_or_404(Invitation.objects.kept_by(request.user).waiting(), pk=pk)
    act = partial(actions.resend_invitation, invitation=invitation, by=request.user, link=_link(request))
    said = _("The invitation is sent again. The link that was sent before no longer works.")
    return pressed(request, act, back=reverse("invitation_list"), said=said)


@allow(Permission.ACCOUNTS_MANAGE)
@require_POST
def invitation_withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.kept_by(request.user).waiting(), pk=pk)
    act = partial(actions.withdraw_invitation, invitation=invitation)
    return pressed(request, act, back=reverse("invitation_list"), said=_("The invitation is withdrawn."))


@public
@never_cache
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation: choose a password, or take the role with the account that one has."""
    waiting = Invitation.objects.waiting().select_related("unit", "invited_by")
    invitation = waiting.filter(token_hash=actions.hash_of(token)).first()
    if invitation is None or invitation.is_over:
        message = _("It has been used or withdrawn, or is older than seven days. Ask who invited you for a new one.")
        said = {"title": _("This invitation no longer holds"), "message": message}
        return render(request, "error.html", said, status=404)
    has_account = User.objects.filter(email=invitation.email).exists()
    is_oneself = request.user.is_authenticated and request.user.email == invitation.email
    form = WelcomeForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and (is_oneself or (not has_account and form.is_valid())):
        password = "" if is_oneself else form.cleaned_data.get("password", "")
        by = User.objects.get(email=invitation.email) if is_oneself else None
        try:
            with transaction.atomic():
                actions.accept_invitation(token=token, password=password, by=by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            done = _("The role is yours.") if is_oneself else _("Your account is ready. Sign in.")
            messages.success(request, done)
            return redirect("start")
    context = {"invitation": invitation, "form": form, "has_account": has_account, "is_oneself": is_oneself}
    return render(request, "access/invitation_accept.html", context, status=422 if form.errors else 200)
