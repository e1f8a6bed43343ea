"""What is done with persons, with who may know of them, and with their consents."""

from .consents import record_consent, withdraw_consent
from .persons import register_person, show_identity_number
from .protection import (
    dismiss_reader,
    lift_protection,
    name_reader,
    open_in_emergency,
    protect_person,
    review_emergency,
    tell_managers,
)

__all__ = [
    "dismiss_reader",
    "lift_protection",
    "name_reader",
    "open_in_emergency",
    "protect_person",
    "record_consent",
    "register_person",
    "review_emergency",
    "show_identity_number",
    "tell_managers",
    "withdraw_consent",
]
