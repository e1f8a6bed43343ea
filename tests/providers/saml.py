"""A SAML 2 provider for tests: `python -m tests.providers.saml`. Writes its address on the first line.

It asks nobody for a password: whoever comes is the person that was last set by POST /control. There one also says how
it shall lie. Its answers are signed by signxml, which is not the library that reads them.
"""

import base64
import json
import secrets
import sys
import zlib
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod, XMLSigner

PROTOCOL, ASSERTION = "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion"
NAMES = {"p": PROTOCOL, "a": ASSERTION, "ds": "http://www.w3.org/2000/09/xmldsig#"}
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
said: dict[str, Any] = {}


def pair() -> tuple[rsa.RSAPrivateKey, bytes]:
    """Return a key and its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example")])
    now = datetime.now(UTC)
    about = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    about = about.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    return key, about.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


(KEY, CERTIFICATE), (OTHER_KEY, OTHER_CERTIFICATE) = pair(), pair()


class OldSigner(XMLSigner):
    """Signs with SHA-1, which the library itself no longer does."""

    def check_deprecated_methods(self) -> None:
        """Let it."""


def moment(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def assertion_of(issuer: str, asked: dict[str, str]) -> str:
    """Write what is said of the person."""
    lie = said.get("lie", "")
    until = moment(-10 if lie == "expired" else 5)
    audience = "https://another.example" if lie == "wrong audience" else asked["issuer"]
    only = f"<a:AudienceRestriction><a:Audience>{audience}</a:Audience></a:AudienceRestriction>"
    bound = "" if lie == "not bound to the question" else f' InResponseTo="{asked["id"]}"'
    name_format = said.get("format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")
    values = {MAIL: "ingen@exempel.se", **said.get("attributes", {})}
    attributes = "".join(
        f'<a:Attribute Name="{name}"><a:AttributeValue>{value}</a:AttributeValue></a:Attribute>'
        for name, value in values.items()
    )
    return (
        f'<a:Assertion xmlns:a="{ASSERTION}" ID="_{secrets.token_hex(16)}" Version="2.0" IssueInstant="{moment(0)}">'
        f"<a:Issuer>{'https://another.example' if lie == 'wrong issuer' else issuer}</a:Issuer>"
        f'<a:Subject><a:NameID Format="{name_format}">{said.get("subject", "a1b2")}</a:NameID>'
        '<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
        f'<a:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{asked["acs"]}"{bound}/>'
        "</a:SubjectConfirmation></a:Subject>"
        f'<a:Conditions NotBefore="{moment(-20)}" NotOnOrAfter="{until}">{"" if lie == "no audience" else only}'
        f'</a:Conditions><a:AuthnStatement AuthnInstant="{moment(0)}"><a:AuthnContext><a:AuthnContextClassRef>'
        f"{said.get('level', 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password')}"
        "</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>"
        f"<a:AttributeStatement>{attributes}</a:AttributeStatement></a:Assertion>"
    )


def signed(assertion: str) -> etree._Element:
    """Sign as it should be, or in one of the wrong ways."""
    lie = said.get("lie", "")
    root = etree.fromstring(assertion)
    if lie == "unsigned":
        return root
    signer, method, digest = XMLSigner, SignatureMethod.RSA_SHA256, DigestAlgorithm.SHA256
    if lie == "SHA-1":
        signer, method, digest = OldSigner, SignatureMethod.RSA_SHA1, DigestAlgorithm.SHA1
    key, certificate = (OTHER_KEY, OTHER_CERTIFICATE) if lie == "other key" else (KEY, CERTIFICATE)
    # Where the schema wants the signature: behind the issuer.
    place = etree.SubElement(root, f"{{{NAMES['ds']}}}Signature", {"Id": "placeholder"}, {"ds": NAMES["ds"]})
    root.insert(1, place)
    made = signer(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=method,
        digest_algorithm=digest,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    ).sign(root, key=key, cert=certificate.decode(), reference_uri=root.get("ID"))
    if lie == "changed after signing":
        (value,) = made.xpath(f"//a:Attribute[@Name='{MAIL}']/a:AttributeValue", namespaces=NAMES)
        value.text = said["becomes"]
    return made


def wrapped(made: etree._Element) -> list[etree._Element]:
    """Put a forged assertion where it is read, and the signed one where its signature is found."""
    forged = etree.fromstring(etree.tostring(made))
    forged.set("ID", "_forged")
    forged.remove(forged.find("ds:Signature", NAMES))
    (value,) = forged.xpath(f"//a:Attribute[@Name='{MAIL}']/a:AttributeValue", namespaces=NAMES)
    value.text = said["becomes"]
    lie = said["lie"]
    if lie == "wrapped: beside":
        return [forged, made]
    if lie == "wrapped: inside the signature":
        signature = made.find("ds:Signature", NAMES)
        made.remove(signature)
        etree.SubElement(signature, f"{{{NAMES['ds']}}}Object").append(made)
        forged.insert(1, signature)
        return [forged]
    # Inside an extension of the forged one.
    forged.find(".//a:AttributeValue", NAMES).append(made)
    return [forged]


def answer_to(issuer: str, asked: dict[str, str]) -> bytes:
    """Write the whole answer."""
    lie = said.get("lie", "")
    made = signed(assertion_of(issuer, asked))
    parts = wrapped(made) if lie.startswith("wrapped") else [made]
    bound = "" if lie == "nobody asked" else f' InResponseTo="{asked["id"]}"'
    status = "Responder" if lie == "no" else "Success"
    response = etree.fromstring(
        f'<p:Response xmlns:p="{PROTOCOL}" xmlns:a="{ASSERTION}" ID="_{secrets.token_hex(16)}" Version="2.0" '
        f'IssueInstant="{moment(0)}" Destination="{asked["acs"]}"{bound}><a:Issuer>{issuer}</a:Issuer><p:Status>'
        f'<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></p:Status></p:Response>'
    )
    response.extend(parts)
    return etree.tostring(response)


class Handler(BaseHTTPRequestHandler):
    """The provider's pages."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_POST(self) -> None:
        said.clear()
        said.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.say("")

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/metadata":
            self.say(self.metadata())
            return
        if parts.path != "/sso":
            # The picture beside the address, which a browser asks for by itself.
            self.send_error(404)
            return
        question = base64.b64decode(parse_qs(parts.query)["SAMLRequest"][0])
        xml = etree.fromstring(zlib.decompress(question, -15))
        asked = {
            "id": xml.get("ID"),
            "acs": xml.get("AssertionConsumerServiceURL"),
            "issuer": xml.findtext("a:Issuer", "", NAMES),
        }
        levels = [each.text for each in xml.iterfind(".//a:AuthnContextClassRef", NAMES)]
        answer = base64.b64encode(answer_to(self.address, asked)).decode()
        self.say(
            f'<form method="post" action="{asked["acs"]}" data-levels="{" ".join(levels)}">'
            f'<input name="SAMLResponse" value="{answer}"><button>OK</button></form>'
        )

    def metadata(self) -> str:
        certificate = "".join(CERTIFICATE.decode().split("\n")[1:-2])
        return (
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{self.address}">'
            f'<md:IDPSSODescriptor protocolSupportEnumeration="{PROTOCOL}"><md:KeyDescriptor use="signing">'
            f'<ds:KeyInfo xmlns:ds="{NAMES["ds"]}"><ds:X509Data><ds:X509Certificate>{certificate}'
            "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{self.address}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    def say(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
