"""Questionnaires are loaded; answers begun, saved and sent; waves opened, sent out and closed."""

from .boards import add_note, decide, finish, make_board, remove_note, vote
from .editing import drop_edit, in_the_making, keep_edit, publish
from .loading import load_questionnaire, load_shipped
from .responses import begin_by_link, begin_response, hand_in, save_answers
from .waves import (
    Asked,
    ask,
    audience,
    close_wave,
    deliver_links,
    give_link,
    join,
    open_to_all,
    open_wave,
    remind_by_clock,
    send_links,
    write_letters,
)

__all__ = [
    "Asked",
    "add_note",
    "ask",
    "audience",
    "begin_by_link",
    "begin_response",
    "close_wave",
    "decide",
    "deliver_links",
    "drop_edit",
    "finish",
    "give_link",
    "hand_in",
    "in_the_making",
    "join",
    "keep_edit",
    "load_questionnaire",
    "load_shipped",
    "make_board",
    "open_to_all",
    "open_wave",
    "publish",
    "remind_by_clock",
    "remove_note",
    "save_answers",
    "send_links",
    "vote",
    "write_letters",
]
