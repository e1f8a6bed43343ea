"""Responses with the questions that they answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import formats
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.acting import open_by_link
from lotsen.core.links import digest
from lotsen.core.refused import Refused
from lotsen.core.text import local, number
from lotsen.employers.enums import classifications
from lotsen.questionnaires.definitions import Definition, Question, Score, band_of
from lotsen.questionnaires.enums import Purpose, QuestionKind, Voice
from lotsen.questionnaires.models import Questionnaire, Recipient, Response, Version


def definition_of(version: Version) -> Definition:
    """Return what a version asks."""
    return Definition.model_validate(version.definition)


def by_link(token: str) -> tuple[Recipient | None, Response | None]:
    """Return whom a link was sent to, and what they have answered so far. The rest of the request sees both."""
    open_by_link(token)
    found = Recipient.objects.select_related("wave__version__questionnaire", "wave__programme")
    recipient = found.filter(pk=database.call("lotsen_linked_recipient")).first()
    if recipient is None:
        return None, None
    responses = Response.objects.select_related("version")
    if recipient.wave.is_anonymous:
        return recipient, responses.filter(link=digest("response", token)).first()
    return recipient, responses.filter(recipient=recipient).first()


def latest_versions(user: User, *purposes: Purpose) -> list[Version]:
    """Return the newest version of each questionnaire that the user may take. Frames without texts cannot be asked."""
    visible = Questionnaire.objects.visible_to(user)
    found = (
        Version.objects.filter(questionnaire__in=visible, questionnaire__purpose__in=purposes)
        .order_by("questionnaire_id", "-number")
        .distinct("questionnaire_id")
        .select_related("questionnaire")
    )
    # The organisation's own stands for the one that it was copied from.
    own = {version.questionnaire.code for version in found if version.questionnaire.organisation_id}
    usable = [
        version
        for version in found
        if not version.definition.get("is_frame")
        and (version.questionnaire.organisation_id or version.questionnaire.code not in own)
    ]
    return sorted(usable, key=lambda version: version.questionnaire.title)


def newest_by_code(code: str) -> Version:
    """Return the newest version of a questionnaire: of the one that comes with Lotsen, where several have the code."""
    found = Version.objects.filter(questionnaire__code=code).select_related("questionnaire")
    version = found.order_by(F("questionnaire__organisation").asc(nulls_first=True), "-number").first()
    if version is None:
        known = ", ".join(Questionnaire.objects.values_list("code", flat=True))
        raise Refused(_("There is no questionnaire %(code)s. There are: %(known)s") % {"code": code, "known": known})
    return version


@dataclass(frozen=True)
class Line:
    """One question of a response with its answer in words, in the language now in use."""

    question: Question
    text: str
    said: str
    rows: list[tuple[str, str]]
    is_declined: bool


def lines(definition: Definition, response: Response, language: str = "") -> list[tuple[str, list[Line]]]:
    """Return the sections of a response, each with its questions that have an answer, or that were declined."""
    values, declined = response.values, response.declined
    found = []
    for section in definition.sections:
        said = [
            _line(question, values, declined, language)
            for question in section.questions
            if question.code in values or question.code in declined
        ]
        if said:
            found.append((local(section.text, language), said))
    return found


def _line(question: Question, values: dict[str, Any], declined: set[str], language: str) -> Line:
    value = values.get(question.code)
    return Line(
        question=question,
        text=local(question.text, language),
        said=written(question, value, language),
        rows=_rows(question, value, language),
        is_declined=question.code in declined,
    )


def written(question: Question, value: Any, language: str = "") -> str:
    """Write an answer in words."""
    if value is None or question.kind in {QuestionKind.GRID, QuestionKind.NEEDS}:
        return ""
    names: dict[str, str] = {option.code: local(option.text, language) for option in question.options}
    if isinstance(value, list):
        return ", ".join(names.get(code, str(code)) for code in value)
    if question.kind == QuestionKind.SINGLE:
        return names.get(value, str(value))
    if question.kind in {QuestionKind.OCCUPATION, QuestionKind.INDUSTRY}:
        return classifications.written(question.kind, value)
    if question.kind == QuestionKind.DATE:
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    if question.steps:
        return _("%(step)s of %(most)s") % {"step": value, "most": question.steps[-1]}
    return number(value, 0 if isinstance(value, int) else 1) if isinstance(value, int | float) else str(value)


def _rows(question: Question, value: Any, language: str) -> list[tuple[str, str]]:
    if value is None:
        return []
    if question.kind == QuestionKind.GRID:
        most = question.steps[-1]
        return [
            (local(row.text, language), _("%(step)s of %(most)s") % {"step": value[row.code], "most": most})
            for row in question.rows
            if row.code in value
        ]
    if question.kind == QuestionKind.NEEDS:
        return [
            (
                classifications.written(QuestionKind.OCCUPATION, row["occupation"]),
                ", ".join(f"{year}: {row[str(year)]}" for year in question.years if str(year) in row),
            )
            for row in value
        ]
    return []


@dataclass(frozen=True)
class Scored:
    """One score through all responses of a case, oldest first."""

    score: Score
    name: str
    points: list[tuple[Response, Decimal | None, str]]


@dataclass(frozen=True)
class Told:
    """All that a case has answered to one version, voice by voice: never mixed, never averaged."""

    version: Version
    definition: Definition
    voice: Voice
    responses: list[Response]

    @property
    def scores(self) -> list[Scored]:
        """Each score over time."""
        return [
            Scored(score, local(score.text), [self._point(score, response) for response in self.responses])
            for score in self.definition.scores
        ]

    @staticmethod
    def _point(score: Score, response: Response) -> tuple[Response, Decimal | None, str]:
        stored = response.scores.get(score.code)
        value = None if stored is None else Decimal(str(stored))
        return response, value, local(band_of(score, value))

    @property
    def wheel(self) -> "WheelOver | None":
        """The wheel, where the version has one."""
        if self.definition.wheel is None:
            return None
        grid = self.definition.questions[self.definition.wheel.now]
        codes = (self.definition.wheel.now, self.definition.wheel.wished)
        rounds = [
            (response.completed_on, *(response.values.get(code, {}) for code in codes))
            for response in self.responses
            if response.completed_on and any(code in response.values for code in codes)
        ]
        areas = [(row.code, local(row.text)) for row in grid.rows]
        return WheelOver(areas, grid.steps, rounds) if rounds else None


@dataclass(frozen=True)
class WheelOver:
    """A Life Wheel over time: its areas, its scale, and each time how it was and how it was wished."""

    areas: list[tuple[str, str]]
    steps: range
    #: Day, how it was, and how it was wished.
    rounds: list[tuple[date, dict[str, int], dict[str, int]]]

    @property
    def rows(self) -> list[tuple[str, list[tuple[int | None, int | None]]]]:
        """Each area with how it was and was wished, time by time."""
        return [
            (name, [(now.get(code), wished.get(code)) for _day, now, wished in self.rounds])
            for code, name in self.areas
        ]


@dataclass(frozen=True)
class BothVoices:
    """The newest answers of participant and staff to the same questions, beside each other and never put together."""

    version: Version
    days: list[tuple[Voice, date]]
    rows: list[tuple[str, list[int | None]]]


def side_by_side(told: list[Told]) -> list[BothVoices]:
    """Return each version that both voices have answered, step by step."""
    found = []
    for participant in told:
        staff = next((t for t in told if t.version == participant.version and t.voice == Voice.STAFF), None)
        if participant.voice == Voice.PARTICIPANT and staff is not None:
            pair = [participant.responses[-1], staff.responses[-1]]
            days = [(Voice(each.voice), each.completed_on) for each in pair if each.completed_on]
            found.append(BothVoices(participant.version, days, list(_steps(participant.definition, pair))))
    return found


def _steps(definition: Definition, pair: list[Response]) -> Iterator[tuple[str, list[int | None]]]:
    for code, question in definition.questions.items():
        if not question.steps:
            continue
        if not question.rows:
            yield local(question.text), [each.values.get(code) for each in pair]
        for row in question.rows:
            yield local(row.text), [each.values.get(code, {}).get(row.code) for each in pair]


def told_by(case: Case) -> list[Told]:
    """Return what a case has answered, by version and voice, newest questionnaire last."""
    found = case.responses.filter(completed_on__isnull=False).select_related("version__questionnaire", "taken_by")
    groups: dict[tuple[Version, str], list[Response]] = {}
    for response in found.order_by("version__questionnaire__code", "version__number", "voice", "completed_on"):
        groups.setdefault((response.version, response.voice), []).append(response)
    return [
        Told(version, definition_of(version), Voice(voice), responses) for (version, voice), responses in groups.items()
    ]
