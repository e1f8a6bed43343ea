"""Openings and training offers; placements, their agreements, how they were followed up and went, and what followed."""

from .agreements import PlacementLink, Signature
from .employments import Employment
from .followups import Assessment, Visit
from .materials import Material
from .openings import Opening, OpeningQuerySet, open_on
from .placement import Placement, PlacementQuerySet
from .training import TrainingOffer, TrainingOfferQuerySet, TrainingPlace, offered_on

__all__ = [
    "Assessment",
    "Employment",
    "Material",
    "Opening",
    "OpeningQuerySet",
    "Placement",
    "PlacementLink",
    "PlacementQuerySet",
    "Signature",
    "TrainingOffer",
    "TrainingOfferQuerySet",
    "TrainingPlace",
    "Visit",
    "offered_on",
    "open_on",
]
