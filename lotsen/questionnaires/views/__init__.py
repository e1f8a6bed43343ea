"""Pages of questionnaires, answers and waves."""

from .boards import board_detail, board_list, measure_finish, note_remove, note_vote
from .editing import (
    question_arrange,
    question_edit,
    questionnaire_edit,
    questionnaire_publish,
    questionnaire_undo,
    section_new,
)
from .links import answer_check, answer_join, answer_section, answer_start
from .needs import needs_overview
from .responses import response_begin, response_check, response_detail, response_list, response_section
from .waves import (
    questionnaire_detail,
    questionnaire_list,
    wave_ask,
    wave_close,
    wave_detail,
    wave_file,
    wave_letters,
    wave_list,
    wave_new,
    wave_open_link,
    wave_remind,
    wave_send,
)

__all__ = [
    "answer_check",
    "answer_join",
    "answer_section",
    "answer_start",
    "board_detail",
    "board_list",
    "measure_finish",
    "needs_overview",
    "note_remove",
    "note_vote",
    "question_arrange",
    "question_edit",
    "questionnaire_detail",
    "questionnaire_edit",
    "questionnaire_list",
    "questionnaire_publish",
    "questionnaire_undo",
    "response_begin",
    "response_check",
    "response_detail",
    "response_list",
    "response_section",
    "section_new",
    "wave_ask",
    "wave_close",
    "wave_detail",
    "wave_file",
    "wave_letters",
    "wave_list",
    "wave_new",
    "wave_open_link",
    "wave_remind",
    "wave_send",
]
