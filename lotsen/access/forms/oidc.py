"""Sign-in by the municipality's OIDC provider: the library leads, and what the provider says is checked here.

The library takes an ID token that it fetched itself for true, without looking at its signature, knows no nonce, and
lets the userinfo outvote the token. So the token is read here, in full, and nothing else is believed.
"""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import jwt
import requests
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lotsen.core.providers import Identity, identity_of, is_safe
from lotsen.core.sessions import ASSURANCE

from .sign_in import not_believed

#: With a public key only: a token signed with a secret would make the client able to sign for the provider.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
NEEDED = ["iss", "aud", "sub", "exp", "iat", "nonce"]
#: The clocks of both may differ by so much (seconds).
LEEWAY = 60
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def social_login(provider: Any, identity: Identity) -> SocialLogin:
    """Return what the library signs in by. Of the person it holds the keyed name alone."""
    return SocialLogin(provider=provider, account=SocialAccount(provider=identity.issuer, uid=identity.uid))


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library has no types
    """Asks the provider, and believes only what its own key has signed, for us, now, and for this browser."""

    #: Lets the identity in, or refuses; the view sets it, since a form calls no action.
    admit: Callable[[Identity], None]
    #: What was remembered in the session when the sign-in began.
    state: dict[str, Any]

    @property
    def openid_config(self) -> dict[str, Any]:
        """Fetch the provider's description of itself, which must be its own and lead to safe addresses only."""
        try:
            config: dict[str, Any] = super().openid_config
        except (requests.RequestException, ValueError) as error:
            raise OAuth2Error(f"no configuration: {error}") from error
        if config.get("issuer") != self.provider_id:
            raise OAuth2Error("the configuration is of another issuer")
        if unsafe := [name for name in ENDPOINTS if not is_safe(config.get(name, ""))]:
            raise OAuth2Error(f"not by TLS: {', '.join(unsafe)}")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Return the address to come back to."""
        return request.build_absolute_uri(reverse("oidc_callback"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Read the token, ask whether its person may come in, and keep the level for the session."""
        try:
            claims = self._claims(app.client_id, kwargs["response"].get("id_token") or "")
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error(f"the ID token is not valid: {error}") from error
        if "email" not in claims:
            claims = {**self._user_info(token.token, claims["sub"]), **claims}
        assert settings.IDENTITY_PROVIDER
        verified = claims.get("email_verified")
        identity = identity_of(
            settings.IDENTITY_PROVIDER,
            subject=claims["sub"],
            email=str(claims.get("email") or ""),
            verified=None if verified is None else verified in (True, "true"),
            level=str(claims.get("acr") or ""),
        )
        self.admit(identity)
        self.state[ASSURANCE] = identity.level
        return social_login(self.get_provider(), identity)

    def _claims(self, client_id: str, token: str) -> dict[str, Any]:
        config = self.openid_config
        key_id = jwt.get_unverified_header(token).get("kid")
        keys = [key for key in self._keys(config["jwks_uri"]) if key_id in (None, key.get("kid"))]
        if len(keys) != 1:
            raise OAuth2Error(f"the provider has {len(keys)} keys of the name {key_id}")
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(keys[0], header["alg"] if header["alg"] in ALGORITHMS else None),
            algorithms=ALGORITHMS,
            issuer=config["issuer"],
            audience=client_id,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
        # Also meant for others: one of them could have shown it here.
        if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
            raise OAuth2Error("the ID token is for others too")
        expected = str(self.state.get("nonce") or "")
        if not expected or not secrets.compare_digest(str(claims["nonce"]).encode(), expected.encode()):
            raise OAuth2Error("the ID token is of another sign-in")
        return claims

    def _keys(self, address: str) -> list[dict[str, Any]]:
        keys: list[dict[str, Any]] = self._fetched(address)["keys"]
        return [key for key in keys if key.get("use", "sig") == "sig"]

    def _user_info(self, token: str, subject: str) -> dict[str, Any]:
        """Ask for the address, where the token does not hold it: of the same person, or it is not believed."""
        address = self.openid_config.get("userinfo_endpoint", "")
        if not is_safe(address):
            return {}
        found = self._fetched(address, token)
        if found.get("sub") != subject:
            raise OAuth2Error("the userinfo is of somebody else")
        return {name: found[name] for name in ("email", "email_verified") if name in found}

    def _fetched(self, address: str, token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers=headers)
            if answer.status_code != HTTPStatus.OK:
                raise OAuth2Error(f"{answer.status_code} from {address}")
            found: dict[str, Any] = answer.json()
        return found


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # the library has no types
    """The library's provider, with our checks."""

    oauth2_adapter_class = Adapter


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # the library has no types
    """The way back from the provider. The library looks after state and PKCE."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, response


def begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider. Nothing of the request goes with it but the page to come back to."""
    assert settings.IDENTITY_PROVIDER
    nonce = secrets.token_urlsafe(32)
    asked = {"nonce": nonce}
    if settings.ASSURANCE:
        asked["acr_values"] = " ".join(sorted(settings.ASSURANCE))
    provider = get_adapter().get_provider(request, settings.IDENTITY_PROVIDER.issuer)
    try:
        response: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            scope=["openid", "email"],
            auth_params=asked,
            nonce=nonce,
        )
    except OAuth2Error as error:
        return not_believed(request, error)
    return response


def finish(request: HttpRequest, admit: Callable[[Identity], None]) -> HttpResponse:
    """Take the answer of the provider. `admit` refuses who may not come in."""
    assert settings.IDENTITY_PROVIDER
    adapter = Adapter(request, settings.IDENTITY_PROVIDER.issuer)
    adapter.admit = admit
    response: HttpResponse = Callback.adapter_view(adapter)(request)
    return response
