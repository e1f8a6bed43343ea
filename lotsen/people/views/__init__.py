"""Pages of persons: who somebody is, consents, protected identities, the log of what was read."""

from .consents import consent_form, consent_list, consent_new, consent_withdraw
from .persons import person_detail, person_number
from .protection import emergency_list, emergency_review, person_protection, protection_end, reader_dismiss
from .readings import reading_list

__all__ = [
    "consent_form",
    "consent_list",
    "consent_new",
    "consent_withdraw",
    "emergency_list",
    "emergency_review",
    "person_detail",
    "person_number",
    "person_protection",
    "protection_end",
    "reader_dismiss",
    "reading_list",
]
