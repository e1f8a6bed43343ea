"""What is written down about placements, openings, training and employments, and the filters of their lists."""

from .course import (
    ChangeForm,
    EndForm,
    ParticipantForm,
    PlacementFilters,
    PlanForm,
    SignByLinkForm,
    SignForm,
    StartForm,
    StopForm,
    SupervisorForm,
    VisitForm,
    WorkplaceSearch,
)
from .employments import EmploymentForm
from .materials import MaterialForm
from .openings import ChosenForm, CloseForm, OpeningFilters, OpeningForm
from .training import TakerForm, TrainingFilters, TrainingForm

__all__ = [
    "ChangeForm",
    "ChosenForm",
    "CloseForm",
    "EmploymentForm",
    "EndForm",
    "MaterialForm",
    "OpeningFilters",
    "OpeningForm",
    "ParticipantForm",
    "PlacementFilters",
    "PlanForm",
    "SignByLinkForm",
    "SignForm",
    "StartForm",
    "StopForm",
    "SupervisorForm",
    "TakerForm",
    "TrainingFilters",
    "TrainingForm",
    "VisitForm",
    "WorkplaceSearch",
]
