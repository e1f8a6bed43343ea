"""Answers are begun, saved as one goes, and sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.links import digest
from lotsen.core.refused import Refused, action
from lotsen.core.text import local
from lotsen.questionnaires import definitions
from lotsen.questionnaires.enums import Purpose, Voice
from lotsen.questionnaires.models import Recipient, Response, Version
from lotsen.questionnaires.queries import definition_of

#: Question -> what is stored of it; none where it has no answer.
Entries = Mapping[str, Mapping[str, Any] | None]
#: Whose voice it is that answers a wave.
VOICE_OF = {
    Purpose.STAFF.value: Voice.STAFF,
    Purpose.EMPLOYER.value: Voice.EMPLOYER,
    Purpose.PARTICIPANT.value: Voice.PARTICIPANT,
}


@action
def begin_response(*, case: Case, version: Version, voice: Voice, by: User, on: date) -> Response:
    """Begin to answer about a case, or go on with what the same voice has begun."""
    if version.definition.get("is_frame"):
        raise Refused(_("This is a frame without texts: write those that your unit has the right to, first."))
    if version.questionnaire.purpose != Purpose.PARTICIPANT:
        raise Refused(_("%(title)s is not about participants.") % {"title": version.questionnaire.title})
    begun = Response.objects.filter(case=case, version=version, voice=voice, completed_on=None).first()
    return begun or Response.objects.create(
        case=case,
        version=version,
        voice=voice,
        programme_id=case.programme_id,
        unit_id=case.unit_id,
        taken_by=by,
        began_on=on,
    )


@action
def begin_by_link(*, recipient: Recipient, token: str, on: date) -> Response:
    """Begin to answer by a link. An anonymous response knows the wave and the unit, and neither who nor when."""
    wave = recipient.wave
    if recipient.answered_on is not None:
        raise Refused(_("This link has been used: the answers are sent. Thank you."))
    if not wave.is_open(on):
        raise Refused(_("This survey is closed."))
    told: dict[str, Any] = {"recipient": recipient, "case_id": recipient.case_id, "began_on": on}
    if wave.is_anonymous:
        told = {"is_anonymous": True, "link": digest("response", token), "began_on": None}
    return Response.objects.create(
        version=wave.version,
        wave=wave,
        programme_id=wave.programme_id,
        unit_id=_unit_told(recipient),
        voice=VOICE_OF[wave.version.questionnaire.purpose],
        **told,
    )


def _unit_told(recipient: Recipient) -> Any:
    """Return the unit, but of an anonymous answer only where enough are asked there."""
    wave = recipient.wave
    if not wave.is_anonymous or recipient.unit_id is None:
        return recipient.unit_id
    return recipient.unit_id if database.call("lotsen_is_asked_of_enough", recipient.pk) else None


@action
def save_answers(*, response: Response, entries: Entries, seen: int) -> Entries:
    """Save what was answered, as one goes. Returns what another window has changed since, which is not overwritten.

    `seen` is the revision that the page was made of.
    """
    stored = Response.objects.select_for_update().get(pk=response.pk)
    if stored.completed_on is not None:
        raise Refused(_("The answers are sent already and can no longer be changed."))
    answers: dict[str, Any] = stored.answers or {}
    conflicts: dict[str, Mapping[str, Any] | None] = {}
    changed = False
    for code, entry in entries.items():
        before = answers.get(code)
        if _same(before, entry):
            continue
        if before and before["at"] > seen:
            conflicts[code] = before
            continue
        changed = True
        if entry is None:
            del answers[code]
        else:
            answers[code] = {**entry, "at": stored.revision + 1}
    if changed:
        stored.answers, stored.revision = answers, stored.revision + 1
        stored.save(update_fields=["answers", "revision"])
    response.answers, response.revision = stored.answers, stored.revision
    return conflicts


def _same(before: Mapping[str, Any] | None, entry: Mapping[str, Any] | None) -> bool:
    return {**(before or {}), "at": 0} == {**(entry or {}), "at": 0}


@action
def hand_in(*, response: Response, recipient: Recipient | None, on: date) -> None:
    """Send the answers: what was asked and must be answered is there, and the scores are written with them.

    That the recipient has answered is noted, so that reminders stop and the link no longer opens.
    """
    response = Response.objects.select_for_update(of=("self",)).select_related("wave", "version").get(pk=response.pk)
    if response.completed_on is not None:
        raise Refused(_("The answers are sent already."))
    if response.wave and not response.wave.is_open(on):
        raise Refused(_("This survey is closed."))
    definition = definition_of(response.version)
    asked = definitions.asked(definition, response.values)
    if left := definitions.missing(definition, response.values, response.declined):
        said = _("Not answered yet: %(question)s") % {"question": local(definition.questions[left[0]].text)}
        raise Refused(said)
    # An answer to what is no longer asked is not sent.
    kept = {code: entry for code, entry in (response.answers or {}).items() if code in asked}
    response.answers = {code: {k: v for k, v in entry.items() if k != "at"} for code, entry in kept.items()}
    found = definitions.scores(definition, response.values)
    response.scores = {code: None if value is None else float(value) for code, value in found.items()}
    response.revision += 1
    if not response.is_anonymous:
        response.completed_on = on
    response.save(update_fields=["answers", "scores", "revision", "completed_on"])
    if response.is_anonymous:
        database.call("lotsen_hand_in")
    if recipient is not None:
        recipient.answered_on = on
        recipient.save(update_fields=["answered_on"])
