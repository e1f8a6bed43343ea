"""Openings, training offers and what workplaces read: kept, closed, and taken by participants."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.employers.models import Contact, Workplace
from lotsen.placements.enums import TrainingState
from lotsen.placements.models import Material, Opening, TrainingOffer, TrainingPlace
from lotsen.programmes.models import Programme


@action
def keep_opening(
    *,
    workplace: Workplace | None = None,
    unit: Unit | None = None,
    by: User | None = None,
    contact: Contact | None = None,
    opening: Opening | None = None,
    **told: Any,
) -> Opening:
    """Write down a place that an employer offers, or change it. No fewer places than are taken."""
    row = opening or Opening(workplace=workplace, unit=unit, by=by, contact=contact)
    change(row, **told)
    with refusing("opening_has_places", _("More places are taken already. Look at who is placed."), "places"):
        row.save()
    return row


@action
def close_opening(*, opening: Opening, on: date, why: str = "") -> None:
    """Close an opening: the employer has filled it by other ways, or wants nobody any more. It can be opened again."""
    change(opening, closed_on=None if opening.closed_on else on, closed_why="" if opening.closed_on else why)
    opening.save()


@action
def keep_training(*, unit: Unit | None = None, offer: TrainingOffer | None = None, **told: Any) -> TrainingOffer:
    """Write down a course or an apprenticeship, or change it."""
    row = offer or TrainingOffer(unit=unit)
    change(row, **told)
    with refusing("training_has_places", _("More places are taken already. Look at who takes it."), "places"):
        row.save()
    return row


@action
def take_training(*, offer: TrainingOffer, case: Case, state: TrainingState, since: date) -> TrainingPlace:
    """Write down how far a participant has come with a training offer."""
    if case.closed_on and since > case.closed_on:
        raise Refused(_("The case is closed (%(day)s).") % {"day": case.closed_on}, "since")
    found = TrainingPlace.objects.filter(offer=offer, case=case).first()
    row = found or TrainingPlace(offer=offer, case=case)
    change(row, state=state, since=since)
    with refusing("training_has_places", _("All places are taken. Write “has applied”, or ask for more."), "state"):
        row.save()
    return row


@action
def add_material(*, programme: Programme, unit: Unit, title: str, body: str, link: str) -> Material:
    """Give the workplaces of a programme something to read."""
    row = Material(programme=programme, unit=unit, title=title, body=body, link=link)
    with refusing("material_title_once", _("There is one with this title already. Remove it first."), "title"):
        row.save()
    return row


@action
def drop_material(*, material: Material) -> None:
    """Take it away."""
    material.delete()
