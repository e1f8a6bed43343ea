"""Questions of matching: what is known of participants and places, and who could thrive where."""

from .fairness import Look, behind, fairness, group_name
from .features import fellow_units, participants, places, places_for, trainings
from .grid import Ground
from .learning import Outcome, Suggestion, by_factor, by_rank, missing, outcomes, suggest
from .lists import ForOpening, ForParticipant, again, for_opening, for_participant, marks
from .proposal import Proposal, propose, room
from .ranking import Lists, Match, explain, rank, rank_people
from .weighing import Weighing, weighings

__all__ = [
    "ForOpening",
    "ForParticipant",
    "Ground",
    "Lists",
    "Look",
    "Match",
    "Outcome",
    "Proposal",
    "Suggestion",
    "Weighing",
    "again",
    "behind",
    "by_factor",
    "by_rank",
    "explain",
    "fairness",
    "fellow_units",
    "for_opening",
    "for_participant",
    "group_name",
    "marks",
    "missing",
    "outcomes",
    "participants",
    "places",
    "places_for",
    "propose",
    "rank",
    "rank_people",
    "room",
    "suggest",
    "trainings",
    "weighings",
]
