"""What is due to be erased, what stands in the way, and whether the nightly work has run."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core import database
from lotsen.core.dates import years_after
from lotsen.core.models import Heartbeat
from lotsen.core.refused import Refused
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Erasure, LegalHold, RetentionRule

#: The nightly work is late when it has not run for so long: a night and a morning.
LATE_AFTER = timedelta(hours=36)
#: The name of its heartbeat.
NIGHTLY = "nightly"


def rule_in_force(organisation: Organisation, kind: Kept, on: date) -> RetentionRule:
    """Return the rule of an authority that holds on a day. Without one nothing is erased, so its lack is refused."""
    rules = RetentionRule.objects.filter(organisation=organisation, kind=kind, programme=None, valid_from__lte=on)
    rule = rules.order_by("-valid_from").first()
    if rule is None:
        raise Refused(
            _("%(organisation)s has no rule yet for: %(kind)s. Add it first.")
            % {"organisation": organisation, "kind": kind.label}
        )
    return rule


def evidence_until(organisation: Organisation, programmes: Collection[Programme], on: date) -> dict[UUID, date]:
    """Return until when evidence of each programme is kept: by the authority's rule or the programme's own, the later.

    The longest time that any rule asks for holds (domain: the decision on the grant, bookkeeping, state aid).
    """
    general = rule_in_force(organisation, Kept.EVIDENCE, on)
    own = RetentionRule.objects.filter(organisation=organisation, kind=Kept.EVIDENCE, programme__in=programmes)
    special = {rule.programme_id: rule for rule in own.filter(valid_from__lte=on).order_by("valid_from")}
    return {
        programme.pk: max(rule.until(programme.ends_on) for rule in (general, special.get(programme.pk, general)))
        for programme in programmes
    }


def erasable(unit: Unit, closed_before: date) -> list[UUID]:
    """Return whose records of a unit may go: the last case was closed before a day, and nothing holds them back.

    Asked of the database, since protected persons grow old too; a page shows how many they are, not who.
    """
    found: list[UUID] = database.call("lotsen_erasable", unit.pk, closed_before)
    return found


@dataclass(frozen=True)
class Shelf:
    """What is kept in a unit: the rule, how many records are due by it, and the erasure that is on its way."""

    unit: Unit
    rule: RetentionRule | None
    due: int
    erasure: Erasure | None


def shelves(user: User, on: date) -> list[Shelf]:
    """Return the units that the user manages, each with what is due there."""
    units = Unit.objects.filter(pk__in=user.managed_units).select_related("organisation").order_by("name")
    rules = {r.organisation_id: r for r in RetentionRule.objects.in_force(on).filter(kind=Kept.PERSON)}
    open_ones = Erasure.objects.filter(unit__in=units, state__in=[ErasureState.PROPOSED, ErasureState.APPROVED])
    erasures = {erasure.unit_id: erasure for erasure in open_ones}
    found = []
    for unit in units:
        rule = rules.get(unit.organisation_id)
        due = len(erasable(unit, closed_before(rule, on))) if rule else 0
        found.append(Shelf(unit, rule, due, erasures.get(unit.pk)))
    return found


def closed_before(rule: RetentionRule, on: date) -> date:
    """Return the day before which the last case must have been closed, for the record to be due on a day."""
    return years_after(on, -rule.years)


def approvable(erasure: Erasure, user: User) -> bool:
    """Tell whether a user may approve an erasure: another than who proposed it, and after the archive file is taken."""
    archived = erasure.archived_at is not None or not erasure.rule.archive_first
    return erasure.state == ErasureState.PROPOSED and erasure.proposed_by_id != user.pk and archived


def hold_of(person: Person) -> LegalHold | None:
    """Return the hold on a person's record."""
    return person.holds.in_force().select_related("placed_by").first()


def planned_erasure_of(person: Person) -> Erasure | None:
    """Return the erasure on its way that takes a person's record."""
    on_its_way = [ErasureState.PROPOSED, ErasureState.APPROVED]
    return Erasure.objects.filter(items__person=person, state__in=on_its_way).first()


def nightly_is_late(now: datetime) -> bool:
    """Tell whether the nightly work has not run when it should have."""
    beat = Heartbeat.objects.filter(name=NIGHTLY).first()
    return beat is None or now - beat.at > LATE_AFTER
