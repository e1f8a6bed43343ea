"""Closed lists about employers; occupations and industries."""

from .closed import ContactKind, Demand, Sector, Size, Swedish

__all__ = ["ContactKind", "Demand", "Sector", "Size", "Swedish"]
