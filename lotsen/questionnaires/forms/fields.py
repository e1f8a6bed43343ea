"""The fields that a question is answered by, and the answer that is stored of them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core.dates import DayField
from lotsen.core.forms import ListedField
from lotsen.core.text import local
from lotsen.employers.enums import classifications
from lotsen.questionnaires.definitions import Question
from lotsen.questionnaires.enums import STEPPED, QuestionKind

#: The longest text that is taken, in characters.
LONGEST = 5000
#: How many occupations a labour need can be told for.
NEEDED_ROWS = 6
MOST_NEEDED = 9999


class NumberField(forms.DecimalField):
    """A number as people type it: with a comma or a point, and blanks between thousands."""

    default_error_messages: ClassVar = {"invalid": gettext_lazy("Write a number, for example 12 or 7,5.")}

    def to_python(self, value: Any) -> Any:
        """Read it."""
        plain = "".join(str(value or "").split()).replace(",", ".")
        return super().to_python(plain)


def name_of(question: Question, part: str = "") -> str:
    """Return the name of a field: of the question, or of a part of it."""
    return f"q_{question.code}_{part}" if part else f"q_{question.code}"


def declining(question: Question) -> str:
    """Return the name of the box that declines a question."""
    return name_of(question, "declined")


def fields_of(question: Question, language: str) -> dict[str, forms.Field]:
    """Return the fields that a question is answered by, by name."""
    label = local(question.text, language)
    return dict(_MAKE[question.kind](question, label, language))


Made = Iterator[tuple[str, forms.Field]]


def _single(question: Question, label: str, language: str) -> Made:
    choices = [(option.code, local(option.text, language)) for option in question.options]
    yield name_of(question), forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def _multiple(question: Question, label: str, language: str) -> Made:
    choices = [(option.code, local(option.text, language)) for option in question.options]
    widget = forms.CheckboxSelectMultiple
    yield name_of(question), forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget)


def _stepped(question: Question, label: str) -> forms.Field:
    choices = [(str(step), str(step)) for step in question.steps]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def _scale(question: Question, label: str, language: str) -> Made:
    yield name_of(question), _stepped(question, label)


def _grid(question: Question, label: str, language: str) -> Made:
    for row in question.rows:
        yield name_of(question, row.code), _stepped(question, local(row.text, language))


def _number(question: Question, label: str, language: str) -> Made:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    least, most = question.from_, question.to
    yield (
        name_of(question),
        NumberField(label=label, required=False, widget=widget, max_digits=12, min_value=least, max_value=most),
    )


def _date(question: Question, label: str, language: str) -> Made:
    yield name_of(question), DayField(label=label, required=False)


def _text(question: Question, label: str, language: str) -> Made:
    widget = forms.Textarea(attrs={"rows": 4})
    yield name_of(question), forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)


def _classified(question: Question, label: str, language: str) -> Made:
    yield name_of(question), ListedField(question.kind, classifications, label=label, required=False)


def _needs(question: Question, label: str, language: str) -> Made:
    for place in range(1, NEEDED_ROWS + 1):
        occupation = _("Occupation %(place)s") % {"place": place}
        yield (
            name_of(question, str(place)),
            ListedField(QuestionKind.OCCUPATION, classifications, label=occupation, required=False),
        )
        for year in question.years:
            widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
            said = f"{occupation}, {year}"
            yield (
                name_of(question, f"{place}_{year}"),
                forms.IntegerField(label=said, required=False, min_value=0, max_value=MOST_NEEDED, widget=widget),
            )


_MAKE = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SCALE: _scale,
    QuestionKind.SEMANTIC: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.TEXT: _text,
    QuestionKind.GRID: _grid,
    QuestionKind.OCCUPATION: _classified,
    QuestionKind.INDUSTRY: _classified,
    QuestionKind.NEEDS: _needs,
}


def value_of(question: Question, cleaned: dict[str, Any]) -> Any:
    """Return the answer as it is stored, or none."""
    if question.kind == QuestionKind.GRID:
        steps = {row.code: cleaned.get(name_of(question, row.code)) for row in question.rows}
        return {row: int(step) for row, step in steps.items() if step} or None
    if question.kind == QuestionKind.NEEDS:
        return _needed(question, cleaned) or None
    value = cleaned.get(name_of(question))
    if value in (None, "", []):
        return None
    if question.kind in STEPPED:
        return int(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _needed(question: Question, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for place in range(1, NEEDED_ROWS + 1):
        occupation = cleaned.get(name_of(question, str(place)))
        years = {str(year): cleaned.get(name_of(question, f"{place}_{year}")) for year in question.years}
        if occupation:
            found.append({"occupation": occupation, **{year: n for year, n in years.items() if n is not None}})
    return found


def initial_of(question: Question, value: Any) -> dict[str, Any]:
    """Return what the fields of a question show, from its answer."""
    if value is None:
        return {}
    if question.kind == QuestionKind.GRID:
        return {name_of(question, row): str(step) for row, step in value.items()}
    if question.kind == QuestionKind.NEEDS:
        shown: dict[str, Any] = {}
        for place, row in enumerate(value, 1):
            shown[name_of(question, str(place))] = row["occupation"]
            shown |= {name_of(question, f"{place}_{year}"): n for year, n in row.items() if year != "occupation"}
        return shown
    if question.kind in STEPPED:
        return {name_of(question): str(value)}
    if question.kind == QuestionKind.NUMBER:
        return {name_of(question): str(value).replace(".", ",")}
    return {name_of(question): value}
