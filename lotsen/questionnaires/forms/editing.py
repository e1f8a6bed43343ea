"""Writing one question in the browser."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core.forms import Form
from lotsen.questionnaires.definitions.editing import Asked, codes_in, free_code
from lotsen.questionnaires.enums import OFFERING, STEPPED, QuestionKind

_LINES = forms.Textarea(attrs={"rows": 4})


class QuestionForm(Form):
    """One question: how it is answered, its words in both languages, and when it is asked."""

    kind = forms.ChoiceField(label=gettext_lazy("How it is answered"), choices=QuestionKind.choices)
    text_sv = forms.CharField(label=gettext_lazy("Question in Swedish"), max_length=500)
    text_en = forms.CharField(label=gettext_lazy("Question in English"), max_length=500)
    help_sv = forms.CharField(label=gettext_lazy("Help in Swedish"), max_length=1000, required=False)
    help_en = forms.CharField(label=gettext_lazy("Help in English"), max_length=1000, required=False)
    required = forms.BooleanField(
        label=gettext_lazy("Must be answered, or declined with “I would rather not say”"), required=False
    )
    lines = forms.CharField(
        label=gettext_lazy("Choices or rows"),
        help_text=gettext_lazy("For choices and for rows on one scale. One on each line, Swedish | English: Ja | Yes"),
        widget=_LINES,
        required=False,
        max_length=20_000,
    )
    low = forms.IntegerField(label=gettext_lazy("Lowest number"), required=False)
    high = forms.IntegerField(label=gettext_lazy("Highest number"), required=False)
    low_words = forms.CharField(
        label=gettext_lazy("Words at the lowest"),
        help_text=gettext_lazy("Swedish | English: Inte alls | Not at all"),
        required=False,
        max_length=400,
    )
    high_words = forms.CharField(label=gettext_lazy("Words at the highest"), required=False, max_length=400)
    years = forms.CharField(
        label=gettext_lazy("Years"),
        help_text=gettext_lazy("For labour needed: 2026 2027 2028"),
        required=False,
        max_length=100,
    )
    after = forms.ChoiceField(label=gettext_lazy("Asked only after"), required=False)
    answers = forms.CharField(
        label=gettext_lazy("Answered with"),
        help_text=gettext_lazy("The choices, as they stand there, with commas; or for a number: from 3, up to 3"),
        required=False,
        max_length=400,
    )

    def __init__(self, *args: Any, asked: Asked, old: Asked | None, **kwargs: Any) -> None:
        """Take the questionnaire, and the question that is changed if one is."""
        super().__init__(*args, **kwargs)
        self.asked, self.old = asked, old
        questions = [each for section in asked["sections"] for each in section["questions"]]
        place = questions.index(old) if old in questions else len(questions)
        self.before = {each["code"]: each for each in questions[:place]}
        offered = [(code, each["text"]["sv"]) for code, each in self.before.items()]
        self.fields["after"].choices = [("", _("Always asked")), *offered]  # type: ignore[attr-defined]  # a field of choices
        if old is not None:
            self.initial = {**_shown(old, self.before), **self.initial}

    def ask_for_page(self) -> None:
        """Ask also what the page is called that begins with the question."""
        field = forms.CharField(label=gettext_lazy("What the page is called"), max_length=200)
        field.help_text = gettext_lazy("Swedish | English: Din vardag | Your everyday life")
        field.widget.attrs["class"] = "ds-input"
        self.fields = {"page": field, **self.fields}

    def page(self) -> dict[str, str]:
        """Return what the page is called."""
        return _two(self.cleaned_data["page"])

    def clean_years(self) -> list[int]:
        """Return the years."""
        words = self.cleaned_data["years"].replace(",", " ").split()
        if not all(re.fullmatch(r"\d{4}", word) for word in words):
            raise ValidationError(_("Write years with four digits: 2026 2027."))
        return [int(word) for word in words]

    def question(self) -> Asked:
        """Return the question as its file would hold it."""
        data = self.cleaned_data
        kind = data["kind"]
        taken = [code for code in codes_in(self.asked) if self.old is None or code != self.old["code"]]
        found: Asked = {
            "code": self.old["code"] if self.old else free_code(data["text_sv"], taken),
            "kind": kind,
            "text": {**(self.old or {}).get("text", {}), "sv": data["text_sv"], "en": data["text_en"]},
            "required": data["required"],
        }
        if data["help_sv"]:
            found["help"] = {"sv": data["help_sv"], "en": data["help_en"] or data["help_sv"]}
        if kind in OFFERING:
            found["options"] = _entries(data["lines"], (self.old or {}).get("options", []))
        if kind == QuestionKind.GRID:
            found["rows"] = _entries(data["lines"], (self.old or {}).get("rows", []))
        if kind in STEPPED or kind == QuestionKind.NUMBER:
            found |= {name: data[field] for name, field in (("from", "low"), ("to", "high")) if data[field] is not None}
        if kind in STEPPED:
            found["anchors"] = _anchors(data)
        if kind == QuestionKind.NEEDS:
            found["years"] = data["years"]
        if data["after"]:
            found["when"] = [_condition(self.before[data["after"]], data["answers"])]
        return found


def _two(line: str) -> dict[str, str]:
    """Take `Ja | Yes` apart; one text stands for both."""
    swedish, _bar, english = (part.strip() for part in line.partition("|"))
    return {"sv": swedish, "en": english or swedish}


def _entries(lines: str, old: list[Asked]) -> list[Asked]:
    """Return the choices or rows of some lines. One that stays in Swedish keeps its code and its value."""
    known = {each["text"]["sv"]: each for each in old}
    found: list[Asked] = []
    for line in lines.splitlines():
        if not line.strip():
            continue
        text = _two(line)
        kept = known.get(text["sv"])
        taken = [each["code"] for each in (*found, *old)]
        entry = (
            {**kept, "text": {**kept["text"], **text}} if kept else {"code": free_code(text["sv"], taken), "text": text}
        )
        found.append(entry)
    return found


def _anchors(data: Asked) -> Asked:
    found = {}
    for field, number in (("low_words", data["low"]), ("high_words", data["high"])):
        if data[field] and number is not None:
            found[number] = _two(data[field])
    return found


def _condition(before: Asked, answers: str) -> Asked:
    """Return a condition on an earlier question: on some of its choices, by code or words; or on a number."""
    if "options" not in before:
        number = re.search(r"-?\d+", answers)
        limit = "at_most" if re.search(r"up to|till|högst", answers, re.IGNORECASE) else "at_least"
        return {"question": before["code"], limit: int(number[0]) if number else 0}
    words = [word.strip().casefold() for word in answers.split(",") if word.strip()]
    names = {each["text"]["sv"].casefold(): each["code"] for each in before["options"]}
    return {"question": before["code"], "is": [names.get(word, word) for word in words]}


def _shown(question: Asked, before: dict[str, Asked]) -> Asked:
    """Return what the form shows of a question."""
    anchors: dict[Any, Any] = {int(step): words for step, words in question.get("anchors", {}).items()}
    low, high = question.get("from"), question.get("to")
    entries = question.get("options") or question.get("rows") or []
    found = {
        "kind": question["kind"],
        "text_sv": question["text"]["sv"],
        "text_en": question["text"]["en"],
        "help_sv": question.get("help", {}).get("sv", ""),
        "help_en": question.get("help", {}).get("en", ""),
        "required": question.get("required", False),
        "lines": "\n".join(_written(each["text"]) for each in entries),
        "low": low,
        "high": high,
        "low_words": _written(anchors.get(low, {})),
        "high_words": _written(anchors.get(high, {})),
        "years": " ".join(map(str, question.get("years", []))),
    }
    for condition in question.get("when", [])[:1]:
        options = {each["code"]: each["text"]["sv"] for each in before[condition["question"]].get("options", [])}
        said = ", ".join(options.get(code, code) for code in condition.get("is", []))
        found |= {"after": condition["question"], "answers": said or _limit(condition)}
    return found


def _limit(condition: Asked) -> str:
    if "at_least" in condition:
        return _("from %(number)s") % {"number": condition["at_least"]}
    return _("up to %(number)s") % {"number": condition["at_most"]}


def _written(text: dict[str, str]) -> str:
    return " | ".join(dict.fromkeys(text[language] for language in ("sv", "en") if language in text))


class HeadForm(Form):
    """What the questionnaire is called, and what stands on its first page."""

    title_sv = forms.CharField(label=gettext_lazy("Title in Swedish"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200)
    intro_sv = forms.CharField(
        label=gettext_lazy("First page in Swedish"), max_length=2000, required=False, widget=_LINES
    )
    intro_en = forms.CharField(
        label=gettext_lazy("First page in English"), max_length=2000, required=False, widget=_LINES
    )

    def changed(self, asked: Asked) -> Asked:
        """Return the questionnaire with these words."""
        data = self.cleaned_data
        found = {**asked, "title": {**asked["title"], "sv": data["title_sv"], "en": data["title_en"]}}
        found.pop("intro", None)
        if data["intro_sv"]:
            found["intro"] = {"sv": data["intro_sv"], "en": data["intro_en"] or data["intro_sv"]}
        return found
