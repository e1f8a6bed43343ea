"""Questions of matching: what is known of participants and places, and who could thrive where."""

from .fairness import Look, fairness
from .features import participants, places, places_for, trainings
from .grid import Ground
from .proposal import Draft, propose
from .ranking import Lists, Match, explain, rank, rank_people

__all__ = [
    "Draft",
    "Ground",
    "Lists",
    "Look",
    "Match",
    "explain",
    "fairness",
    "participants",
    "places",
    "places_for",
    "propose",
    "rank",
    "rank_people",
    "trainings",
]
