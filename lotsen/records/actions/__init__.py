"""What is decided, proposed, erased and looked through, and what runs each night."""

from .erasing import erase_persons
from .erasures import approve_erasure, archive_erasure, carry_out_erasure, propose_erasure, withdraw_erasure
from .nightly import run_nightly
from .retention import decide_retention, lift_hold, place_hold
from .reviews import begin_review, judge_readings, sign_review

__all__ = [
    "approve_erasure",
    "archive_erasure",
    "begin_review",
    "carry_out_erasure",
    "decide_retention",
    "erase_persons",
    "judge_readings",
    "lift_hold",
    "place_hold",
    "propose_erasure",
    "run_nightly",
    "sign_review",
    "withdraw_erasure",
]
