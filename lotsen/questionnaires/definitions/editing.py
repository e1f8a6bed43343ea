"""Changing a questionnaire question by question: each step gives a whole new one, or says why it cannot be.

A questionnaire in the making is the mapping that its file would hold.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import ValidationError

from lotsen.core.refused import Refused

from .schema import Definition

Asked = dict[str, Any]


def checked(asked: Asked) -> Definition:
    """Return the questionnaire that a mapping is. Refuses one that is none, with the first fault."""
    try:
        return Definition.model_validate(asked)
    except ValidationError as error:
        found = error.errors()[0]
        faults = found.get("ctx", {}).get("faults")
        said = faults[0][1] if faults else str(found.get("ctx", {}).get("error") or found["msg"])
        raise Refused(_("It cannot be so: %(said)s.") % {"said": said.rstrip(".")}) from None


def _changed(asked: Asked, change: Callable[[Asked], None]) -> Asked:
    """Return a changed copy that is whole."""
    copy = deepcopy(asked)
    change(copy)
    return checked(copy).as_data()


def with_question(asked: Asked, section: int, place: int | None, question: Asked) -> Asked:
    """Put a question into a section: in the place of another one, or last. Places count from 0."""

    def change(copy: Asked) -> None:
        questions = copy["sections"][section]["questions"]
        if place is None:
            questions.append(question)
        else:
            questions[place] = question

    return _changed(asked, change)


def without_question(asked: Asked, section: int, place: int) -> Asked:
    """Take a question out, and its section with the last one of it."""

    def change(copy: Asked) -> None:
        del copy["sections"][section]["questions"][place]
        copy["sections"] = [each for each in copy["sections"] if each["questions"]]
        if not copy["sections"]:
            raise Refused(_("A questionnaire needs at least one question."))

    return _changed(asked, change)


def moved(asked: Asked, section: int, place: int, step: int) -> Asked:
    """Move a question up (-1) or down (1): within its section, and over its end into the next one."""

    def change(copy: Asked) -> None:
        sections = copy["sections"]
        questions = sections[section]["questions"]
        target = place + step
        if 0 <= target < len(questions):
            questions[place], questions[target] = questions[target], questions[place]
        elif 0 <= section + step < len(sections):
            others = sections[section + step]["questions"]
            others.insert(len(others) if step < 0 else 0, questions.pop(place))
            copy["sections"] = [each for each in sections if each["questions"]]

    return _changed(asked, change)


def with_section(asked: Asked, text: Asked, question: Asked) -> Asked:
    """Add a page with its first question."""
    codes = [each["code"] for each in asked["sections"]]

    def change(copy: Asked) -> None:
        copy["sections"].append({"code": free_code(text["sv"], codes), "text": text, "questions": [question]})

    return _changed(asked, change)


def free_code(text: str, taken: list[str]) -> str:
    """Return a code made of a text, which nothing else has."""
    code = slugify(text)[:40].strip("-") or "q"
    return next(each for each in (code, *(f"{code}-{n}" for n in range(2, 1000))) if each not in taken)


def codes_in(asked: Asked) -> list[str]:
    """Return the codes of all questions, in their order."""
    return [question["code"] for section in asked["sections"] for question in section["questions"]]
