"""One's own password and security keys."""

from allauth.account.views import PasswordChangeView
from allauth.mfa.adapter import get_adapter as second_factors
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import EditWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from lotsen.core.rights import Request, signed_in


@signed_in
def password_change(request: Request) -> HttpResponse:
    """Change one's own password. Who signs in by an identity provider has none here."""
    if not request.user.has_usable_password() or not settings.PASSWORDS_ARE_ON:
        raise Http404
    response: HttpResponse = PasswordChangeView.as_view()(request)
    return response


@signed_in
def security_key_rename(request: Request, pk: int) -> HttpResponse:
    """Give one's own security key another name."""
    response: HttpResponse = EditWebAuthnView.as_view(success_url=reverse("mfa_index"))(request, pk=pk)
    return response


@signed_in
def security_key_remove(request: Request, pk: int) -> HttpResponse:
    """Take one's own security key away, unless it is the last factor where one is required."""
    key = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    # The library asks this for apps only.
    if not second_factors().can_delete_authenticator(key):
        messages.error(request, second_factors().error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    response: HttpResponse = RemoveWebAuthnView.as_view(success_url=reverse("mfa_index"))(request, pk=pk)
    return response
