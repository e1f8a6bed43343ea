"""How a line of the log is written: when, how bad, where from; and nothing about a person.

A page that breaks is logged with the way that led there. What an exception says is left out, since it quotes what it
stumbled over: a failed constraint quotes the whole row, a failed conversion what was typed. Its kind, its place and the
name of the constraint tell enough to mend it.
"""

import logging
import re
import time
import traceback
from types import TracebackType
from typing import Any

#: Ten or twelve digits, as an identity number is written; of other scripts too.
_NUMBER = re.compile(r"(?<![\w-])(?:\d{2})?\d{6}[-+\s]?\d{4}(?![\w-])")
#: An address that is a secret by itself: who reads the log shall not open what was sent to somebody else.
_LINK = re.compile(r"/(answer|join|welcome|calendar|at-work)/[^/\s]+")
#: What begins a line anew, or steers a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """Writes the time with its offset, the level, the logger, and the message on one line."""

    def __init__(self, *, says_all: bool = False) -> None:
        """With `says_all`, the words of exceptions are written too: for development, where all people are made up."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.says_all = says_all

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """Write the moment in ISO 8601."""
        return time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(record.created))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Keep a message on its line, and identity numbers and secret addresses out of it."""
        if self.says_all:
            return super().formatMessage(record)
        said = _NUMBER.sub("(number)", _CONTROL.sub(" ", record.message))
        record.message = _LINK.sub(r"/\1/(link)", said)
        return super().formatMessage(record)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's name
        """Write the way that led to an exception, its kind and that of its causes, without their words."""
        if self.says_all or ei[1] is None:
            return super().formatException(ei)
        return "\n".join(_told(ei[1]))


def _told(error: BaseException) -> list[str]:
    """Return the lines about an exception, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(cause), "which led to"] if cause else []
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    diagnosis: Any = getattr(error, "diag", None)
    named = [getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name")]
    return [*lines, " ".join([type(error).__qualname__, *(word for word in named if word)])]
