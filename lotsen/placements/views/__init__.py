"""Pages of placements: the list, one placement with its course, its agreement, and what a workplace sees by link."""

from .agreements import agreement_pdf, agreement_sign, link_give, link_open, workplace_show
from .course import placement_complete, placement_pause, placement_start, placement_stop
from .followups import assessment_keep, visit_keep
from .placements import placement_change, placement_detail, placement_list, placement_new

__all__ = [
    "agreement_pdf",
    "agreement_sign",
    "assessment_keep",
    "link_give",
    "link_open",
    "placement_change",
    "placement_complete",
    "placement_detail",
    "placement_list",
    "placement_new",
    "placement_pause",
    "placement_start",
    "placement_stop",
    "visit_keep",
    "workplace_show",
]
