"""Loading a template file into the tables, whole or not at all."""

from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.access.models import Municipality, Organisation, SecrecyDomain, Unit
from lotsen.core.refused import Refused, action

from .enums import Category
from .forms import Template, parse_template
from .models import (
    Destination,
    ExitReason,
    Financing,
    Goal,
    Kind,
    Partner,
    Phase,
    Programme,
    ProgrammeUnit,
    Step,
    TargetGroup,
)

_LEFT_OUT = gettext_lazy(
    "The template leaves out a line that %(user)s uses. Keep the line, or close what uses it first."
)


@action
def load_template_file(*, file: Path) -> Programme:
    """Read a template file and load it. Raises `FileFaults` where it is none."""
    return load_template(template=parse_template(file.read_bytes(), str(file)))


@action
def load_template(*, template: Template) -> Programme:
    """Make or update the programme that a template describes. Lines that cases already use cannot be left out."""
    organisations = _load_organisations(template)
    _load_units(template, organisations)
    programme, _made = Programme.objects.update_or_create(
        code=template.code,
        defaults={
            "names": template.name.model_dump(),
            "summary": template.summary.model_dump(),
            "starts_on": template.period.start,
            "ends_on": template.period.end,
            "fund": template.fund.model_dump(),
            "fund_period": template.fund_period or "",
            "hours_signed": template.hours_signed,
            "reference": template.reference,
            "lead_unit": _load_unit(organisations[template.lead.organisation], template.lead.unit, None, None),
            "budget": None if template.budget.total is None else template.budget.total * 100,
            "age_bounds": template.age_bands,
            "follow_up_days": template.follow_up_days,
        },
    )
    programme.area.set(Municipality.objects.filter(code__in=template.area))
    _load_partners(programme, template, organisations)
    _load_lists(programme, template)
    return programme


def _load_organisations(template: Template) -> dict[str, Organisation]:
    """Make the organisations that are missing. One that is there keeps its kind: another programme may use it."""
    found: dict[str, Organisation] = {}
    for part in template.partners:
        found[part.organisation], _made = Organisation.objects.get_or_create(
            name=part.organisation, defaults={"kind": part.kind, "municipality_id": part.municipality}
        )
    return found


def _load_unit(organisation: Organisation, name: str, municipality: str | None, domain: str | None) -> Unit:
    """Find or make a unit. A unit without a domain of its own is one by itself."""
    code = domain or str(organisation.pk)
    SecrecyDomain.objects.get_or_create(code=code)
    unit, _made = Unit.objects.get_or_create(
        organisation=organisation,
        name=name,
        defaults={"municipality_id": municipality or organisation.municipality_id, "secrecy_domain_id": code},
    )
    return unit


def _load_units(template: Template, organisations: dict[str, Organisation]) -> list[Unit]:
    """Find or make the units that take part."""
    return [
        _load_unit(organisations[part.organisation], unit.name, unit.municipality, unit.domain)
        for part in template.partners
        for unit in part.units
    ]


def _load_partners(programme: Programme, template: Template, organisations: dict[str, Organisation]) -> None:
    """Set the partners, their units and the financing as the template has them."""
    Partner.objects.filter(programme=programme).delete()
    Financing.objects.filter(programme=programme).delete()
    units = _load_units(template, organisations)
    for position, part in enumerate(template.partners):
        organisation = organisations[part.organisation]
        Partner.objects.create(
            programme=programme, organisation=organisation, roles=list(part.roles), position=position
        )
    gone = ProgrammeUnit.objects.filter(programme=programme).exclude(unit__in=units)
    used = programme.cases.filter(unit__in=gone.values("unit")).first()
    if used:
        raise Refused(_LEFT_OUT % {"user": used._meta.verbose_name})
    gone.delete()
    for unit in units:
        ProgrammeUnit.objects.get_or_create(programme=programme, unit=unit)
    for position, source in enumerate(template.budget.financing):
        Financing.objects.create(
            programme=programme,
            source=source.source,
            organisation=organisations.get(source.organisation or ""),
            amount=source.amount * 100,
            position=position,
        )


def _load_lists(programme: Programme, template: Template) -> None:
    """Set each of the programme's own lists."""
    _load_list(programme, Phase, template.phases, _phase)
    _load_list(programme, TargetGroup, template.target_groups, _target_group)
    _load_list(programme, Step, template.steps, _step)
    for category, parts in (
        (Category.ACTIVITY, template.activities),
        (Category.MEASURE, template.measures),
        (Category.PLACEMENT, template.placements),
    ):
        _load_list(programme, Kind, parts, _kind, category=category)
    _load_list(programme, Destination, template.exits.destinations, lambda part: {"outcome": part.outcome})
    _load_list(programme, ExitReason, template.exits.reasons, lambda _part: {})
    _load_list(programme, Goal, template.goals, _goal)


def _phase(part: Any) -> dict[str, Any]:
    checklist = [text.model_dump() for text in part.checklist]
    return {"starts_on": part.start, "ends_on": part.end, "checklist": checklist}


def _target_group(part: Any) -> dict[str, Any]:
    rule = [condition.model_dump(mode="json", by_alias=True, exclude_none=True) for condition in part.rule]
    return {"is_of_employers": part.of == "employers", "rule": rule}


def _step(part: Any) -> dict[str, Any]:
    requires = [text.model_dump() for text in part.requires]
    return {"weeks": part.weeks, "weeks_at_most": part.weeks_at_most, "requires": requires}


def _kind(part: Any) -> dict[str, Any]:
    return {"counts_as": getattr(part, "counts_as", None) or "", "visits": getattr(part, "visits", [])}


def _goal(part: Any) -> dict[str, Any]:
    dimension, keys = next(iter(part.where.items()), ("", []))
    return {"indicator": part.indicator or "", "target": part.target, "dimension": dimension, "keys": keys}


def _load_list(programme: Programme, model: Any, parts: Any, fields: Any, **narrow: Any) -> None:
    """Update the lines of one list by code, in the template's order, and take away those that it leaves out."""
    rows: models.QuerySet[Any] = model.objects.filter(programme=programme, **narrow)
    try:
        rows.exclude(code__in=[part.code for part in parts]).delete()
    except ProtectedError as error:
        used = next(iter(error.protected_objects))
        raise Refused(
            _("The template leaves out a line that %(user)s uses. Keep the line, or close what uses it first.")
            % {"user": getattr(used, "case", used)._meta.verbose_name}
        ) from None
    for position, part in enumerate(parts):
        model.objects.update_or_create(
            programme=programme,
            code=part.code,
            **narrow,
            defaults={"names": part.name.model_dump(), "position": position, **fields(part)},
        )
