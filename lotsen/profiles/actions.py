"""What is written down of a participant's profile."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lotsen.cases.models import Case
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing

from .enums import Validation
from .models import Competence, Needs, Reference, Wish
from .queries import skill_key

#: A validation that has come to a result.
_ENDED = {Validation.WHOLE, Validation.PART, Validation.REFUSED}


@action
def keep_needs(*, case: Case, **told: Any) -> Needs:
    """Write down what plan, activities and placements must respect."""
    return Needs.objects.update_or_create(case=case, defaults=told)[0]


@action
def add_wish(*, case: Case, words: str, occupation: str = "") -> Wish:
    """Write down what a participant wants to work with, after what stands there already."""
    last = case.wishes.order_by("position").last()
    return Wish.objects.create(case=case, words=words, occupation=occupation, position=last.position + 1 if last else 0)


@action
def drop_wish(*, wish: Wish) -> None:
    """Take away what the participant does not wish any more."""
    wish.delete()


@action
def keep_competence(*, case: Case, competence: Competence | None = None, **told: Any) -> Competence:
    """Write down a competence, or change it. A validation that has ended says when."""
    if told["validation"] in _ENDED and not told["validated_on"]:
        raise Refused(_("Say which day the validation ended."), "validated_on")
    twice = _("This competence stands there already. Change that one.")
    row = competence or Competence(case=case)
    change(row, **told, concept=skill_key(told["name"]))
    with refusing("competence_once", twice, "name"):
        row.save()
    return row


@action
def drop_competence(*, competence: Competence) -> None:
    """Take away what was not so. The history keeps it until the record is erased."""
    competence.delete()


@action
def gain_reference(*, case: Case, placement: UUID | None = None, **told: Any) -> Reference:
    """Write down somebody who may be asked about the participant, from a placement of the case where it was one.

    It is used when both have allowed it.
    """
    of = case.placements.filter(pk=placement).first() if placement else None
    return Reference.objects.create(case=case, placement=of, **told)


@action
def confirm_reference(*, reference: Reference, on: date) -> None:
    """Both the participant and the referee have allowed that the reference is used."""
    if on < reference.gained_on:
        raise Refused(_("The day lies before the reference was gained (%(day)s).") % {"day": reference.gained_on})
    reference.confirmed_on = on
    reference.save(update_fields=["confirmed_on"])


@action
def drop_reference(*, reference: Reference) -> None:
    """Take a reference away: it may not be used any more."""
    reference.delete()
