"""The reading log is looked through, period by period, and signed."""

import random
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, User
from lotsen.core.refused import Refused, action, refusing
from lotsen.records.enums import Pattern, Verdict
from lotsen.records.models import LogReview, ReviewedReading
from lotsen.records.queries import judged, patterns_in

#: So many readings of each pattern are drawn; of these two all, since they are few and weigh much.
DRAWN = 10
ALL_OF = {Pattern.EMERGENCY, Pattern.OWN_NAME}


@action
def begin_review(*, organisation: Organisation, since: date, until: date, by: User, at: datetime) -> LogReview:
    """Draw the readings of a period that are to be looked at: some by lot, and some of each unusual pattern."""
    if until < since:
        raise Refused(_("The end lies before the beginning."), "until")
    if until >= at.date():
        raise Refused(_("The period must be over: choose a day before today."), "until")
    found = patterns_in(organisation, since, until)
    if not found:
        raise Refused(_("Nobody has read any record in that time."))
    with refusing("log_review_once_for_period", _("This period is under review already."), "since"):
        review = LogReview.objects.create(
            organisation=organisation,
            since=since,
            until=until,
            counts={pattern: len(ids) for pattern, ids in found.items()},
            readings=len(found[Pattern.SAMPLE]),
            begun_by=by,
            begun_at=at,
        )
    # By the key of the review: drawn again, it gives the same.
    lot = random.Random(review.pk.int)  # noqa: S311 - a sample, not a secret
    ReviewedReading.objects.bulk_create(
        ReviewedReading(review=review, reading_id=reading, pattern=pattern)
        for pattern, ids in sorted(found.items())
        for reading in (ids if pattern in ALL_OF else lot.sample(sorted(ids), min(DRAWN, len(ids))))
    )
    return review


@action
def judge_readings(*, review: LogReview, verdicts: Mapping[str, tuple[str, str]]) -> None:
    """Write down what the reviewer says: key of the drawn reading -> verdict and note. What is not named stays."""
    if review.signed_at:
        raise Refused(_("The review is signed, and stays as it is."))
    rows = []
    for row in review.reviewed.filter(pk__in=verdicts):
        row.verdict, row.note = verdicts[str(row.pk)]
        if row.verdict == Verdict.WRONG and not row.note:
            raise Refused(_("Say in the note what is not in order, and to whom you have reported it."))
        rows.append(row)
    ReviewedReading.objects.bulk_update(rows, ["verdict", "note"])


@action
def sign_review(*, review: LogReview, remark: str, by: User, at: datetime) -> None:
    """Sign a review. Every drawn reading must have its verdict."""
    if review.signed_at:
        raise Refused(_("The review is signed, and stays as it is."))
    done, drawn = judged(review)
    if done < drawn:
        raise Refused(_("%(count)s readings have no verdict yet.") % {"count": drawn - done})
    review.remark, review.signed_by, review.signed_at = remark, by, at
    review.save(update_fields=["remark", "signed_by", "signed_at"])
