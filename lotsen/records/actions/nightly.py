"""What must be done each night, and leaves a heartbeat: who looks at it sees that it has stopped."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from lotsen.access.models import Organisation
from lotsen.core import database
from lotsen.core.models import CacheEntry, Heartbeat, Submission
from lotsen.core.refused import Refused
from lotsen.employers.actions import forget_lists, forget_people
from lotsen.questionnaires.actions import remind_by_clock
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Erasure, Evidence, RetentionRule
from lotsen.records.queries.retention import NIGHTLY
from lotsen.referrals.actions import forget_referrals

from .erasures import carry_out_erasure

#: A form that was sent is remembered for so long, in case it comes a second time.
SENT_FORMS = timedelta(days=30)


def run_nightly(*, at: datetime, on: date) -> Iterator[str]:
    """Do each part in a transaction of its own, and say what it did. As the operator.

    What is refused is said and stops nothing else; what breaks ends the run, and its heartbeat stays away.
    """
    for erasure in Erasure.objects.filter(state=ErasureState.APPROVED, grace_until__lt=on).select_related("unit"):
        try:
            with transaction.atomic():
                done = carry_out_erasure(erasure=erasure, at=at, on=on)
            yield f"{erasure.unit}: {done['persons']} persons erased, {done['spared']} spared"
        except Refused as refused:
            yield f"{erasure.unit}: not erased. {refused}"
    gone = {
        "evidence that nobody may ask for any more": Evidence.objects.filter(keep_until__lt=on),
        "sent forms": Submission.objects.filter(sent_at__lt=at - SENT_FORMS),
        "what was remembered for a while": CacheEntry.objects.filter(until__lt=at),
        "ended sessions": Session.objects.filter(expire_date__lt=at),
    }
    for what, rows in gone.items():
        yield f"{what}: {rows.delete()[0]} rows deleted"
    yield f"referrals that led to nothing: {forget_referrals(on=on)} forgotten"
    yield f"people at employers whom nobody meets any more: {forget_people(today=on)} forgotten"
    yield f"uploaded lists of employers: {forget_lists(at=at)} thrown away"
    yield f"reminders of surveys: {remind_by_clock(on=on)} wait to be sent"
    yield f"months of the reading log that are over: {_end_readings(on)}"
    database.call("lotsen_prepare_readings", on)
    Heartbeat.objects.update_or_create(name=NIGHTLY, defaults={"at": at})


def _end_readings(on: date) -> int:
    """Drop the months of the reading log that no authority keeps any more; none while one has no rule for it."""
    rules = RetentionRule.objects.in_force(on).filter(kind=Kept.READINGS)
    keeping = {rule.organisation_id: rule.years for rule in rules}
    with_staff = set(Organisation.objects.filter(units__memberships__isnull=False).values_list("pk", flat=True))
    if not with_staff or with_staff - set(keeping):
        return 0
    ended: int = database.call("lotsen_end_readings", on.replace(day=1, year=on.year - max(keeping.values())))
    return ended
