"""Links that open something to who holds them, without signing in. Only the message or letter holds the token."""

import hashlib
import secrets

#: Letters and digits that nobody takes for one another, also on paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_token() -> str:
    """Return what makes a link one's own: 80 bits, in four groups that can be typed."""
    return "-".join("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))


def digest(kind: str, token: str) -> str:
    """Return what is stored of a link, by what it opens: no digest of a link tells another one.

    The same as `lotsen_link_as(kind)` in the database.
    """
    return hashlib.sha256(f"{kind}:{token}".encode()).hexdigest()
