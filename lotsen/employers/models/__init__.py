"""Employers, their workplaces and people, the contacts with them, and what was found out about a workplace."""

from .analyses import WorkplaceAnalysis
from .contacts import Contact, ContactPerson
from .imports import EmployerImport, ImportRow
from .register import Employer, EmployerQuerySet, Workplace, searched_as, sound_of
from .statistics import MOST_MINUTES, OccupationSexes, Population, TravelTime

__all__ = [
    "MOST_MINUTES",
    "Contact",
    "ContactPerson",
    "Employer",
    "EmployerImport",
    "EmployerQuerySet",
    "ImportRow",
    "OccupationSexes",
    "Population",
    "TravelTime",
    "Workplace",
    "WorkplaceAnalysis",
    "searched_as",
    "sound_of",
]
