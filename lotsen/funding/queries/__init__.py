"""Questions over money."""

from .budget import Bearing, Spending, budget_lines, financing, share
from .evidence import SAMPLE, Proof, evidence, lot_of, sample_size
from .ledger import Gap, Ledger, Line, Rate, Row, StaffLine, ledger, ledger_rows, staff_ledger, table_in_force

__all__ = [
    "SAMPLE",
    "Bearing",
    "Gap",
    "Ledger",
    "Line",
    "Proof",
    "Rate",
    "Row",
    "Spending",
    "StaffLine",
    "budget_lines",
    "evidence",
    "financing",
    "ledger",
    "ledger_rows",
    "lot_of",
    "sample_size",
    "share",
    "staff_ledger",
    "table_in_force",
]
