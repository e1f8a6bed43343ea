"""The case and what hangs on it: target groups, dated histories, own ratings, follow-ups."""

from .cases import AnonymousParticipant, Case, CaseQuerySet, CaseTargetGroup, state_of
from .histories import (
    FollowUp,
    FollowUpAttempt,
    FollowUpLink,
    OwnRating,
    ResponsibleEntry,
    StepEntry,
    SupportEntry,
    TeamMember,
    WhereaboutsEntry,
)

__all__ = [
    "AnonymousParticipant",
    "Case",
    "CaseQuerySet",
    "CaseTargetGroup",
    "FollowUp",
    "FollowUpAttempt",
    "FollowUpLink",
    "OwnRating",
    "ResponsibleEntry",
    "StepEntry",
    "SupportEntry",
    "TeamMember",
    "WhereaboutsEntry",
    "state_of",
]
