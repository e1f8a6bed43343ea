"""Forms of activities."""

from .groups import MeetingForm, MinutesForm, TaskForm
from .hours import CertifyForm, CertifyManyForm, MonthFilters, PortalForm, ReopenForm, RollForm
from .planning import ActivityForm, CalendarFilters, EnrolForm, PremisesForm, ResultForm, SessionForm

__all__ = [
    "ActivityForm",
    "CalendarFilters",
    "CertifyForm",
    "CertifyManyForm",
    "EnrolForm",
    "MeetingForm",
    "MinutesForm",
    "MonthFilters",
    "PortalForm",
    "PremisesForm",
    "ReopenForm",
    "ResultForm",
    "RollForm",
    "SessionForm",
    "TaskForm",
]
