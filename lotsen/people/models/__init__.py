"""Persons and who may know of them; consents; the log of what was read."""

from .consents import Consent, ConsentQuerySet
from .meetings import AgendaItem, SharedMeeting
from .persons import FormerNumber, Merging, NamedReader, Person, PersonQuerySet
from .readings import Reading, ReadingQuerySet

__all__ = [
    "AgendaItem",
    "Consent",
    "ConsentQuerySet",
    "FormerNumber",
    "Merging",
    "NamedReader",
    "Person",
    "PersonQuerySet",
    "Reading",
    "ReadingQuerySet",
    "SharedMeeting",
]
