"""Signing an agreement, following a placement up, and saying how it went."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.core import database
from lotsen.core.links import digest, new_token
from lotsen.core.models import change
from lotsen.core.refused import Refused, action
from lotsen.placements.enums import Party, PlacementState, Purpose, SignedBy, VisitWay, Voice
from lotsen.placements.models import Assessment, Placement, PlacementLink, Signature, Visit

from .course import check_state, save


@action
def sign_agreement(*, placement: Placement, party: Party, how: SignedBy, on: date, name: str = "") -> None:
    """A party has signed. When all three have, the placement is agreed."""
    check_state(placement, "sign_agreement")
    Signature.objects.update_or_create(placement=placement, party=party, defaults={"how": how, "on": on, "name": name})
    if Signature.objects.filter(placement=placement).count() == len(Party):
        placement.state = PlacementState.AGREED
        save(placement)


@action
def show_workplace(*, placement: Placement, on: date | None) -> None:
    """Write down that the participant lets the workplace see its part of the placement; without a day, no longer.

    What is taken back ends every link at once (JO 1029-2017: what is told of a participant needs a consent).
    """
    change(placement, shown_since=on)
    save(placement)
    if on is None:
        placement.links.all().delete()


@action
def give_link(*, placement: Placement, purpose: Purpose, on: date) -> str:
    """Return the token of a link by which one signs, or the workplace says how it went. An older one for the same ends.

    The workplace's are refused until the participant has agreed to what it gets to see; the participant's own is not.
    """
    if purpose != Purpose.OWN and placement.shown_since is None:
        raise Refused(_("Ask the participant first: the workplace sees nothing without a yes."))
    if purpose in {Purpose.AGREEMENT, Purpose.OWN}:
        check_state(placement, "sign_agreement")
    elif placement.began_on is None:
        raise Refused(_("The placement has not begun, so there is nothing to say of it."))
    placement.links.filter(purpose=purpose).delete()
    token = new_token()
    PlacementLink.objects.create(placement=placement, purpose=purpose, link=digest("placement", token), sent_on=on)
    return token


@action
def sign_by_link(*, name: str) -> None:
    """The workplace, or the participant, signs by the link that the request has opened."""
    if not database.call("lotsen_sign_placement", name):
        raise Refused(_("This link takes no more answers."))


@action
def assess_by_link(*, went_well: str, was_hard: str, hours_missed: int | None, would: str) -> None:
    """The supervisor says how it went by the link that the request has opened."""
    if not database.call("lotsen_assess_placement", went_well, was_hard, hours_missed, would):
        raise Refused(_("This link takes no more answers."))


@action
def assess(*, placement: Placement, voice: Voice, on: date, **told: Any) -> Assessment:
    """Write down how it went, as the supervisor or the participant says it: told by phone, or said at the desk."""
    if placement.began_on is None:
        raise Refused(_("The placement has not begun, so there is nothing to say of it."))
    row, _made = Assessment.objects.update_or_create(placement=placement, voice=voice, defaults={"on": on, **told})
    return row


@action
def visit(*, placement: Placement, on: date, way: VisitWay, by: User, today: date, **told: Any) -> Visit:
    """Write down a follow-up at the workplace: what each side says, and what was agreed."""
    if placement.began_on is None or on < placement.began_on:
        raise Refused(_("The day lies before the placement began."), "on")
    if on > today:
        raise Refused(_("The day lies ahead."), "on")
    if placement.followed_up_on is None or on < placement.followed_up_on:
        change(placement, followed_up_on=on)
        placement.save(update_fields=["followed_up_on"])
    return Visit.objects.create(placement=placement, on=on, way=way, by=by, **told)
