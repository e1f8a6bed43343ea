"""Questions over a case and its programme."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.core import database
from lotsen.core.acting import open_by_consent, open_by_link
from lotsen.people.models import Consent, Person
from lotsen.people.queries import colleagues, identity_indexes
from lotsen.programmes.enums import Fact, Sex, Support
from lotsen.programmes.models import Programme, TargetGroup

from .models import Case, CaseQuerySet, ResponsibleEntry, StepEntry

#: The facts at entry that stand on the case itself.
CASE_FACTS = (
    *("age", "sex", "born_abroad", "newly_arrived", "reduced_work_ability", "has_upper_secondary"),
    *("months_without_work", "on_sick_leave", "registered_job_seeker", "employed_by_unit"),
)

#: What a follow-up asks; each may be left open.
FOLLOW_UP_ANSWERS = ("in_work", "in_education", "in_other_programme", "sees_better_chances")

#: How many attempts to follow up are made before one stops, and how long one waits between them.
ATTEMPTS = 3
ATTEMPTS_APART = timedelta(days=30)

#: As many as anybody looks through; who finds more adds a word.
MOST_FOUND = 50


def found_by(text: str, user: User) -> list[Case]:
    """Return the cases, of those the user may see, that a name, a case number or an identity number means."""
    cases = Case.objects.opened_to(user)
    if indexes := identity_indexes(text):
        return _listed(cases.filter(person__in=Person.objects.numbered(indexes)))
    # The quick ways first: most people write a number, or begin with a name's beginning.
    return _listed(cases.numbered(text)) or _listed(cases.beginning(text)) or _listed(cases.named(text))


def _listed(cases: CaseQuerySet) -> list[Case]:
    return list(cases.for_list().prefetch_related("programme")[:MOST_FOUND])


def sounding_like(text: str, user: User) -> list[Case]:
    """Return the cases, of those the user may see, whose names sound like a text."""
    return _listed(Case.objects.opened_to(user).sounding(text))


def _for_bar(cases: CaseQuerySet) -> CaseQuerySet:
    """Return cases with what the bar on every page of a case shows: whose it is, on which step, who answers for it."""
    found = cases.select_related("person", "unit", "programme", "destination", "reason", "needs")
    return found.prefetch_related(
        Prefetch("stepentrys", StepEntry.objects.select_related("step")),
        Prefetch("responsibleentrys", ResponsibleEntry.objects.select_related("user")),
    )


def seen_case(pk: UUID, user: User) -> Case:
    """Return the case of a page: one that the user sees anyway, or that a consent opens to the user. Else not found."""
    seen = _for_bar(Case.objects.visible_to(user)).filter(pk=pk).first()
    if seen is None:
        open_by_consent()
        seen = get_object_or_404(_for_bar(Case.objects.opened_to(user)), pk=pk)
    return seen


def own_case(pk: UUID, user: User) -> Case:
    """Return the case of a page where the user works with it. Else not found."""
    found: Case = get_object_or_404(_for_bar(Case.objects.worked_by(user)), pk=pk)
    return found


@dataclass(frozen=True)
class AskedByLink:
    """What a link to a follow-up opens: no name, since a link may go astray."""

    names: Mapping[str, str]
    unit: str
    day: int
    is_answered: bool


def asked_by_link(token: str) -> AskedByLink | None:
    """Return what a link asks about, while it holds: sixty days. The rest of the request may answer by it."""
    open_by_link(token)
    found = database.rows("lotsen_follow_up_asked")
    return AskedByLink(json.loads(found[0][0]), *found[0][1:]) if found else None


def grounds_of(case: Case, user: User, today: date) -> list[Consent]:
    """Return what opens a case of another unit to the user; nothing where the user sees it anyway."""
    if case.unit_id in user.own_units or case.programme.lead_unit_id in user.led_units:
        return []
    found = Consent.objects.in_force(today).filter(person=case.person_id, from_unit=case.unit_id)
    return list(found.filter(to_unit__in=user.own_units).select_related("from_unit"))


def protected_in(programme: Programme) -> int:
    """Return how many participants with a protected identity a programme has that the acting user may not know of.

    No figure counts them, and every page and report of figures says how many they are.
    """
    found: int = database.call("lotsen_protected_in", programme.pk)
    return found


def facts_of(case: Case, support: str | None) -> dict[str, Any]:
    """Return the facts that target-group rules ask for, as they are known at entry; unknown is None."""
    facts = {name: getattr(case, name) for name in CASE_FACTS}
    return {**facts, "sex": case.sex or None, "support": support}


def target_groups_of(programme: Programme, facts: Mapping[str, Any]) -> list[TargetGroup]:
    """Return every target group whose rule the facts meet. A person can be in several."""
    return [group for group in programme.targetgroups.all() if not group.is_of_employers and meets(group.rule, facts)]


@dataclass(frozen=True)
class Condition:
    """One condition of a rule in words, and whether the facts meet it; None where the fact is not known."""

    words: str
    holds: bool | None


@dataclass(frozen=True)
class Eligibility:
    """A target group, and how each of its conditions stands."""

    group: TargetGroup
    conditions: list[Condition]

    @property
    def holds(self) -> bool | None:
        """Whether somebody belongs to the group; None where that hangs on a fact that is not known."""
        found = [condition.holds for condition in self.conditions]
        return False if False in found else None if None in found else True


def eligibility(programme: Programme, facts: Mapping[str, Any]) -> list[Eligibility]:
    """Return each target group of persons with its conditions, so that a page can say why somebody fits or does not."""
    return [
        Eligibility(group, [_condition(each, facts.get(each["fact"])) for each in group.rule])
        for group in programme.targetgroups.all()
        if not group.is_of_employers
    ]


def _condition(condition: Mapping[str, Any], value: Any) -> Condition:
    holds = None if value is None else _meets_one(condition, value)
    return Condition(f"{Fact(condition['fact']).label}: {_wanted(condition)}", holds)


def _wanted(condition: Mapping[str, Any]) -> str:
    """Say in words what a condition asks for."""
    if "from" in condition or "to" in condition:
        low, high = condition.get("from"), condition.get("to")
        if low is None:
            return _("at most %(n)s") % {"n": high}
        return _("at least %(n)s") % {"n": low} if high is None else f"{low}–{high}"
    values = [condition["is"]] if "is" in condition else condition["in"]
    return _(" or ").join(_value(condition["fact"], value) for value in values)


def _value(fact: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = {Fact.SUPPORT: dict(Support.choices), Fact.SEX: dict(Sex.choices)}.get(Fact(fact), {})
    return str(labels.get(value, value)).lower()


def meets(rule: Iterable[Mapping[str, Any]], facts: Mapping[str, Any]) -> bool:
    """Tell whether the facts meet every condition. An unknown fact meets none."""
    return all(_meets_one(condition, facts.get(condition["fact"])) for condition in rule)


def _meets_one(condition: Mapping[str, Any], value: Any) -> bool:
    if value is None:
        return False
    if "is" in condition:
        return bool(value == condition["is"])
    if "in" in condition:
        return value in condition["in"]
    return bool(condition.get("from", value) <= value <= condition.get("to", value))


@dataclass(frozen=True)
class Load:
    """How many open cases a member of staff answers for."""

    user: User
    cases: int


def with_owner(cases: CaseQuerySet, today: date) -> QuerySet[Any]:
    """Return some cases, each with its `owner`: the key of who answers for it on a day, or none."""
    entries = ResponsibleEntry.objects.filter(case=OuterRef("pk"), since__lte=today).order_by("-since")
    return cases.annotate(owner=Subquery(entries.values("user")[:1]))


def loads_of(unit: Unit, today: date) -> dict[UUID, Load]:
    """Return how many open cases each colleague of a unit answers for, over all programmes that one may see."""
    open_cases = with_owner(Case.objects.filter(unit=unit, closed_on=None), today)
    counts = Counter(open_cases.values_list("owner", flat=True))
    return {user.pk: Load(user, counts[user.pk]) for user in colleagues(unit)}


def lacking_at_exit(case: Case) -> list[str]:
    """Return in words what an exit asks for and is not there yet, beside the own rating that the form asks for.

    The documented plan is asked for by the programmes themselves. It lies in an area above, and is reached from here by
    its name alone.
    """
    return [] if case.plans.filter(agreed_on__isnull=False).exists() else [_("An agreed plan")]
