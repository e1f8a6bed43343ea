"""A plan to take home: a PDF in plain language."""

from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotsen.core.pdf import render_pdf

from .enums import Horizon, Who
from .models import Plan, PlanAction

_TEMPLATE = Path(__file__).parent / "data" / "plan.typ"


def plan_pdf(plan: Plan, made_on: Any) -> bytes:
    """Return a version of a plan as a PDF/UA-1, in the language now in use."""
    case, goals = plan.case, list(plan.goals.prefetch_related("actions__kind"))
    words = getattr(plan, "own_words", None)
    state = _("agreed") if plan.agreed_on else _("draft")
    content = {
        "language": (get_language() or "sv")[:2],
        "title": _("My plan"),
        "lead": f"{case.title} · {case.unit.name} · {state} " + (_day(plan.agreed_on) if plan.agreed_on else ""),
        "unit": case.unit.name,
        "own_words": words.text if words else "",
        "parts": [
            {"heading": str(horizon.label), "goals": [_goal(goal) for goal in goals if goal.horizon == horizon]}
            for horizon in Horizon
            if any(goal.horizon == horizon for goal in goals)
        ],
        "signed": _signed(plan),
        "words": {
            "own_words": _("In my own words"),
            "signed": _("Signed"),
            "participant": case.title,
            "unit": case.unit.name,
        },
    }
    return render_pdf(_TEMPLATE, content, made_on)


def _goal(goal: Any) -> dict[str, Any]:
    notes = [_("by %(day)s") % {"day": _day(goal.due_on)} if goal.due_on else ""]
    notes.append(_("reached %(day)s") % {"day": _day(goal.reached_on)} if goal.reached_on else "")
    return {
        "text": goal.text,
        "note": ", ".join(note for note in notes if note),
        "actions": [{"text": step.text, "note": who_and_when(step)} for step in goal.actions.all()],
    }


def who_and_when(step: PlanAction) -> str:
    """Return who does an action, by when, and whether it is done, in one line."""
    who = step.other if step.who in {Who.EMPLOYER, Who.AGENCY} else str(step.get_who_display())
    parts = [
        who,
        step.kind.name if step.kind else "",
        _("by %(day)s") % {"day": _day(step.due_on)} if step.due_on else "",
        _("done %(day)s") % {"day": _day(step.done_on)} if step.done_on else "",
    ]
    return " · ".join(part for part in parts if part)


def _signed(plan: Plan) -> str:
    if not plan.agreed_on:
        return ""
    told = [_day(plan.agreed_on), str(plan.get_signed_how_display())]
    if plan.revise_on:
        told.append(_("we go through it again %(day)s") % {"day": _day(plan.revise_on)})
    return ", ".join(part for part in told if part)


def _day(day: Any) -> str:
    return formats.date_format(day, "DATE_FORMAT")
