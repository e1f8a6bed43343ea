"""The mail server that LOTSEN_EMAIL_URL names, as Django's settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

#: Scheme -> TLS from the first byte, TLS after greeting, usual port.
SCHEMES = {"smtps": (True, False, 465), "smtp": (False, True, 587), "smtp-plain": (False, False, 25)}


def from_url(url: str) -> dict[str, Any]:
    """Read `smtp://user:password@host:587`. With nothing, mail is written to the log."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(f"LOTSEN_EMAIL_URL begins with one of {', '.join(SCHEMES)}, and names a host.")
    use_ssl, use_tls, port = SCHEMES[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": use_ssl,
        "EMAIL_USE_TLS": use_tls,
        "EMAIL_TIMEOUT": 10,
    }
