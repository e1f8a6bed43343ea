"""What is done with plans."""

from datetime import date

from django.utils.translation import gettext as _

from lotsen.cases.models import Case
from lotsen.core.refused import Refused, action, refusing

from .models import Plan


@action
def agree_plan(*, case: Case, on: date) -> Plan:
    """A plan, or a new version of it, is agreed with the participant."""
    if not case.started_on or on < case.started_on:
        raise Refused(_("The plan is dated before the participation."), "on")
    twice = _("A plan was agreed on this day already. Choose another day.")
    with refusing("plan_one_a_day", twice, "on"):
        return Plan.objects.create(case=case, agreed_on=on)
