"""Pages of money."""

from .ledger import ledger_detail, ledger_rows, rate_list, staff_hours, staff_hours_drop
from .money import money_contribute, money_decide, money_overview, money_plan, money_spend
from .payments import payment_apply, payment_detail, payment_draw, payment_new, payment_pack, payment_paid, sample_check
from .three_r import three_r

__all__ = [
    "ledger_detail",
    "ledger_rows",
    "money_contribute",
    "money_decide",
    "money_overview",
    "money_plan",
    "money_spend",
    "payment_apply",
    "payment_detail",
    "payment_draw",
    "payment_new",
    "payment_pack",
    "payment_paid",
    "rate_list",
    "sample_check",
    "staff_hours",
    "staff_hours_drop",
    "three_r",
]
