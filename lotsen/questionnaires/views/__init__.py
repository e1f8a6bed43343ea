"""Pages of questionnaires, answers and waves."""

from .links import answer_check, answer_section, answer_start
from .responses import response_begin, response_check, response_detail, response_list, response_section
from .waves import (
    questionnaire_detail,
    questionnaire_list,
    wave_ask,
    wave_close,
    wave_detail,
    wave_letters,
    wave_list,
    wave_new,
    wave_remind,
    wave_send,
)

__all__ = [
    "answer_check",
    "answer_section",
    "answer_start",
    "questionnaire_detail",
    "questionnaire_list",
    "response_begin",
    "response_check",
    "response_detail",
    "response_list",
    "response_section",
    "wave_ask",
    "wave_close",
    "wave_detail",
    "wave_letters",
    "wave_list",
    "wave_new",
    "wave_remind",
    "wave_send",
]
