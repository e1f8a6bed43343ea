"""Questions over a case and its programme."""

from collections.abc import Iterable, Mapping
from typing import Any

from lotsen.programmes.models import Programme, TargetGroup

from .models import Case

#: The facts at entry that stand on the case itself.
CASE_FACTS = (
    *("age", "sex", "born_abroad", "newly_arrived", "reduced_work_ability", "has_upper_secondary"),
    *("months_without_work", "on_sick_leave", "registered_job_seeker", "employed_by_unit"),
)


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
