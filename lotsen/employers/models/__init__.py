"""Employers, their workplaces and people, the contacts with them, and what was found out about a workplace."""

from .analyses import WorkplaceAnalysis
from .contacts import Contact, ContactPerson
from .register import Employer, EmployerQuerySet, Workplace

__all__ = ["Contact", "ContactPerson", "Employer", "EmployerQuerySet", "Workplace", "WorkplaceAnalysis"]
