"""What is decided on how long things are kept, and on what is held back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.refused import Refused, action, refusing
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from lotsen.records.models import LegalHold, RetentionRule


@action
def decide_retention(*, organisation: Organisation, by: User, **rule: Any) -> RetentionRule:
    """Write down for how many years something is kept from a day on. The rule before it stays, as it was."""
    already = _("There is a rule from that day already. Choose another day.")
    with refusing("retention_rule_one_a_day", already, "valid_from"):
        return RetentionRule.objects.create(organisation=organisation, decided_by=by, **rule)


@action
def place_hold(
    *, unit: Unit, reason: str, by: User, person: Person | None = None, programme: Programme | None = None
) -> LegalHold:
    """Hold back the record of a person, or of everybody in a programme, from being erased."""
    already = _("This is held back already.")
    with refusing("hold_once_for_person", already), refusing("hold_once_for_programme", already):
        return LegalHold.objects.create(unit=unit, person=person, programme=programme, reason=reason, placed_by=by)


@action
def lift_hold(*, hold: LegalHold, by: User, at: datetime) -> None:
    """Let what was held back be erased again when it is due."""
    if hold.lifted_at:
        raise Refused(_("This is not held back any more."))
    hold.lifted_by, hold.lifted_at = by, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
