"""The bar that stands on every page of a case."""

from typing import Any

from django import template
from django.utils import timezone

from lotsen.cases.models import Case

register = template.Library()


@register.inclusion_tag("cases/_bar.html", takes_context=True)
def case_bar(context: Any, case: Case) -> dict[str, Any]:
    """Show who it is, on which step, who answers for the case, and the ways to its pages."""
    today = timezone.localdate()
    responsible = [entry for entry in case.responsibleentrys.all() if entry.since <= today][-1:]
    step = list(case.stepentrys.all())[-1:]
    user = context["user"]
    return {
        "request": context["request"],
        "user": user,
        "case": case,
        "coach": responsible[0].user.name if responsible else "",
        "step": step[0].step if step else None,
        "needs": getattr(case, "needs", None),
        "is_own": case.unit_id in user.own_units,
    }
