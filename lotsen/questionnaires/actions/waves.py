"""Waves: opened, sent out, reminded of, and closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.acting import acting_as
from lotsen.core.jobs import job
from lotsen.core.links import digest, new_token
from lotsen.core.refused import Refused, action, refusing
from lotsen.employers.models import Employer
from lotsen.programmes.models import Programme, TargetGroup
from lotsen.questionnaires import notices, queries
from lotsen.questionnaires.enums import Audience
from lotsen.questionnaires.models import Change, Recipient, Version, Wave


@dataclass(frozen=True)
class Asked:
    """Whom a wave shall ask. By mail where there is an address, else by letter."""

    name: str
    email: str = ""
    unit: Unit | None = None
    case: Case | None = None
    employer: Employer | None = None


@action
def open_wave(
    *,
    programme: Programme,
    version: Version,
    title: str,
    opens_on: date,
    closes_on: date,
    follows: Wave | None = None,
    **settings: Any,
) -> Wave:
    """Make a wave. It takes answers from its first day to its last, once somebody has been asked."""
    if version.definition.get("is_frame"):
        raise Refused(
            _("This is a frame without texts: write those that your unit has the right to, first."), "version"
        )
    if closes_on < opens_on:
        raise Refused(_("The last day lies before the first."), "closes_on")
    if follows is not None and follows.version.questionnaire_id != version.questionnaire_id:
        raise Refused(_("A wave can only follow one that asked the same questionnaire."), "follows")
    taken = _("There is a wave of this name already. Give this one another.")
    followed = _("Another wave follows that one already.")
    with (
        refusing("wave_title_once_in_programme", taken, "title"),
        refusing("questionnaires_wave_follows_id_key", followed, "follows"),
    ):
        return Wave.objects.create(
            programme=programme,
            version=version,
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            follows=follows,
            **settings,
        )


def audience(
    wave: Wave,
    kind: str,
    unit: Unit | None,
    addresses: Iterable[tuple[str, str]] = (),
    group: TargetGroup | None = None,
) -> list[Asked]:
    """Return whom a wave shall ask: those on a list, staff of the units, employers that were met, or participants."""
    if kind == Audience.STAFF:
        units = [unit] if unit else wave.programme.units.all()
        return [Asked(name=user.name, email=user.email, unit=of) for user, of in queries.staff_of(units)]
    if kind == Audience.EMPLOYERS:
        return [Asked(name=each.name, employer=each) for each in queries.employers_met(wave.programme, unit)]
    if kind == Audience.PARTICIPANTS:
        # By the number of the case: who runs a survey need not know the names.
        cases = queries.participants_of(wave.programme, unit, group)
        return [Asked(name=case.number, unit=case.unit, case=case) for case in cases]
    return [Asked(name=name, email=email, unit=unit) for name, email in addresses]


@action
def ask(*, wave: Wave, whom: Iterable[Asked]) -> int:
    """Add recipients to a wave. Who is asked already is not asked twice. Returns how many were added."""
    before = wave.recipients.count()
    Recipient.objects.bulk_create(
        (
            Recipient(
                wave=wave,
                programme_id=wave.programme_id,
                unit=each.unit,
                case=each.case,
                employer=each.employer,
                name=each.name,
                email=each.email.lower(),
            )
            for each in whom
        ),
        ignore_conflicts=True,
    )
    return wave.recipients.count() - before


def _refuse_closed(wave: Wave, on: date) -> None:
    if not wave.is_open(on):
        raise Refused(_("The wave is not open today, so nothing is sent."))


@action
def open_to_all(*, wave: Wave, on: date) -> str:
    """Return the token of a link by which anybody may take part, for a poster or a list. One made before ends."""
    _refuse_closed(wave, on)
    token = new_token()
    wave.open_link = digest("open", token)
    wave.save(update_fields=["open_link"])
    return token


@action
def join(*, token: str, on: date) -> str | None:
    """Take part by an open link: return the token of one's own link; none where the link opens nothing."""
    own = new_token()
    joined = database.call("lotsen_join", digest("open", token), digest("recipient", own), on)
    return own if joined else None


@action
def give_link(*, recipient: Recipient, on: date) -> str:
    """Return a new link's token for a message or a letter. Links sent before go on working."""
    token = new_token()
    recipient.links = [*recipient.links, digest("recipient", token)]
    recipient.reminded_on = on if recipient.sent_on else None
    recipient.sent_on = recipient.sent_on or on
    recipient.save(update_fields=["links", "sent_on", "reminded_on"])
    return token


@action
def write_letters(*, wave: Wave, on: date) -> list[tuple[Recipient, str]]:
    """Return those without an address who have not answered, each with a new link's token, for a letter."""
    _refuse_closed(wave, on)
    found = wave.recipients.filter(email="", answered_on=None).select_related("unit").select_for_update(of=("self",))
    return [(recipient, give_link(recipient=recipient, on=on)) for recipient in found]


@action
def send_links(*, wave: Wave, by: User, on: date, base: str, is_reminder: bool = False) -> int:
    """Have the worker send the link to all who have an address and wait for one. Returns how many those are.

    Of a reminder: those who were sent a link, have not answered, and were not reminded lately. `base` is the address
    that the link's token is put behind.
    """
    _refuse_closed(wave, on)
    wave.sent_by, wave.sent_from = by, base
    wave.save(update_fields=["sent_by", "sent_from"])
    waiting = queries.waiting_for_link(wave, on, is_reminder=is_reminder).count()
    if waiting:
        asked = {"is_reminder": is_reminder, "language": (translation.get_language() or "sv")[:2]}
        deliver_links.later(wave_id=str(wave.pk), user_id=str(by.pk), on=on.isoformat(), base=base, **asked)
    return waiting


@action
def remind_by_clock(*, on: date) -> int:
    """Remind in every open wave that reminds by itself, as the one who sent its links. Returns how many wait for it.

    Whoever has answered is not reminded; nobody is twice within a week. For the nightly work.
    """
    waiting = 0
    for wave in Wave.objects.filter(reminds=True, closed_on=None, sent_by__is_active=True).exclude(sent_from=""):
        if wave.is_open(on) and wave.sent_by:
            with translation.override("sv"):
                base = wave.sent_from
                waiting += send_links(wave=wave, by=wave.sent_by, on=on, base=base, is_reminder=True)
    return waiting


@job
def deliver_links(*, wave_id: str, user_id: str, on: str, base: str, is_reminder: bool, language: str) -> None:
    """Send the messages, one transaction each: what is sent is known to be, whatever becomes of the next."""
    user, day = UUID(user_id), date.fromisoformat(on)
    with acting_as(user):
        wave = Wave.objects.select_related("version__questionnaire").get(pk=wave_id)
        keys = list(queries.waiting_for_link(wave, day, is_reminder=is_reminder).values_list("pk", flat=True))
    for key in keys:
        with acting_as(user), translation.override(language):
            recipient = Recipient.objects.select_for_update().get(pk=key)
            token = give_link(recipient=recipient, on=day)
            notices.ask(wave, recipient, f"{base}{token}/", is_reminder=is_reminder)


@action
def close_wave(*, wave: Wave, on: date) -> list[Change]:
    """Close a wave, and write down how it differs from the one before, so that every report says the same."""
    if wave.closed_on is not None:
        raise Refused(_("The wave is closed already."))
    if on < wave.opens_on:
        raise Refused(_("The wave has not opened yet."))
    wave.closed_on = on
    wave.save(update_fields=["closed_on"])
    # What was begun and not sent is nobody's answer.
    wave.responses.filter(completed_on=None).delete()
    return Change.objects.bulk_create(
        Change(
            wave=wave,
            programme_id=wave.programme_id,
            area=change.score.code,
            names=change.score.text,
            before=change.difference.before,
            after=change.difference.after,
            is_paired=change.difference.is_paired,
            effect=change.difference.effect,
            low=change.difference.low,
            high=change.difference.high,
            is_better=change.is_better,
        )
        for change in queries.changes(wave)
        if change.difference is not None
    )
