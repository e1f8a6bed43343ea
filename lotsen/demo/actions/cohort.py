"""The cases of one programme, made as its staff would make them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from lotsen.access.models import Unit, User
from lotsen.cases import actions
from lotsen.cases.enums import Occasion, Whereabouts
from lotsen.cases.models import Case
from lotsen.plans.actions import agree_plan
from lotsen.programmes.models import Destination, ExitReason, Programme, TargetGroup

from .people import PeopleMaker
from .places import PlaceMaker

Item = TypeVar("Item")

#: The age span where no rule narrows it.
WORKING_AGES = (19, 62)
#: Where an exit leaves somebody: by the code of its destination, else by its outcome. Who moves or retires is in none.
WHEREABOUTS = {
    "work": Whereabouts.WORK,
    "studies": Whereabouts.STUDIES,
    "other": Whereabouts.NONE,
    "internship": Whereabouts.INTERNSHIP,
    "activity": Whereabouts.ACTIVITY,
    "other-programme": Whereabouts.ACTIVITY,
}
#: Reasons that fit a destination, by code; an exit to work or studies has reached its goal. No programme has them all.
REASONS = {
    "stage-job": {"goal-reached", "on-own-with-plan"},
    "internship": {"other-support"},
    "activity": {"other-support"},
    "other-programme": {"other-support"},
    "employment-service": {"other-support", "time-over", "no-contact"},
    "social-services": {"other-support", "health"},
    "moved": {"own-wish", "family"},
    "parental-leave": {"family", "other"},
    "pension": {"other"},
    "prison": {"other"},
    "treatment": {"health", "other-support"},
    "sick-leave": {"health"},
    "completed": {"programme-ended"},
    "other-job": {"left-the-unit"},
    "leave": {"own-wish"},
    "other": {"own-wish", "other", "no-contact"},
}
#: Ages at which a destination is likely.
AGES = {"pension": (61, 120), "parental-leave": (19, 47)}


class CohortMaker:
    """Makes the people and cases that a plan of data/cohorts.yaml asks for."""

    def __init__(
        self, programme: Programme, plan: dict[str, Any], people: PeopleMaker, staff: dict[Unit, User]
    ) -> None:
        """Take the programme with its lists."""
        self.programme, self.plan, self.people, self.staff = programme, plan, people, staff
        self.rng = random.Random(plan["seed"])  # noqa: S311 - made-up people, the same each time
        self.steps = list(programme.steps.all())
        self.groups = [group for group in programme.targetgroups.all() if not group.is_of_employers]
        self.destinations: dict[str, list[Destination]] = {}
        for destination in programme.destinations.all():
            self.destinations.setdefault(destination.outcome, []).append(destination)
        self.reasons = list(programme.exitreasons.all())

    def make(self) -> list[Case]:
        """Make every case, then what belongs to the cohort as a whole."""
        slots = list(self._slots())
        self.rng.shuffle(slots)
        cases = [self._case(place, *slot) for place, slot in enumerate(slots)]
        ended = [case for case in cases if case.closing == "exit"]
        self._rate(ended)
        self._follow_up(ended)
        PlaceMaker(self.programme, self.plan, self.rng).make(cases)
        return cases

    def _slots(self) -> Iterator[tuple[Unit, str, str]]:
        """Yield unit, sex and outcome of each case. `*` spreads people over all units."""
        units = list(self.programme.units.order_by("name"))
        for name, sexes in self.plan["people"].items():
            own = units if name == "*" else [unit for unit in units if unit.name == name]
            for sex, outcomes in sexes.items():
                wanted = [outcome for outcome, number in outcomes.items() for _ in range(number)]
                for place, outcome in enumerate(wanted):
                    yield own[place % len(own)], sex, outcome

    def _case(self, place: int, unit: Unit, sex: str, outcome: str) -> Case:
        started, closed = self._period(outcome)
        group = self._group(place)
        facts, ages, support = self._facts(group)
        person, age = self.people.make(self.rng, unit, sex, ages, started)
        facts |= {"sex": sex, "age": age}
        if facts["months_without_work"] is not None:
            # Nobody has been without work since before the age of sixteen.
            facts["months_without_work"] = min(facts["months_without_work"], max(age - 16, 0) * 12)
        case = actions.refer_case(
            programme=self.programme,
            unit=unit,
            person=person,
            on=max(started - timedelta(days=self.rng.randint(5, 30)), self.programme.starts_on),
            number=f"{self.programme.code.upper()}-{place + 1:04}",
            facts=facts,
            referred_by=self._referrer(),
        )
        actions.start_case(case=case, on=started, support=support, by=self.staff[unit])
        self._live(case, started, closed, outcome)
        return case

    def _period(self, outcome: str) -> tuple[date, date]:
        """Choose the start within the intake, spread over its months, and the day of closing."""
        first, last = self.plan["intake"]
        if outcome == "transfer":
            # Those who are left at the end have most often come late.
            first += (last - first) / 2
        started = first + timedelta(days=self.rng.randint(0, (last - first).days))
        if outcome == "transfer":
            return started, self.plan["transfer"]["day"]
        low, high = self.plan["stay"]
        return started, min(started + timedelta(days=self.rng.randint(low, high)), self.plan["last_exit"])

    def _group(self, place: int) -> TargetGroup:
        """Take the target groups in turn, or as many of each as the plan says."""
        numbers = self.plan.get("groups")
        if not numbers:
            return self.groups[place % len(self.groups)]
        for code, number in numbers.items():
            if place < number:
                return next(group for group in self.groups if group.code == code)
            place -= number
        return self.groups[-1]

    def _facts(self, group: TargetGroup) -> tuple[dict[str, Any], tuple[int, int], str]:
        """Return facts at entry that meet the group's rule, the span of ages, and the means of support."""
        facts: dict[str, Any] = {
            "born_abroad": self.rng.random() < self.plan.get("born_abroad", 0.15),
            "reduced_work_ability": self.rng.random() < 0.12,
            "has_upper_secondary": self.rng.random() < 0.4,
            "months_without_work": self.rng.randint(6, 60),
        }
        youngest, oldest = self.plan.get("ages", WORKING_AGES)
        ages, support = (youngest, oldest), self.rng.choice(["income_support", "activity_grant"])
        for condition in group.rule:
            fact = condition["fact"]
            if fact == "age":
                ages = (condition.get("from", youngest), condition.get("to", oldest))
                ages = (max(ages[0], 16), min(ages[1], 64))
            elif fact == "support":
                support = self.rng.choice(condition["in"])
            elif fact == "months_without_work":
                facts[fact] = self.rng.randint(condition.get("from", 1), condition.get("to", 72))
            elif fact != "sex":
                facts[fact] = condition["is"]
        if facts.get("newly_arrived"):
            facts["born_abroad"] = True
        if facts.get("employed_by_unit"):
            # An employer does not ask its staff what is asked of job seekers.
            facts |= dict.fromkeys(("months_without_work", "reduced_work_ability", "has_upper_secondary"))
            support = "own_income"
        return facts, ages, support

    def _referrer(self) -> Any:
        referrers = [partner for partner in self.programme.partners.all() if "referrer" in partner.roles]
        return self.rng.choice(referrers).organisation if referrers else None

    def _live(self, case: Case, started: date, closed: date, outcome: str) -> None:
        """Walk the staircase, find whereabouts, agree on a plan, and close."""
        days = max((closed - started).days, 1)
        # What needs a workplace comes with the placement.
        own = [step for step in self.steps if step.code not in self.plan.get("steps_at_placement", ())]
        for place, step in enumerate(own):
            since = started + timedelta(days=place * days // (len(self.steps) + 1))
            actions.enter_step(case=case, step=step, since=since)
        agree_plan(case=case, on=started + timedelta(days=min(self.rng.randint(3, 28), days)))
        out = started + timedelta(days=min(self.rng.randint(12, 90), days))
        self.rng.randrange(3)  # once chose between whereabouts; without it, all that comes after would be another
        if not case.employed_by_unit:
            actions.enter_whereabouts(case=case, whereabouts=Whereabouts.ACTIVITY, since=out)
        if outcome == "transfer":
            actions.transfer_case(case=case, on=closed, to=f"{case.unit}: {self.plan['transfer']['to']}")
            return
        if outcome in {"work", "studies"}:
            support = "own_income" if outcome == "work" else "student_finance"
            actions.enter_support(case=case, support=support, since=closed)
        destination = self._destination(case, outcome)
        if not case.employed_by_unit:
            where = WHEREABOUTS.get(destination.code, WHEREABOUTS[outcome])
            actions.enter_whereabouts(case=case, whereabouts=where, since=closed)
        actions.end_case(case=case, on=closed, destination=destination, reason=self._reason(destination))

    def _destination(self, case: Case, outcome: str) -> Destination:
        """Choose where an exit leads, as is likely at the person's age."""

        def fits(destination: Destination) -> bool:
            low, high = AGES.get(destination.code, (0, 120))
            return low <= (case.age or 0) <= high

        weights = self.plan.get("destinations", {})
        return self._draw(
            self.destinations[outcome],
            [found for found in self.destinations[outcome] if fits(found) for _ in range(weights.get(found.code, 1))],
        )

    def _reason(self, destination: Destination) -> ExitReason:
        """Choose a reason that fits where the exit leads."""
        codes = REASONS.get(destination.code, {"goal-reached"})
        return self._draw(self.reasons, [reason for reason in self.reasons if reason.code in codes])

    def _draw(self, everything: list[Item], fitting: list[Item]) -> Item:
        """Choose one that fits. The dice are thrown over all, so that what fits changes nothing that comes after."""
        return fitting[self.rng.randrange(max(len(everything), len(fitting))) % len(fitting)]

    def _rate(self, ended: list[Case]) -> None:
        """Let as many as the plan says rate their distance twice, and so many of them stand closer at the exit."""
        rated = self.rng.sample(ended, self.plan["rated"])
        for place, case in enumerate(rated):
            before = self.rng.randint(2, 6)
            after = before + self.rng.randint(1, 3) if place < self.plan["closer"] else before - self.rng.randint(0, 1)
            for occasion, on, distance in (
                (Occasion.START, case.started_on, before),
                (Occasion.EXIT, case.closed_on, after),
            ):
                actions.rate_distance(case=case, occasion=occasion, on=on or case.referred_on, distance=distance)

    def _follow_up(self, ended: list[Case]) -> None:
        """Ask everybody on day 90; as many answer, and answer so, as the plan says."""
        plan = self.plan["follow_up"]
        if not plan or 90 not in self.programme.follow_up_days:
            return
        # Who went to work answers most often that they are in work, and so on.
        order = {"work": 0, "studies": 1, "other": 2}
        asked = sorted(ended, key=lambda case: (order[case.destination.outcome], self.rng.random()))  # type: ignore[union-attr]  # an ended case has one
        answering = asked[: plan["in_work"]] + self.rng.sample(
            asked[plan["in_work"] :], plan["answered"] - plan["in_work"]
        )
        answers = self._answers(plan)
        for case in asked:
            answer = next(answers) if case in answering else None
            on = (case.closed_on or case.referred_on) + timedelta(days=90)
            actions.record_follow_up(case=case, day=90, on=on, answers=answer)

    def _answers(self, plan: dict[str, int]) -> Iterator[dict[str, bool]]:
        """Yield the answers: first those in work, then in education, then in another programme, then in none."""
        work, education = plan["in_work"], plan["in_education"]
        other = plan["in_other_programme"]
        # How many of those in work also see better chances follows from the sum.
        both = plan["sees_better_chances"] + work - plan["work_or_better"]
        for place in range(plan["answered"]):
            better = place < both if place < work else place - work < plan["sees_better_chances"] - both
            yield {
                "in_work": place < work,
                "in_education": work <= place < work + education,
                "in_other_programme": work + education <= place < work + education + other,
                "sees_better_chances": better,
            }
