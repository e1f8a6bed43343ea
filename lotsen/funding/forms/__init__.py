"""Forms of money."""

from .money import (
    ApplyForm,
    BudgetLineForm,
    CheckForm,
    ContributionForm,
    CostForm,
    DecisionForm,
    LedgerFilters,
    PaidForm,
    PaymentForm,
    StaffTimeForm,
    ThreeRForm,
)
from .rates import RatesForm, parse_rates

__all__ = [
    "ApplyForm",
    "BudgetLineForm",
    "CheckForm",
    "ContributionForm",
    "CostForm",
    "DecisionForm",
    "LedgerFilters",
    "PaidForm",
    "PaymentForm",
    "RatesForm",
    "StaffTimeForm",
    "ThreeRForm",
    "parse_rates",
]
