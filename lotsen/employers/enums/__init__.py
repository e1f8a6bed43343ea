"""Closed lists about employers; occupations and industries."""

from .closed import ContactKind, Demand, Sector, Size, Swedish
from .imports import HEADINGS, Choice, ImportState, Listed, Verdict
from .statistics import Ages

__all__ = [
    "HEADINGS",
    "Ages",
    "Choice",
    "ContactKind",
    "Demand",
    "ImportState",
    "Listed",
    "Sector",
    "Size",
    "Swedish",
    "Verdict",
]
