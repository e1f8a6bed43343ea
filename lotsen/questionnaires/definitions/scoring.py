"""Which questions are asked after what was answered, and the scores. Values only: no tables.

Values are by code of question: a choice its code, several a list, a step or number an int or Decimal, a grid a mapping
of row to step. What was declined or not asked has no value.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from lotsen.questionnaires.enums import Method, QuestionKind

from .schema import Condition, Definition, Question, Score, Words

Values = Mapping[str, Any]


def asked(definition: Definition, values: Values) -> dict[str, Question]:
    """Return the questions that are asked, in their order. An answer to what is no longer asked opens nothing."""
    found: dict[str, Question] = {}
    for code, question in definition.questions.items():
        held = {name: values[name] for name in found if name in values}
        if all(_holds(condition, held) for condition in question.when):
            found[code] = question
    return found


def is_whole(question: Question, value: Any) -> bool:
    """Tell whether a question is answered: a grid when every row of it is."""
    if question.kind == QuestionKind.GRID:
        return value is not None and len(value) == len(question.rows)
    return value is not None


def missing(definition: Definition, values: Values, declined: Collection[str]) -> list[str]:
    """Return the questions that must be answered, are asked, and are neither answered nor declined."""
    return [
        code
        for code, question in asked(definition, values).items()
        if question.required and code not in declined and not is_whole(question, values.get(code))
    ]


def _holds(condition: Condition, values: Values) -> bool:
    value = values.get(condition.question)
    if value is None:
        return False
    if condition.is_:
        chosen = value if isinstance(value, list) else [value]
        return any(code in condition.is_ for code in chosen)
    low, high = condition.at_least, condition.at_most
    return (low is None or value >= low) and (high is None or value <= high)


def scores(definition: Definition, values: Values) -> dict[str, Decimal | None]:
    """Return score by code; None where too many items are missing. Answers to what is not asked do not count."""
    counted: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for code, question in asked(definition, values).items():
        if question.counts:
            counted |= _items(question, values.get(code))
    for question in definition.questions.values():
        if question.counts:
            spans |= dict.fromkeys(question.items, question.span)
    return {score.code: _score(score, counted, spans) for score in definition.scores}


def _items(question: Question, value: Any) -> dict[str, int]:
    """Return what each item of a question counts."""
    if value is None:
        return {}
    if question.kind == QuestionKind.GRID:
        return {f"{question.code}.{row}": step for row, step in value.items()}
    if question.kind == QuestionKind.SINGLE:
        return {question.code: next(option.value or 0 for option in question.options if option.code == value)}
    return {question.code: value}


def _score(score: Score, counted: Mapping[str, int], spans: Mapping[str, tuple[int, int]]) -> Decimal | None:
    """Add the items up. A missing one counts as the mean of those that are there, where so many may miss."""
    found = [
        sum(spans[item]) - counted[item] if item in score.reversed else counted[item]
        for item in score.items
        if item in counted
    ]
    if len(score.items) - len(found) > score.missing:
        return None
    mean = Decimal(sum(found)) / len(found)
    return round(mean * len(score.items) if score.method == Method.SUM else mean, 2)


def band_of(score: Score, value: Decimal | None) -> Words | None:
    """Return the name of the band that a score lies in."""
    reached = [band for band in score.bands if value is not None and band.from_ <= value]
    return reached[-1].text if reached else None
