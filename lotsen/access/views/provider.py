"""Signing in by the municipality's identity provider: to it, and back from it by OIDC or by SAML."""

import json
from dataclasses import asdict

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lotsen.access import actions
from lotsen.access.forms import oidc
from lotsen.access.forms.sign_in import not_believed
from lotsen.core.providers import Identity, IdentityProvider
from lotsen.core.refused import Refused
from lotsen.core.rights import public
from lotsen.core.sessions import ASSURANCE

#: What SAML's answer has said, signed by us, on its way from the one page to the other (seconds).
ANSWER, ANSWER_HOLDS = "saml_answer", 120


def _provider(*kinds: str) -> IdentityProvider:
    """Return the installation's provider. Where it is not of the kind, the page is not there."""
    provider = settings.IDENTITY_PROVIDER
    if provider is None or provider.kind not in kinds:
        raise Http404
    return provider


def _admit(identity: Identity) -> None:
    with transaction.atomic():
        actions.admit(identity=identity)


def _turned_away(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"title": _("You have no account here"), "message": str(refused)}
    return render(request, "error.html", context, status=403)


@public
@require_GET
@never_cache
def provider_login(request: HttpRequest) -> HttpResponse:
    """Lead to the identity provider.

    By a link and not by a form: a browser checks where a form leads on every step of the way, and no policy can name
    all the steps behind a municipality's provider. What a form's token is for, the browser's own word does: a page of
    somebody else cannot begin it.
    """
    provider = _provider("oidc", "saml")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        back = get_next_redirect_url(request)
        return redirect(reverse("account_login") + (f"?{urlencode({'next': back})}" if back else ""))
    if provider.kind == "oidc":
        return oidc.begin(request)
    from lotsen.access.forms import saml

    address, question_id = saml.question(request)
    get_adapter().get_provider(request, provider.issuer).stash_redirect_state(
        request, AuthProcess.LOGIN, get_next_redirect_url(request), state_id=question_id
    )
    return redirect(address)


@public
@never_cache
@require_GET
def oidc_callback(request: HttpRequest) -> HttpResponse:
    """Come back from the provider, by OIDC."""
    _provider("oidc")
    try:
        return oidc.finish(request, _admit)
    except Refused as refused:
        return _turned_away(request, refused)


@public
@csrf_exempt
@never_cache
@require_POST
def saml_acs(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer.

    The browser sends it from the provider's page, so without our session. What the answer says is checked here, and
    goes on to the next page in a cookie that we sign: who it is, and which question it answers.
    """
    _provider("saml")
    from lotsen.access.forms import saml

    try:
        identity, question_id = saml.read_answer(request)
    except saml.Invalid as invalid:
        return not_believed(request, invalid)
    response = redirect("saml_finish")
    response.set_signed_cookie(
        ANSWER,
        json.dumps([asdict(identity), question_id]),
        salt=ANSWER,
        max_age=ANSWER_HOLDS,
        path=reverse("saml_finish"),
        secure=settings.USE_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@public
@never_cache
@require_GET
def saml_finish(request: HttpRequest) -> HttpResponse:
    """Come back from the provider, by SAML: the answer must be to a question of this browser, and holds once."""
    issuer = _provider("saml").issuer
    said = request.get_signed_cookie(ANSWER, default="", salt=ANSWER, max_age=ANSWER_HOLDS)
    if not said:
        return not_believed(request, "there is no answer, or it is too old")
    fields, question_id = json.loads(said)
    identity = Identity(**fields)
    provider = get_adapter().get_provider(request, issuer)
    try:
        state = provider.unstash_redirect_state(request, question_id)
        _admit(identity)
    except PermissionDenied:
        return not_believed(request, "this browser did not ask for this answer")
    except Refused as refused:
        return _turned_away(request, refused)
    login = oidc.social_login(provider, identity)
    login.state = {**state, ASSURANCE: identity.level}
    response: HttpResponse = complete_social_login(request, login)
    response.delete_cookie(ANSWER, path=reverse("saml_finish"))
    return response


@public
@require_GET
def saml_metadata(request: HttpRequest) -> HttpResponse:
    """Say to the provider who we are."""
    _provider("saml")
    from lotsen.access.forms import saml

    return HttpResponse(saml.metadata(request), content_type="application/samlmetadata+xml")
