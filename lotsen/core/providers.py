"""The municipality's own identity provider, as the environment names it: at most one, by OIDC or by SAML 2."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .encryption import blind_indexes

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class IdentityProvider:
    """Who says who somebody is, and what must be known to ask."""

    #: `oidc` or `saml`; the issuer's address or entity id; the word on the button.
    kind: str
    issuer: str
    name: str
    #: Domains whose e-mail addresses the provider answers for where it does not say of each that it is verified.
    domains: frozenset[str]
    client_id: str = ""
    secret: str = field(default="", repr=False)
    #: Of SAML: what its metadata say of the provider; our entity id; the attribute that names a person for good.
    metadata: Mapping[str, Any] = field(default_factory=dict, repr=False)
    entity_id: str = ""
    uid_attribute: str = ""


@dataclass(frozen=True)
class Identity:
    """Whom the provider says that somebody is: a name for good, an address that it answers for, a level.

    `older` are the hashes of the name by older keys of the index: by one of them the account may still be known.
    """

    issuer: str
    uid: str
    email: str
    level: str
    older: tuple[str, ...] = ()


def identity_of(provider: IdentityProvider, *, subject: str, email: str, verified: bool | None, level: str) -> Identity:
    """Take what a provider has said. The subject may be an identity number, so only its keyed hash is kept."""
    given = email.strip()
    domain = given.lower().rpartition("@")[2]
    is_answered_for = domain in provider.domains if verified is None else verified
    # Some letters outside ASCII turn into letters of it when made small; an address with them is nobody's here.
    vouched = given.lower() if is_answered_for and given.isascii() else ""
    uid, *older = (index.hex() for index in blind_indexes(f"{provider.issuer}\n{subject}"))
    return Identity(issuer=provider.issuer, uid=uid, email=vouched, level=level, older=tuple(older))


def is_safe(address: str) -> bool:
    """Tell whether nobody on the way can read and change what is sent there: by TLS, or on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def from_environment(environment: Mapping[str, str]) -> IdentityProvider | None:
    """Return the provider that the environment names, or nothing. Half a configuration is an error."""
    kinds = {"LOTSEN_OIDC_ISSUER": _oidc, "LOTSEN_SAML_METADATA": _saml}
    named = [name for name in kinds if environment.get(name)]
    if not named:
        return None
    if len(named) > 1:
        raise ImproperlyConfigured(f"Name one identity provider, so only one of {' and '.join(kinds)}.")
    return kinds[named[0]](environment, frozenset(words(environment.get("LOTSEN_PROVIDER_DOMAINS", "").lower())))


def words(text: str) -> list[str]:
    """Return the words of a list, with commas or spaces between them."""
    return text.replace(",", " ").split()


def _needed(environment: Mapping[str, str], name: str) -> str:
    if not environment.get(name):
        raise ImproperlyConfigured(f"{name} is missing: docs/operate.md says what an identity provider needs.")
    return environment[name]


def _oidc(environment: Mapping[str, str], domains: frozenset[str]) -> IdentityProvider:
    issuer = environment["LOTSEN_OIDC_ISSUER"]
    if not is_safe(issuer):
        raise ImproperlyConfigured("LOTSEN_OIDC_ISSUER begins with https://.")
    return IdentityProvider(
        kind="oidc",
        issuer=issuer,
        name=_needed(environment, "LOTSEN_OIDC_NAME"),
        domains=domains,
        client_id=_needed(environment, "LOTSEN_OIDC_CLIENT_ID"),
        secret=_needed(environment, "LOTSEN_OIDC_CLIENT_SECRET"),
    )


def _saml(environment: Mapping[str, str], domains: frozenset[str]) -> IdentityProvider:
    # Heavy, and not wanted where there is no SAML.
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    text = environment["LOTSEN_SAML_METADATA"].strip()
    if not text.startswith("<"):
        text = Path(text).read_text(encoding="utf-8")
    found = OneLogin_Saml2_IdPMetadataParser.parse(text).get("idp", {})
    if not {"entityId", "singleSignOnService"} <= found.keys() or not {"x509cert", "x509certMulti"} & found.keys():
        raise ImproperlyConfigured("LOTSEN_SAML_METADATA names no provider with an address for redirects and a key.")
    if not is_safe(found["singleSignOnService"]["url"]):
        raise ImproperlyConfigured("The address of the provider in LOTSEN_SAML_METADATA begins with https://.")
    if not domains:
        raise ImproperlyConfigured(
            "LOTSEN_PROVIDER_DOMAINS is missing: SAML does not say which addresses are verified."
        )
    return IdentityProvider(
        kind="saml",
        issuer=found["entityId"],
        name=_needed(environment, "LOTSEN_SAML_NAME"),
        domains=domains,
        metadata=found,
        entity_id=environment.get("LOTSEN_SAML_ENTITY_ID", ""),
        uid_attribute=environment.get("LOTSEN_SAML_UID", ""),
    )


def for_library(provider: IdentityProvider | None) -> dict[str, Any]:
    """Return SOCIALACCOUNT_PROVIDERS: the sign-in library takes providers from here, and none from the database."""
    apps: dict[str, list[dict[str, Any]]] = {"oidc": [], "saml": []}
    if provider:
        about = {"provider_id": provider.issuer, "name": provider.name, "secret": provider.secret}
        described = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        options = {"server_url": described, "oauth_pkce_enabled": True}
        apps[provider.kind] = [{**about, "client_id": provider.client_id or provider.issuer, "settings": options}]
    return {
        "openid_connect": {"provider_class": "lotsen.access.forms.oidc.Provider", "APPS": apps["oidc"]},
        "saml": {"APPS": apps["saml"]},
    }


def check(provider: IdentityProvider | None, *, passwords: bool, assurance: frozenset[str]) -> None:
    """Refuse settings with which nobody could sign in, or nobody could open a page with people's data."""
    if not provider and not passwords:
        raise ImproperlyConfigured("With LOTSEN_PASSWORDS=off an identity provider is needed.")
    if not provider and assurance:
        raise ImproperlyConfigured("With LOTSEN_ASSURANCE an identity provider is needed: a password has no level.")
