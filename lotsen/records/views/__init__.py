"""Pages of what is kept of people: extracts, rules and holds, erasures, evidence, reviews of the log."""

from .erasures import (
    erasure_approve,
    erasure_archive,
    erasure_detail,
    erasure_list,
    erasure_propose,
    erasure_withdraw,
    evidence_list,
)
from .extracts import person_extract
from .retention import (
    hold_lift,
    nightly_alive,
    person_hold,
    programme_hold,
    retention_overview,
    retention_rule,
)
from .reviews import review_detail, review_list, review_sign

__all__ = [
    "erasure_approve",
    "erasure_archive",
    "erasure_detail",
    "erasure_list",
    "erasure_propose",
    "erasure_withdraw",
    "evidence_list",
    "hold_lift",
    "nightly_alive",
    "person_extract",
    "person_hold",
    "programme_hold",
    "retention_overview",
    "retention_rule",
    "review_detail",
    "review_list",
    "review_sign",
]
