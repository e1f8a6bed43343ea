"""Questionnaires with their versions, responses, waves with whom they ask, and the boards that workshops work on."""

from .boards import Board, Measure, Note, Vote
from .surveys import SMALLEST_GROUP, Change, Questionnaire, Recipient, Response, Version, Wave

__all__ = [
    "SMALLEST_GROUP",
    "Board",
    "Change",
    "Measure",
    "Note",
    "Questionnaire",
    "Recipient",
    "Response",
    "Version",
    "Vote",
    "Wave",
]
