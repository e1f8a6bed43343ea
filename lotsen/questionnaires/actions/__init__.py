"""Questionnaires are loaded; answers begun, saved and sent; waves opened, sent out and closed."""

from .loading import load_questionnaire, load_shipped
from .responses import begin_by_link, begin_response, hand_in, missing_in, save_answers
from .waves import Asked, ask, audience, close_wave, deliver_links, give_link, open_wave, send_links, write_letters

__all__ = [
    "Asked",
    "ask",
    "audience",
    "begin_by_link",
    "begin_response",
    "close_wave",
    "deliver_links",
    "give_link",
    "hand_in",
    "load_questionnaire",
    "load_shipped",
    "missing_in",
    "open_wave",
    "save_answers",
    "send_links",
    "write_letters",
]
