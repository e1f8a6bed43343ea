"""Pages of persons: who somebody is, consents, protected identities, the log of what was read."""

from .consents import consent_form, consent_list, consent_new, consent_withdraw
from .meetings import agenda_remove, meeting_detail, meeting_list
from .mergings import merging_undo, person_correct, person_merge, person_merge_preview
from .protection import emergency_list, emergency_review, person_protection, protection_end, reader_dismiss
from .readings import reading_list

__all__ = [
    "agenda_remove",
    "consent_form",
    "consent_list",
    "consent_new",
    "consent_withdraw",
    "emergency_list",
    "emergency_review",
    "meeting_detail",
    "meeting_list",
    "merging_undo",
    "person_correct",
    "person_merge",
    "person_merge_preview",
    "person_protection",
    "protection_end",
    "reader_dismiss",
    "reading_list",
]
