"""Questions of matching: what is known of participants and places, and who could thrive where."""

from .features import participants, places, trainings
from .proposal import Draft, propose
from .ranking import Lists, Match, explain, rank

__all__ = ["Draft", "Lists", "Match", "explain", "participants", "places", "propose", "rank", "trainings"]
