"""What is written down about employers, and the filters of their lists."""

from .analyses import AnalysisForm
from .contacts import ContactForm, PersonForm
from .imports import ChoiceForm, ColumnsForm, Reader, RowFilters, RowForm, UploadForm, guess
from .register import EmployerFilters, EmployerForm, WorkplaceForm
from .statistics import StatisticsForm

__all__ = [
    "AnalysisForm",
    "ChoiceForm",
    "ColumnsForm",
    "ContactForm",
    "EmployerFilters",
    "EmployerForm",
    "PersonForm",
    "Reader",
    "RowFilters",
    "RowForm",
    "StatisticsForm",
    "UploadForm",
    "WorkplaceForm",
    "guess",
]
