"""Pages of placements: the list, one placement with its course, its agreement, and what a workplace sees by link."""

from .agreements import agreement_pdf, agreement_sign, link_give, link_open, workplace_show
from .course import placement_complete, placement_pause, placement_start, placement_stop
from .employments import employment_change, employment_new
from .followups import assessment_keep, visit_keep
from .materials import material_add, material_drop, material_list
from .openings import opening_change, opening_close, opening_detail, opening_list, opening_new, opening_place
from .placements import placement_change, placement_detail, placement_kinds, placement_list, placement_new
from .training import training_change, training_detail, training_list, training_new, training_take

__all__ = [
    "agreement_pdf",
    "agreement_sign",
    "assessment_keep",
    "employment_change",
    "employment_new",
    "link_give",
    "link_open",
    "material_add",
    "material_drop",
    "material_list",
    "opening_change",
    "opening_close",
    "opening_detail",
    "opening_list",
    "opening_new",
    "opening_place",
    "placement_change",
    "placement_complete",
    "placement_detail",
    "placement_kinds",
    "placement_list",
    "placement_new",
    "placement_pause",
    "placement_start",
    "placement_stop",
    "training_change",
    "training_detail",
    "training_list",
    "training_new",
    "training_take",
    "visit_keep",
    "workplace_show",
]
