"""Which readings of a period are unusual, and how far a review has come."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from lotsen.access.models import Organisation, User
from lotsen.core import database
from lotsen.core.text import search_key
from lotsen.records.models import LogReview


def patterns_in(organisation: Organisation, since: date, until: date) -> dict[str, list[UUID]]:
    """Return the readings of an authority's records in a period, by the pattern that they meet; all under `sample`.

    The database compares names; no page learns whom a reading was about.
    """
    readers = [(user.pk, _family_key(user)) for user in User.objects.order_by("pk")]
    arguments = ([pk for pk, _key in readers], [key for _pk, key in readers])
    found: dict[str, list[UUID]] = defaultdict(list)
    for pattern, reading in database.rows("lotsen_review", organisation.pk, since, until, *arguments):
        found[pattern].append(reading)
    return found


def _family_key(user: User) -> str:
    words = search_key(user.name).split()
    return words[-1] if words else ""


def judged(review: LogReview) -> tuple[int, int]:
    """Return how many drawn readings are judged, and how many were drawn."""
    drawn = review.reviewed.count()
    return drawn - review.reviewed.filter(verdict="").count(), drawn
