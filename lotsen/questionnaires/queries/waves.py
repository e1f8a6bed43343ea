"""What a wave says: how many answered, what they answered, and how that differs from the wave before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lotsen.access.enums import CASEWORK_ROLES
from lotsen.access.models import Membership, Unit, User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.text import local
from lotsen.employers.models import Employer
from lotsen.programmes.models import Programme, TargetGroup
from lotsen.questionnaires.definitions import Definition, Question, Score
from lotsen.questionnaires.enums import Direction, QuestionKind
from lotsen.questionnaires.models import Recipient, Response, Wave

from .comparison import Difference, paired, unpaired
from .responses import definition_of

#: Days between two messages about the same.
REMIND_AFTER = 7


@dataclass(frozen=True)
class Rate:
    """How many were asked and have answered; of one unit, or of all."""

    unit: str
    asked: int
    answered: int

    @property
    def share(self) -> float | None:
        """Per cent of those asked."""
        return 100 * self.answered / self.asked if self.asked else None


def rates(wave: Wave) -> tuple[Rate, list[Rate]]:
    """Return the rate of the whole wave, and of each unit. Who has answered is known; what they answered is not."""
    found = database.rows("lotsen_wave_rates", [wave.pk])
    names = dict(Unit.objects.filter(pk__in=[unit for _wave, unit, *_n in found]).values_list("pk", "name"))
    units = [Rate(names[unit], asked, answered) for _wave, unit, asked, answered in found if unit]
    return _together(found), sorted(units, key=lambda rate: rate.unit)


def with_rates(waves: Iterable[Wave]) -> list[tuple[Wave, Rate]]:
    """Return waves, each with how many were asked and have answered."""
    all_waves = list(waves)
    found = database.rows("lotsen_wave_rates", [wave.pk for wave in all_waves])
    return [(wave, _together([row for row in found if row[0] == wave.pk])) for wave in all_waves]


def _together(rows: Sequence[tuple[Any, ...]]) -> Rate:
    return Rate("", sum(row[2] for row in rows), sum(row[3] for row in rows))


def staff_of(units: Iterable[Unit]) -> list[tuple[User, Unit]]:
    """Return those who work in some units and can sign in, each with the first of the units."""
    found: dict[User, Unit] = {}
    held = Membership.objects.filter(unit__in=units, role__in=CASEWORK_ROLES, user__is_active=True)
    for each in held.select_related("user", "unit").order_by("unit__name"):
        found.setdefault(each.user, each.unit)
    return list(found.items())


def employers_met(programme: Programme, unit: Unit | None) -> QuerySet[Employer]:
    """Return the employers that a programme has been in contact with; of one municipality, where a unit is named."""
    found = Employer.objects.filter(contacts__programme=programme)
    if unit is not None:
        found = found.filter(workplaces__municipality=unit.municipality_id)
    return found.distinct().order_by("name")


def participants_of(programme: Programme, unit: Unit | None, group: TargetGroup | None) -> QuerySet[Case]:
    """Return those who are in a programme now; of one unit or one target group, where they are named."""
    found = Case.objects.filter(programme=programme, started_on__isnull=False, closed_on=None)
    if unit is not None:
        found = found.filter(unit=unit)
    if group is not None:
        found = found.filter(target_groups=group)
    return found.select_related("unit").order_by("number")


def waiting_for_link(wave: Wave, on: date, *, is_reminder: bool) -> QuerySet[Recipient]:
    """Return who has an address and waits for a link, or for a reminder of it."""
    found = wave.recipients.exclude(email="")
    if not is_reminder:
        return found.filter(sent_on=None)
    lately = on - timedelta(days=REMIND_AFTER)
    return found.filter(answered_on=None, sent_on__lte=lately).exclude(reminded_on__gt=lately)


@dataclass(frozen=True)
class Cell:
    """What was answered to one question, one row of a grid, or one score: how many gave which value."""

    counts: Counter[Any]
    declined: int

    @property
    def total(self) -> int:
        """How many answered."""
        return self.counts.total()

    @property
    def median(self) -> float | None:
        """The value in the middle: of two in the middle the lower one, since steps are not halved."""
        reached = 0
        for value in sorted(self.counts):
            reached += self.counts[value]
            if 2 * reached >= self.total:
                return float(value)
        return None


Key = tuple[str, str]
Cells = dict[Key, Cell]


@dataclass(frozen=True)
class Result:
    """A wave's answers: of all, and of the units that are large enough to be told apart."""

    definition: Definition
    whole: Cells
    units: dict[UUID, Cells]
    names: dict[UUID, str]


def result(wave: Wave) -> Result:
    """Count a wave's answers. The database gives counts only, and none of a group that is too small."""
    definition = definition_of(wave.version)
    texts = [code for code, question in definition.questions.items() if question.kind == QuestionKind.TEXT]
    counts: dict[UUID | None, dict[Key, Counter[Any]]] = defaultdict(lambda: defaultdict(Counter))
    declined: dict[UUID | None, Counter[Key]] = defaultdict(Counter)
    for unit, code, item, value, n in database.rows("lotsen_wave_counts", wave.pk, texts):
        key = (code, item)
        if value is None:
            declined[unit][key] += n if not code.startswith("=") else 0
        else:
            counts[unit][key][_read(definition, code, value)] += n
    cells = {
        unit: {key: Cell(counts[unit][key], declined[unit][key]) for key in {*counts[unit], *declined[unit]}}
        for unit in {*counts, *declined}
    }
    shown = {unit: found for unit, found in cells.items() if unit is not None}
    names = dict(Unit.objects.filter(pk__in=shown).values_list("pk", "name"))
    return Result(definition, cells.get(None, {}), shown, names)


def _read(definition: Definition, code: str, value: str) -> Any:
    """Return a value of the database as what it is: a number, or the code of a choice."""
    question = definition.questions.get(code)
    if code.startswith("=") or (question and (question.steps or question.kind == QuestionKind.NUMBER)):
        return float(value)
    return value


def texts(wave: Wave) -> list[tuple[Question, list[str]]]:
    """Return the free texts of a wave by question, in no order that tells who wrote them."""
    definition = definition_of(wave.version)
    asked = {code: question for code, question in definition.questions.items() if question.kind == QuestionKind.TEXT}
    found: dict[str, list[str]] = defaultdict(list)
    if asked:
        for code, value in database.rows("lotsen_wave_texts", wave.pk, list(asked)):
            found[code].append(value)
    return [(question, found[code]) for code, question in asked.items() if found[code]]


@dataclass(frozen=True)
class AreaChange:
    """One area of a wave against the wave before."""

    score: Score
    difference: Difference | None

    @property
    def name(self) -> str:
        """The name of the area."""
        return local(self.score.text)

    @property
    def is_better(self) -> bool | None:
        """Whether it is better now; None where it cannot be told, or where neither is better."""
        fallen = self.difference.has_fallen if self.difference else None
        if fallen is None or self.score.better == Direction.NONE:
            return None
        return fallen == (self.score.better == Direction.LOWER)


def changes(wave: Wave, counted: Result | None = None) -> list[AreaChange]:
    """Compare a wave with the one that it follows, by each score that both versions have.

    `counted` is the wave's own result, where it is at hand.
    """
    before = wave.follows
    if before is None:
        return []
    earlier = {score.code for score in definition_of(before.version).scores}
    scores = [score for score in definition_of(wave.version).scores if score.code in earlier]
    first, second = result(before).whole, (counted or result(wave)).whole
    joined = [] if before.is_anonymous or wave.is_anonymous else _joined(before, wave)
    return [
        AreaChange(score, paired(_pairs(joined, score)) or unpaired(_counts(first, score), _counts(second, score)))
        for score in scores
    ]


def _counts(cells: Cells, score: Score) -> Counter[float]:
    cell = cells.get((f"={score.code}", ""))
    return cell.counts if cell else Counter()


def _joined(before: Wave, after: Wave) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the scores of those who answered both waves, by the person, employer or address that was asked."""
    first, second = _by_respondent(before.responses.completed()), _by_respondent(after.responses.completed())
    return [(first[who], second[who]) for who in first if who in second]


def _by_respondent(responses: QuerySet[Response]) -> dict[Any, dict[str, Any]]:
    found = responses.values_list("case", "recipient__employer", "recipient__email", "scores")
    return {case or employer or email: scores for case, employer, email, scores in found if case or employer or email}


def _pairs(joined: Sequence[tuple[dict[str, Any], dict[str, Any]]], score: Score) -> list[tuple[float, float]]:
    return [(a[score.code], b[score.code]) for a, b in joined if None not in (a.get(score.code), b.get(score.code))]
