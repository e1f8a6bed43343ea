"""Pages of employers, their workplaces, and the people one meets there."""

from .contacts import contact_log, person_add, person_change, person_forget
from .imports import (
    import_choose,
    import_columns,
    import_detail,
    import_drop,
    import_new,
    import_progress,
    import_register,
    import_row,
    import_rows,
    row_choose,
)
from .register import employer_change, employer_detail, employer_list, employer_merge, employer_new
from .statistics import statistics
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
    "import_choose",
    "import_columns",
    "import_detail",
    "import_drop",
    "import_new",
    "import_progress",
    "import_register",
    "import_row",
    "import_rows",
    "person_add",
    "person_change",
    "person_forget",
    "row_choose",
    "statistics",
    "workplace_add",
    "workplace_detail",
]
