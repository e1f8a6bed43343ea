"""Questions over money."""

from .budget import Bearing, Spending, budget_lines, financing, share
from .evidence import SAMPLE, Proof, evidence, lot_of, sample_size
from .ledger import Gap, Ledger, Line, Rate, Row, StaffLine, ledger, ledger_rows, staff_ledger, table_in_force
from .three_r import Pair, Sheet, three_r

__all__ = [
    "SAMPLE",
    "Bearing",
    "Gap",
    "Ledger",
    "Line",
    "Pair",
    "Proof",
    "Rate",
    "Row",
    "Sheet",
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
    "three_r",
]
