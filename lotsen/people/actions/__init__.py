"""What is done with persons, with who may know of them, and with their consents."""

from .consents import record_consent, withdraw_consent
from .keys import keys_in_use, rotate_keys
from .meetings import call_meeting, put_on_agenda, take_off_agenda
from .mergings import merge_persons, refuse_unlike, undo_merging
from .persons import correct_person, keep_former_number, register_person, show_identity_number
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
    "call_meeting",
    "correct_person",
    "dismiss_reader",
    "keep_former_number",
    "keys_in_use",
    "lift_protection",
    "merge_persons",
    "name_reader",
    "open_in_emergency",
    "protect_person",
    "put_on_agenda",
    "record_consent",
    "refuse_unlike",
    "register_person",
    "review_emergency",
    "rotate_keys",
    "show_identity_number",
    "take_off_agenda",
    "tell_managers",
    "undo_merging",
    "withdraw_consent",
]
