"""Writing a programme as a template file, so that another can start from it."""

from typing import Any

import yaml

from lotsen.access.models import Unit

from .enums import Category
from .forms import SCHEMA_VERSION
from .models import Programme, ProgrammeItem


def export_template(programme: Programme) -> str:
    """Return the template file of a programme. Loading it gives the same programme."""
    return yaml.safe_dump(_file(programme), allow_unicode=True, sort_keys=False, width=110)


def _file(programme: Programme) -> dict[str, Any]:
    lead = programme.lead_unit
    return {
        "lotsen": SCHEMA_VERSION,
        "code": programme.code,
        "name": _text(programme.names),
        "summary": _text(programme.summary),
        "period": {"start": programme.starts_on, "end": programme.ends_on},
        "fund": _text(programme.fund),
        **_given(fund_period=str(programme.fund_period) or None),
        "hours_signed": str(programme.hours_signed),
        "reference": programme.reference,
        "lead": {"organisation": lead.organisation.name, "unit": lead.name},
        "partners": _partners(programme),
        "area": sorted(programme.area.values_list("code", flat=True)),
        "budget": _budget(programme),
        "phases": [
            {**_item(p), "start": p.starts_on, "end": p.ends_on, "checklist": [_text(t) for t in p.checklist]}
            for p in programme.phases.all()
        ],
        "age_bands": programme.age_bounds,
        "target_groups": [
            {**_item(g), "rule": g.rule, "of": "employers" if g.is_of_employers else "persons"}
            for g in programme.targetgroups.all()
        ],
        "steps": [_step(step) for step in programme.steps.all()],
        "activities": _kinds(programme, Category.ACTIVITY),
        "measures": _kinds(programme, Category.MEASURE),
        "placements": _kinds(programme, Category.PLACEMENT),
        "exits": {
            "destinations": [{**_item(d), "outcome": d.outcome} for d in programme.destinations.all()],
            "reasons": [_item(r) for r in programme.exitreasons.all()],
        },
        "follow_up_days": programme.follow_up_days,
        "goals": [_goal(goal) for goal in programme.goals.all()],
    }


def _text(names: dict[str, str]) -> str | dict[str, str]:
    return names["sv"] if names["sv"] == names["en"] else {"sv": names["sv"], "en": names["en"]}


def _item(item: ProgrammeItem) -> dict[str, Any]:
    return {"code": item.code, "name": _text(item.names)}


def _partners(programme: Programme) -> list[dict[str, Any]]:
    units: dict[Any, list[Unit]] = {}
    for unit in programme.units.all():
        units.setdefault(unit.organisation_id, []).append(unit)
    return [
        _given(
            organisation=partner.organisation.name,
            kind=partner.organisation.kind,
            municipality=partner.organisation.municipality_id,
            roles=partner.roles,
            units=[
                _given(name=unit.name, municipality=unit.municipality_id, domain=unit.secrecy_domain_id)
                for unit in units.get(partner.organisation_id, [])
            ],
        )
        for partner in programme.partners.select_related("organisation")
    ]


def _budget(programme: Programme) -> dict[str, Any]:
    financing = [
        _given(source=f.source, organisation=f.organisation and f.organisation.name, amount=f.amount // 100)
        for f in programme.financing.select_related("organisation")
    ]
    total = None if programme.budget is None else programme.budget // 100
    return _given(total=total, financing=financing)


def _step(step: Any) -> dict[str, Any]:
    return {
        **_item(step),
        **_given(weeks=step.weeks, weeks_at_most=step.weeks_at_most, requires=[_text(text) for text in step.requires]),
    }


def _kinds(programme: Programme, category: Category) -> list[dict[str, Any]]:
    return [
        {**_item(kind), **_given(counts_as=kind.counts_as or None, visits=kind.visits or None)}
        for kind in programme.kinds.all()
        if kind.category == category
    ]


def _goal(goal: Any) -> dict[str, Any]:
    target = goal.target
    if target is not None:
        target = int(target) if target == int(target) else float(target)
    where = {goal.dimension: goal.keys[0] if len(goal.keys) == 1 else goal.keys} if goal.dimension else {}
    return {**_item(goal), **_given(indicator=goal.indicator or None, target=target, where=where)}


def _given(**fields: Any) -> dict[str, Any]:
    """Leave out what is empty: the file says only what the programme has. A target of 0 is something."""
    return {name: value for name, value in fields.items() if value is not None and value not in ([], {})}
