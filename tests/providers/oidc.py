"""An OIDC provider for tests: `python -m tests.providers.oidc`. Writes its address on the first line.

It asks nobody for a password: whoever comes is the person that was last set by POST /control. There one also says how
it shall lie. Its tokens are signed by joserfc, which is not the library that reads them.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

CLIENT, SECRET = "lotsen", "only-for-tests-and-nothing-else"
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}) for _ in range(2))
#: What was set by /control: `claims` replace or add to those of the token, None takes one away; `userinfo` likewise;
#: `config` those of the configuration; `lie` is one of those below.
said: dict[str, Any] = {}
codes: dict[str, dict[str, str]] = {}


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def changed(original: dict[str, Any], by: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**original, **by}.items() if value is not None}


def signed(claims: dict[str, Any], lie: str) -> str:
    """Sign a token as it should be, or in one of the wrong ways."""
    payload = json.dumps(claims).encode()
    if lie == "unsigned":
        return f"{encoded(json.dumps({'alg': 'none', 'kid': 'one'}).encode())}.{encoded(payload)}."
    secrets_of = {
        "signed with the public key as a secret": KEY.as_pem(private=False),
        "signed with the client's secret": SECRET.encode(),
    }
    if secret := secrets_of.get(lie):
        # By hand: the library refuses to take a public key for a secret.
        text = f"{encoded(json.dumps({'alg': 'HS256', 'kid': 'one'}).encode())}.{encoded(payload)}"
        return f"{text}.{encoded(hmac.digest(secret, text.encode(), 'sha256'))}"
    key = OTHER if lie == "signed by another key" else KEY
    token = jws.serialize_compact({"alg": "RS256", "kid": "one"}, payload, key)
    if lie == "changed after signing":
        head, _payload, signature = token.split(".")
        return f"{head}.{encoded(json.dumps({**claims, 'email': 'annan@exempel.se'}).encode())}.{signature}"
    return token


class Handler(BaseHTTPRequestHandler):
    """The provider's pages."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answers = {
            "/.well-known/openid-configuration": self.configuration,
            "/keys": lambda: self.json({"keys": [KEY.as_dict(private=False)]}),
            "/userinfo": self.userinfo,
            "/asked": lambda: self.json(said.get("asked", {})),
        }
        if parts.path == "/authorize":
            self.authorize(query)
        elif parts.path in answers:
            answers[parts.path]()
        else:
            self.json({}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            said.clear()
            said.update(json.loads(body))
            self.json({})
        else:
            self.token({name: values[0] for name, values in parse_qs(body).items()})

    def configuration(self) -> None:
        ours = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        self.json(changed(ours, said.get("config", {})))

    def authorize(self, query: dict[str, str]) -> None:
        said["asked"] = query
        if query.get("client_id") != CLIENT or query.get("response_type") != "code":
            self.json({"error": "unauthorized_client"}, 400)
            return
        if said.get("lie") == "no":
            self.redirect(query["redirect_uri"], {"error": "access_denied", "state": query["state"]})
            return
        code = secrets.token_urlsafe(16)
        codes[code] = query
        self.redirect(query["redirect_uri"], {"code": code, "state": query["state"]})

    def token(self, sent: dict[str, str]) -> None:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = codes.pop(sent.get("code", ""), None)
        challenge = encoded(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        is_right = (
            asked is not None
            and self.headers["Authorization"] == f"Basic {basic}"
            and sent.get("redirect_uri") == asked["redirect_uri"]
            and (said.get("lie") == "no PKCE" or challenge == asked.get("code_challenge"))
        )
        if not is_right or asked is None:
            self.json({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "a1b2",
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            "email": "ingen@exempel.se",
            "email_verified": True,
        }
        token = signed(changed(claims, said.get("claims", {})), said.get("lie", ""))
        self.json({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def userinfo(self) -> None:
        self.json(changed({"sub": "a1b2"}, said.get("userinfo", {})))

    def redirect(self, address: str, query: dict[str, str]) -> None:
        self.send_response(302)
        self.send_header("Location", f"{address}?{urlencode(query)}")
        self.end_headers()

    def json(self, content: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
