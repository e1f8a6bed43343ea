"""Questions over a case and its programme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lotsen.access.models import User
from lotsen.core import database
from lotsen.people.models import Consent, Person
from lotsen.people.queries import identity_indexes
from lotsen.programmes.models import Programme, TargetGroup

from .enums import CaseState
from .models import Case, state_of

#: The facts at entry that stand on the case itself.
CASE_FACTS = (
    *("age", "sex", "born_abroad", "newly_arrived", "reduced_work_ability", "has_upper_secondary"),
    *("months_without_work", "on_sick_leave", "registered_job_seeker", "employed_by_unit"),
)

#: As many as anybody looks through; who finds more adds a word.
MOST_FOUND = 50


def found_by(text: str, user: User) -> list[Case]:
    """Return the cases, of those the user may see, that a name, a case number or an identity number means."""
    cases = Case.objects.opened_to(user)
    indexes = identity_indexes(text)
    found = cases.filter(person__in=Person.objects.numbered(indexes)) if indexes else cases.named(text)
    return list(found.for_list().prefetch_related("programme")[:MOST_FOUND])


def grounds_of(case: Case, user: User, today: date) -> list[Consent]:
    """Return what opens a case of another unit to the user; nothing where the user sees it anyway."""
    if case.unit_id in user.own_units or case.programme.lead_unit_id in user.led_units:
        return []
    found = Consent.objects.in_force(today).filter(person=case.person_id, from_unit=case.unit_id)
    return list(found.filter(to_unit__in=user.own_units).select_related("from_unit"))


@dataclass(frozen=True)
class Referral:
    """What a referrer is told of a case: the number, the programme and the state."""

    number: str
    programme: Programme
    referred_on: date
    started_on: date | None
    closed_on: date | None
    state: CaseState


def referrals() -> list[Referral]:
    """Return the cases that the acting user's organisation has referred. The database gives no more columns."""
    rows = database.rows("lotsen_referrals")
    programmes = Programme.objects.in_bulk({programme for _number, programme, *_days in rows})
    return [
        Referral(number, programmes[programme], referred, started, closed, state_of(started, closing))
        for number, programme, referred, started, closed, closing in rows
    ]


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
