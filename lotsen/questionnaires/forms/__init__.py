"""Reading a questionnaire file, answering a section, asking many. Validates and never saves."""

from lotsen.core.datafiles import parse_file
from lotsen.questionnaires.definitions import Definition

from .answering import Asked, SectionForm
from .boards import BoardForm, MeasureForm, NoteForm
from .editing import HeadForm, QuestionForm
from .waves import AskForm, BeginForm, WaveForm

__all__ = [
    "AskForm",
    "Asked",
    "BeginForm",
    "BoardForm",
    "HeadForm",
    "MeasureForm",
    "NoteForm",
    "QuestionForm",
    "SectionForm",
    "WaveForm",
    "parse_questionnaire",
]


def parse_questionnaire(text: bytes, file: str) -> Definition:
    """Read a questionnaire file. Raises `FileFaults` with file, line, field and what was expected."""
    return parse_file(text, file, Definition)
