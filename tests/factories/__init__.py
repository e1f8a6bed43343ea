"""Rows for tests, made by the actions that staff use where there is one.

A factory makes what is asked and nothing that a test could not guess: one unit a programme, one case a person.
"""

from .rows import (
    ALVSBYN,
    ARVIDSJAUR,
    NUMBERS,
    PITEA,
    TOKEN,
    CaseFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    SecrecyDomainFactory,
    UnitFactory,
    UserFactory,
    staff,
    text,
)
from .whole import (
    ErasureFactory,
    ReferralFactory,
    RetentionRuleFactory,
    WaveFactory,
    board_of,
    consent_to,
    kept_apart,
    whole_case,
    worked,
)

__all__ = [
    "ALVSBYN",
    "ARVIDSJAUR",
    "NUMBERS",
    "PITEA",
    "TOKEN",
    "CaseFactory",
    "ErasureFactory",
    "InvitationFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "PersonFactory",
    "ProgrammeFactory",
    "ReferralFactory",
    "RetentionRuleFactory",
    "SecrecyDomainFactory",
    "UnitFactory",
    "UserFactory",
    "WaveFactory",
    "board_of",
    "consent_to",
    "kept_apart",
    "staff",
    "text",
    "whole_case",
    "worked",
]
