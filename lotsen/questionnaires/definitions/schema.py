"""The schema of a questionnaire file, version 1. docs/questionnaires.md describes the file for those who write one."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from lotsen.core.datafiles import Code, Line, Part
from lotsen.questionnaires.enums import OFFERING, STEPPED, Direction, Method, Purpose, QuestionKind

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
#: The languages of every questionnaire; others may stand beside them.
REQUIRED_LANGUAGES = ("sv", "en")
#: A longer scale cannot be answered on a phone.
MOST_STEPS = 11


def _in_both(value: Any) -> Any:
    """Let a plain string stand for both languages."""
    return dict.fromkeys(REQUIRED_LANGUAGES, value) if isinstance(value, str) else value


def _said(value: Any) -> Any:
    missing = [language for language in REQUIRED_LANGUAGES if language not in value]
    if missing:
        raise ValueError(_("this text is missing in: %(languages)s") % {"languages": ", ".join(missing)})
    return value


Words = Annotated[dict[Language, Line], BeforeValidator(_in_both)]
Number = Annotated[Decimal, Field(max_digits=12, decimal_places=4)]


class Entry(Part):
    """A code for files and answers, a text for people."""

    code: Code
    text: Words

    @model_validator(mode="after")
    def _in_every_language(self) -> "Entry":
        _said(self.text)
        return self


class Option(Entry):
    """Something that can be chosen, and what it counts in a score if it counts."""

    value: int | None = None


class Condition(Part):
    """What must have been answered before: one of some choices, or a number within limits."""

    question: Code
    is_: list[Code] = Field(default=[], alias="is")
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> "Condition":
        if not self.is_ and self.at_least is None and self.at_most is None:
            raise ValueError(_("give `is`, or `at_least`, or `at_most`"))
        return self


class Question(Entry):
    """One question. A grid has several rows on one scale."""

    kind: QuestionKind
    help: Words | None = None
    required: bool = False
    options: list[Option] = Field(default=[], max_length=100)
    from_: int | None = Field(default=None, alias="from")
    to: int | None = None
    anchors: dict[int, Words] = Field(default={})
    rows: list[Entry] = Field(default=[], max_length=40)
    years: list[Annotated[int, Field(ge=1900, le=2200)]] = Field(default=[], max_length=10)
    when: list[Condition] = Field(default=[])

    @model_validator(mode="after")
    def _whole(self) -> "Question":
        kind = self.kind
        if (kind in OFFERING) != bool(self.options):
            raise ValueError(_("`options` belong to the kinds single and multiple, and those need them"))
        if (kind == QuestionKind.GRID) != bool(self.rows):
            raise ValueError(_("`rows` belong to the kind grid, and that needs them"))
        if (kind == QuestionKind.NEEDS) != bool(self.years):
            raise ValueError(_("`years` belong to the kind needs, and that needs them"))
        if kind in STEPPED and (self.from_ is None or self.to is None):
            raise ValueError(_("this kind needs `from` and `to`"))
        if kind not in {*STEPPED, QuestionKind.NUMBER} and (self.from_ is not None or self.to is not None):
            raise ValueError(_("`from` and `to` belong to scales and numbers"))
        if self.from_ is not None and self.to is not None and self.to <= self.from_:
            raise ValueError(_("`to` must be more than `from`"))
        if kind in STEPPED and len(self.steps) > MOST_STEPS:
            raise ValueError(_("a scale has at most %(most)s steps") % {"most": MOST_STEPS})
        return self._anchored()

    def _anchored(self) -> "Question":
        """Words stand only at steps that there are; a semantic scale has words at both poles."""
        if any(step not in self.steps for step in self.anchors):
            raise ValueError(_("`anchors` stand at steps of the scale"))
        if self.kind == QuestionKind.SEMANTIC and not {self.from_, self.to} <= set(self.anchors):
            raise ValueError(_("a semantic scale needs `anchors` at both ends"))
        for words in (self.help, *self.anchors.values()):
            if words is not None:
                _said(words)
        return self

    @property
    def steps(self) -> range:
        """The steps of a scale, or none."""
        if self.kind not in STEPPED or self.from_ is None or self.to is None:
            return range(0)
        return range(self.from_, self.to + 1)

    @property
    def items(self) -> list[str]:
        """What a score may count: the question, or each row of a grid as `question.row`."""
        return [f"{self.code}.{row.code}" for row in self.rows] or [self.code]

    @property
    def counts(self) -> bool:
        """Whether a score can be made of it."""
        by_choice = self.kind == QuestionKind.SINGLE and all(option.value is not None for option in self.options)
        return self.kind in STEPPED or by_choice

    @property
    def span(self) -> tuple[int, int]:
        """The least and the most that an item can count."""
        if self.kind in STEPPED:
            return self.steps[0], self.steps[-1]
        values = [option.value or 0 for option in self.options]
        return min(values), max(values)


class Section(Entry):
    """A page of questions."""

    help: Words | None = None
    questions: list[Question] = Field(min_length=1, max_length=60)


class Band(Part):
    """A name for the scores from a number on."""

    from_: Number = Field(alias="from")
    text: Words


class Score(Entry):
    """A number made of several items: reversed where they are worded the other way, and missing at most so many."""

    items: list[str] = Field(min_length=1)
    reversed: list[str] = Field(default=[])
    method: Method = Method.SUM
    missing: Annotated[int, Field(ge=0)] = 0
    better: Direction = Direction.NONE
    bands: list[Band] = Field(default=[])

    @model_validator(mode="after")
    def _in_order(self) -> "Score":
        starts = [band.from_ for band in self.bands]
        if starts != sorted(set(starts)):
            raise ValueError(_("each band must begin higher than the one before"))
        if self.missing >= len(self.items):
            raise ValueError(_("`missing` must be less than the number of items"))
        if len(set(self.items)) < len(self.items):
            raise ValueError(_("an item stands twice"))
        if unknown := set(self.reversed) - set(self.items):
            raise ValueError(_("reversed, and no item: %(items)s") % {"items": ", ".join(sorted(unknown))})
        return self


class Wheel(Part):
    """Two grids over the same areas, drawn as a wheel: how it is, and how one wishes it to be."""

    now: Code
    wished: Code


class Definition(Part):
    """The whole file."""

    lotsen: Literal[1]
    code: Annotated[Code, StringConstraints(max_length=40)]
    title: Words
    purpose: Purpose
    intro: Words | None = None
    #: Only the rules of scoring; who holds the rights writes the texts of the items.
    is_frame: bool = False
    sections: list[Section] = Field(min_length=1, max_length=40)
    scores: list[Score] = Field(default=[])
    wheel: Wheel | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> "Definition":
        _said(self.title)
        faults = [*self._code_faults(), *self._condition_faults(), *self._score_faults(), *self._wheel_faults()]
        if faults:
            raise PydanticCustomError("faults", "several", {"faults": faults})
        return self

    def as_data(self) -> dict[str, Any]:
        """Return the questionnaire as its file holds it, and the database."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    @property
    def questions(self) -> dict[str, Question]:
        """All questions by code, in their order."""
        return {question.code: question for section in self.sections for question in section.questions}

    @property
    def languages(self) -> list[str]:
        """The languages that every question stands in."""
        questions = list(self.questions.values())
        return [language for language in self.title if all(language in question.text for question in questions)]

    def _places(self) -> Iterator[tuple[str, Question]]:
        for number, section in enumerate(self.sections, 1):
            for place, question in enumerate(section.questions, 1):
                yield f"sections.{number}.questions.{place}", question

    def _code_faults(self) -> Iterator[tuple[str, str]]:
        """Codes are names: each stands once."""
        seen: set[str] = set()
        for place, question in self._places():
            if question.code in seen:
                yield f"{place}.code", _stands_twice(question.code)
            seen.add(question.code)
            yield from _repeated(f"{place}.options", [option.code for option in question.options])
            yield from _repeated(f"{place}.rows", [row.code for row in question.rows])
        yield from _repeated("sections", [section.code for section in self.sections])
        yield from _repeated("scores", [score.code for score in self.scores])

    def _condition_faults(self) -> Iterator[tuple[str, str]]:
        """A question hangs on one that is asked before it, and on answers that it can have."""
        before: dict[str, Question] = {}
        for place, question in self._places():
            for number, condition in enumerate(question.when, 1):
                asked = before.get(condition.question)
                said = _("no question before this one has the code %(code)s") % {"code": condition.question}
                if asked is not None:
                    said = _misfit(condition, asked)
                if said:
                    yield f"{place}.when.{number}", said
            before[question.code] = question

    def _score_faults(self) -> Iterator[tuple[str, str]]:
        """A score is made of items that there are, and that count."""
        counted = {item for question in self.questions.values() if question.counts for item in question.items}
        for number, score in enumerate(self.scores, 1):
            for place, item in enumerate(score.items, 1):
                if item not in counted:
                    said = _("%(item)s is no scale, row of a grid, or choice with values") % {"item": item}
                    yield f"scores.{number}.items.{place}", said

    def _wheel_faults(self) -> Iterator[tuple[str, str]]:
        """Both grids of a wheel have the same rows and the same scale."""
        if self.wheel is None:
            return
        found = [self.questions.get(code) for code in (self.wheel.now, self.wheel.wished)]
        shapes = [
            ([row.code for row in question.rows], question.steps) if question and question.rows else None
            for question in found
        ]
        if None in shapes or shapes[0] != shapes[1]:
            yield "wheel", _("a wheel needs two grids with the same rows and the same scale")


def _repeated(place: str, codes: list[str]) -> Iterator[tuple[str, str]]:
    for number, code in enumerate(codes, 1):
        if code in codes[: number - 1]:
            yield f"{place}.{number}.code", _stands_twice(code)


def _stands_twice(code: str) -> str:
    return _("the code %(code)s stands twice") % {"code": code}


def _misfit(condition: Condition, asked: Question) -> str:
    """Say why a condition can never hold; nothing where it can."""
    if condition.is_:
        unknown = [code for code in condition.is_ if code not in [option.code for option in asked.options]]
        return (
            _("%(code)s has no such option: %(options)s")
            % {
                "code": asked.code,
                "options": ", ".join(unknown),
            }
            if unknown
            else ""
        )
    if asked.kind not in {QuestionKind.SCALE, QuestionKind.SEMANTIC, QuestionKind.NUMBER}:
        return _("%(code)s is no number; ask with `is`") % {"code": asked.code}
    return ""
