"""An erasure is proposed, archived, approved by another, and carried out when its time has come."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.core import traces
from lotsen.core.refused import Refused, action, refusing
from lotsen.people.enums import ReadingKind
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from lotsen.records.enums import TRANSITIONS, ErasureState, Kept
from lotsen.records.models import Erasure, ErasureItem
from lotsen.records.queries import erasable, evidence_until, rule_in_force
from lotsen.records.queries.extract import Part, extract_of
from lotsen.records.queries.retention import closed_before

from .erasing import erase_persons

#: Between the proposal and the erasure, in which everybody who is concerned can stop it.
GRACE = timedelta(days=30)


def _must_lead(erasure: Erasure, action: str) -> ErasureState:
    """Return the state that an action leads to; refuse what the table of transitions does not name."""
    for before, name, after in TRANSITIONS:
        if (before, name) == (erasure.state, action):
            return after
    raise Refused(
        _("The erasure is %(state)s. This cannot be done from there.")
        % {"state": ErasureState(erasure.state).label.lower()}
    )


@action
def propose_erasure(*, unit: Unit, by: User, at: datetime, on: date) -> Erasure:
    """Propose to erase the records of a unit that are due. From now on the page of each person says so."""
    rule = rule_in_force(unit.organisation, Kept.PERSON, on)
    before = closed_before(rule, on)
    persons = erasable(unit, before)
    if not persons:
        raise Refused(_("No record of this unit is due."))
    # Asked now, so that a missing rule stops the proposal and not the night.
    evidence_until(unit.organisation, list(Programme.objects.filter(cases__person__in=persons).distinct()), on)
    with refusing("erasure_one_at_a_time", _("An erasure of this unit is on its way already.")):
        erasure = Erasure.objects.create(
            unit=unit,
            rule=rule,
            closed_before=before,
            grace_until=on + GRACE,
            persons=len(persons),
            proposed_by=by,
            proposed_at=at,
        )
    ErasureItem.objects.bulk_create(ErasureItem(erasure=erasure, person_id=person) for person in persons)
    return erasure


@action
def archive_erasure(*, erasure: Erasure, by: User, at: datetime) -> list[list[Part]]:
    """Return all that is kept of those whose records will be erased, for the archive; not of whom one may not see."""
    if erasure.state not in {ErasureState.PROPOSED, ErasureState.APPROVED}:
        raise Refused(_("This erasure is over."))
    traces.read_by(ReadingKind.EXPORT)
    persons = Person.objects.filter(erasure_items__erasure=erasure).order_by("sort_key", "pk")
    content = [extract_of(person) for person in persons]
    erasure.archived_by, erasure.archived_at = by, at
    erasure.save(update_fields=["archived_by", "archived_at"])
    return content


@action
def approve_erasure(*, erasure: Erasure, by: User, at: datetime) -> None:
    """Approve an erasure that somebody else has proposed. It is carried out in the first night after its day."""
    after = _must_lead(erasure, "approve_erasure")
    if erasure.proposed_by_id == by.pk:
        raise Refused(_("You proposed this erasure yourself. Somebody else must approve it."))
    if erasure.rule.archive_first and erasure.archived_at is None:
        raise Refused(_("The archive file has not been taken yet. Ask who proposed the erasure to take it."))
    erasure.state, erasure.approved_by, erasure.approved_at = after, by, at
    erasure.save(update_fields=["state", "approved_by", "approved_at"])


@action
def withdraw_erasure(*, erasure: Erasure) -> None:
    """Stop an erasure before it is carried out."""
    erasure.state = _must_lead(erasure, "withdraw_erasure")
    erasure.save(update_fields=["state"])
    erasure.items.all().delete()


@action
def carry_out_erasure(*, erasure: Erasure, at: datetime, on: date) -> dict[str, Any]:
    """Erase for good. Whoever has come back, or is held back now, is spared. As the operator.

    Keeps the protocol: which tables, how many rows, how many persons, and never who.
    """
    after = _must_lead(erasure, "carry_out_erasure")
    if on <= erasure.grace_until:
        raise Refused(_("This erasure is not carried out before %(day)s.") % {"day": erasure.grace_until})
    still = set(erasable(erasure.unit, erasure.closed_before))
    persons = [pk for pk in erasure.items.values_list("person", flat=True) if pk in still]
    erased = erase_persons(persons=persons, organisation=erasure.unit.organisation, on=on)
    spared = erasure.items.count()
    erasure.items.all().delete()
    erasure.state, erasure.done_at = after, at
    protocol = {"persons": len(persons), "spared": spared, "rows": erased}
    erasure.protocol = protocol
    erasure.save(update_fields=["state", "done_at", "protocol"])
    return protocol
