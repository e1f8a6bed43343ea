"""Sign-in by the municipality's SAML 2 provider: what we ask it, and how its answer is read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Saml
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from lotsen.core.providers import Identity, identity_of

#: The name of a person for good, and the address, as providers call them.
SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"
EMAIL = (
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "mail",
    "email",
)
#: A name that is another each time, and one that may be given to somebody else one day.
NOT_FOR_GOOD = {Saml.NAMEID_TRANSIENT, Saml.NAMEID_EMAIL_ADDRESS}


class Invalid(Exception):
    """The answer of the provider is not believed. The message is for the log."""


def _config(request: HttpRequest) -> dict[str, Any]:
    provider = settings.IDENTITY_PROVIDER
    assert provider
    described = request.build_absolute_uri(reverse("saml_metadata"))
    return {
        "strict": True,
        "idp": dict(provider.metadata),
        "sp": {
            "entityId": provider.entity_id or described,
            "assertionConsumerService": {
                "url": request.build_absolute_uri(reverse("saml_acs")),
                "binding": Saml.BINDING_HTTP_POST,
            },
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantAttributeStatement": True,
            "rejectDeprecatedAlgorithm": True,
            "signatureAlgorithm": Saml.RSA_SHA256,
            "digestAlgorithm": Saml.SHA256,
            "requestedAuthnContext": sorted(settings.ASSURANCE) or False,
            "allowRepeatAttributeName": True,
            # Inside a municipality a name without a dot is a name too.
            "allowSingleLabelDomains": True,
        },
    }


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": request.path,
        "get_data": {},
        "post_data": {},
    }


def question(request: HttpRequest) -> tuple[str, str]:
    """Return the address that asks the provider, and the id of the question."""
    asking = OneLogin_Saml2_Auth(_asked(request), _config(request))
    address: str = asking.login(return_to="", set_nameid_policy=False)
    return address, asking.get_last_request_id()


def read_answer(request: HttpRequest) -> tuple[Identity, str]:
    """Check an answer of the provider. Returns whom it is about, and the id of the question that it answers."""
    try:
        library = OneLogin_Saml2_Settings(_config(request))
        answer = OneLogin_Saml2_Response(library, request.POST.get("SAMLResponse", ""))
        answer.is_valid(_asked(request), raise_exceptions=True)
        question_id = answer.get_in_response_to()
        _check_what_the_library_lets_pass(answer, question_id)
        return _identity(answer), question_id
    # Broken base64 and broken XML come as ValueError.
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, ValueError, SyntaxError, AttributeError) as error:
        raise Invalid(str(error)) from error


def _check_what_the_library_lets_pass(answer: Any, question_id: str | None) -> None:
    """Refuse an answer that nobody asked for, and one that could be shown elsewhere, to others or for ever."""
    if not question_id:
        raise Invalid("nobody asked for this answer")
    if not answer.get_audiences():
        raise Invalid("it names no audience")
    if answer.encrypted:
        raise Invalid("it is encrypted")
    confirmed = OneLogin_Saml2_XML.query(answer.document, "//saml:SubjectConfirmationData")
    for each in confirmed:
        if each.get("InResponseTo") != question_id or not each.get("NotOnOrAfter") or not each.get("Recipient"):
            raise Invalid("its confirmation is not bound to the question, to us and to a time")


def _identity(answer: Any) -> Identity:
    provider = settings.IDENTITY_PROVIDER
    assert provider
    said: dict[str, list[str]] = answer.get_attributes()
    subject = _first(said, provider.uid_attribute or SUBJECT_ID)
    if not subject and not provider.uid_attribute and answer.get_nameid_format() not in NOT_FOR_GOOD:
        subject = answer.get_nameid() or ""
    if not subject:
        raise Invalid("it names nobody for good: set LOTSEN_SAML_UID to an attribute that does")
    levels = answer.get_authn_contexts()
    email = next(filter(None, (_first(said, name) for name in EMAIL)), "")
    return identity_of(provider, subject=subject, email=email, verified=None, level=levels[0] if levels else "")


def _first(said: dict[str, list[str]], name: str) -> str:
    return next(iter(said.get(name, [])), "") or ""


def metadata(request: HttpRequest) -> bytes:
    """Return what the provider must know of us."""
    library = OneLogin_Saml2_Settings(_config(request), sp_validation_only=True)
    described = library.get_sp_metadata()
    if faults := library.validate_metadata(described):
        raise Invalid(", ".join(faults))
    return described if isinstance(described, bytes) else described.encode()
