"""Answering a section."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from lotsen.core.forms import Form
from lotsen.core.text import local
from lotsen.questionnaires.definitions import Definition, Question, Section, asked, is_whole
from lotsen.questionnaires.enums import STEPPED
from lotsen.questionnaires.models import Response

from .fields import declining, fields_of, initial_of, name_of, value_of


class Step(NamedTuple):
    """One step of a scale, as a page draws it."""

    value: str
    ident: str
    is_chosen: bool


@dataclass
class Asked:
    """A question as a page shows it: its words in one language, and its bound fields."""

    question: Question
    text: str
    help: str
    fields: list[forms.BoundField]
    declined: forms.BoundField | None
    low: str
    high: str
    is_asked: bool

    @property
    def is_stepped(self) -> bool:
        """Whether it is answered by a step of a scale."""
        return self.question.kind in STEPPED

    @property
    def scales(self) -> list[tuple[forms.BoundField, list[Step]]]:
        """Each field with its steps. The page draws them itself: Django's widgets take most of the time of a page."""
        return [(bound, self._steps(bound)) for bound in self.fields]

    def _steps(self, bound: forms.BoundField) -> list[Step]:
        chosen = str(bound.value() or "")
        values = [str(step) for step in self.question.steps]
        return [Step(value, f"{bound.auto_id}_{place}", value == chosen) for place, value in enumerate(values)]

    @property
    def is_optional(self) -> bool:
        """Whether it may be left out."""
        return not self.question.required

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of labour needed, row by row: the occupation, then each year."""
        size = 1 + len(self.question.years)
        return [self.fields[place : place + size] for place in range(0, len(self.fields), size)]


class SectionForm(Form):
    """The questions of one section. What is left out is no answer; what must be answered may be declined instead."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, definition: Definition, section: Section, response: Response, language: str, **kwargs: Any
    ) -> None:
        """Take the section, and what is answered so far."""
        super().__init__(*args, **kwargs)
        self.definition, self.section, self.response, self.language = definition, section, response, language
        self.initial = {"seen": response.revision}
        values, declined = response.values, response.declined
        #: Question -> the names of its fields.
        self.names: dict[str, list[str]] = {}
        for question in section.questions:
            fields = fields_of(question, language)
            self.names[question.code] = list(fields)
            for name, made in fields.items():
                made.widget.attrs.setdefault("class", "ds-input")
                self.fields[name] = made
            self.initial |= initial_of(question, values.get(question.code))
            if question.required:
                label = _("I would rather not say")
                self.fields[declining(question)] = forms.BooleanField(label=label, required=False)
                self.fields[declining(question)].widget.attrs["class"] = "ds-input"
                self.initial[declining(question)] = question.code in declined
        self.asked = asked(definition, values)

    def clean(self) -> dict[str, Any]:
        """Put the fields of each question together, and see what is asked after that."""
        entries: dict[str, dict[str, Any] | None] = {}
        for question in self.section.questions:
            entries[question.code] = self._entry(question)
        before = self.response.values
        told = {code: entry["value"] for code, entry in entries.items() if entry and "value" in entry}
        kept = {code: value for code, value in before.items() if code not in entries}
        self.asked = asked(self.definition, {**kept, **told})
        #: Question -> what is stored of it; none where it has no answer. Without what could not be read.
        self.entries = {
            question.code: entries[question.code] if question.code in self.asked else None
            for question in self.section.questions
            if not any(name in self.errors for name in self.names[question.code])
        }
        for question in self.section.questions:
            self._demand(question)
        return self.cleaned_data

    def _entry(self, question: Question) -> dict[str, Any] | None:
        value = value_of(question, self.cleaned_data)
        if value is not None:
            return {"value": value}
        return {"declined": True} if self.cleaned_data.get(declining(question)) else None

    def _demand(self, question: Question) -> None:
        """Ask for what must be answered. A grid is answered when every row is."""
        if not question.required or question.code not in self.asked or question.code not in self.entries:
            return
        entry = self.entries[question.code] or {}
        if "declined" in entry or is_whole(question, entry.get("value")):
            return
        # Of a grid, by the first row that is left.
        left = [name_of(question, row.code) for row in question.rows if row.code not in entry.get("value", {})]
        first, *_others = left or self.names[question.code]
        self.add_error(first, _("Answer, or say that you would rather not."))

    @property
    def shown(self) -> list[Asked]:
        """The questions as the page shows them. Those not asked are there too, hidden."""
        return [self._asked(question) for question in self.section.questions]

    def _asked(self, question: Question) -> Asked:
        low = local(question.anchors.get(question.steps[0]), self.language) if question.steps else ""
        high = local(question.anchors.get(question.steps[-1]), self.language) if question.steps else ""
        return Asked(
            question=question,
            text=local(question.text, self.language),
            help=local(question.help, self.language),
            fields=[self[name] for name in self.names[question.code]],
            declined=self[declining(question)] if question.required else None,
            low=low,
            high=high,
            is_asked=question.code in self.asked,
        )

    def begin_from(self, revision: int, others: dict[str, str]) -> None:
        """Let the next sending follow upon this revision, and show by each question what another window has saved."""
        data: Any = self.data
        self.data = data.copy()
        self.data["seen"] = str(revision)  # type: ignore[index]  # a copy may be written
        for code, said in others.items():
            text = _("Another window has saved: %(said)s. Send again if yours shall stand.") % {"said": said}
            self.add_error(self.names[code][0], text)
