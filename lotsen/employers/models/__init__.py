"""Employers, their workplaces and people, the contacts with them, and what was found out about a workplace."""

from .analyses import WorkplaceAnalysis
from .contacts import Contact, ContactPerson
from .imports import EmployerImport, ImportRow
from .register import Employer, EmployerQuerySet, Workplace, searched_as, sound_of
from .statistics import OccupationSexes, Population

__all__ = [
    "Contact",
    "ContactPerson",
    "Employer",
    "EmployerImport",
    "EmployerQuerySet",
    "ImportRow",
    "OccupationSexes",
    "Population",
    "Workplace",
    "WorkplaceAnalysis",
    "searched_as",
    "sound_of",
]
