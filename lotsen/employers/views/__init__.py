"""Pages of employers, their workplaces, and the people one meets there."""

from .contacts import contact_log, person_add, person_change, person_forget
from .register import employer_change, employer_detail, employer_list, employer_merge, employer_new
from .workplaces import analysis_detail, analysis_new, workplace_add, workplace_detail

__all__ = [
    "analysis_detail",
    "analysis_new",
    "contact_log",
    "employer_change",
    "employer_detail",
    "employer_list",
    "employer_merge",
    "employer_new",
    "person_add",
    "person_change",
    "person_forget",
    "workplace_add",
    "workplace_detail",
]
