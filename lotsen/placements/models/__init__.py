"""Placements, their agreements, how they are followed up, and how they went."""

from .agreements import PlacementLink, Signature
from .followups import Assessment, Visit
from .placement import WEEKDAYS, Placement, PlacementQuerySet

__all__ = ["WEEKDAYS", "Assessment", "Placement", "PlacementLink", "PlacementQuerySet", "Signature", "Visit"]
