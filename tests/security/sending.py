"""What may be sent to each address: by whom it is let in, and which names its forms read."""

from collections.abc import Iterator
from functools import cache

from django.forms import BaseForm
from django.test import Client

from lotsen.access.models import User
from tests.access.expected import expected_of
from tests.addresses import addresses

#: One of each kind who meets other pages than the one before.
ATTACKERS = ("coach", "manager", "auditor", "administrator", "unit_manager")
#: Read by views, and by no form.
BESIDE_FORMS = {"page", "export", "all", "next", "language", "form_language", "sent"}


def _subclasses(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for each in form.__subclasses__():
        yield each
        yield from _subclasses(each)


@cache
def names_read() -> tuple[str, ...]:
    """Return every name that a form or a view of ours reads from what is sent."""
    addresses()  # imports every page, and so every form
    own = [form for form in _subclasses(BaseForm) if form.__module__.startswith(("lotsen.", "allauth."))]
    fields = {name for form in own for name in getattr(form, "base_fields", {})}
    return tuple(sorted(fields | BESIDE_FORMS))


def let_in() -> list[tuple[str, str]]:
    """Return each address with the attackers whom it lets in, by any method: the rest is refused before it reads."""
    pairs = []
    for address in addresses():
        answers = expected_of(address.name)
        able = [who for who in ATTACKERS if answers[who] not in {403, 404}]
        pairs += [(address.name, who) for who in able[: 1 if address.is_own else None]]
    return pairs


def clients(people: dict[str, User | None]) -> dict[str, Client]:
    """Return a browser for each attacker. It answers 500 where a page breaks, as a server does."""
    found = {}
    for who in ATTACKERS:
        found[who] = Client(raise_request_exception=False)
        found[who].force_login(people[who])
    return found
