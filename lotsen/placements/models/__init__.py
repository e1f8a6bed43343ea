"""Placements, their agreements, how they are followed up, and how they went."""

from .agreements import PlacementLink, Signature
from .followups import Assessment, Visit
from .placement import Placement, PlacementQuerySet

__all__ = ["Assessment", "Placement", "PlacementLink", "PlacementQuerySet", "Signature", "Visit"]
