"""What the tests of money share: a programme with unit costs, and participants whose hours are signed."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from lotsen.activities.actions import call_roll, certify_month, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.queries import Mark, month_of
from lotsen.cases.enums import Signed
from lotsen.funding.actions import load_rates
from lotsen.funding.enums import CostOf
from lotsen.funding.queries import Rate
from lotsen.programmes.enums import Support
from tests import factories

#: Öre an hour.
INCOME_SUPPORT, GRANT, MANAGER = 5_033, 8_150, 41_075
RATES = [
    Rate(CostOf.PARTICIPANT, Support.INCOME_SUPPORT, 0, INCOME_SUPPORT),
    Rate(CostOf.PARTICIPANT, Support.ACTIVITY_GRANT, 0, GRANT),
    Rate(CostOf.STAFF, "Projektledare", 0, MANAGER),
]
CAPS = {"yearly_minutes": 1720 * 60, "daily_minutes": 13 * 60}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def rated(programme, manager):
    """Return the programme with a table of unit costs from its first month on."""
    told = {"source": "Call 2026:1", "by": manager, "on": date(2026, 1, 2), **CAPS}
    load_rates(programme=programme, since=date(2026, 1, 1), rates=RATES, **told)
    return programme


def attend(case, day: date, minutes: int):
    """Let a case be present at a session of its own."""
    told = {"title": "Kurs", "minutes": max(minutes, 1), "days": [day], "unit": case.unit}
    (session,) = plan_activity(kind=case.programme.kinds.get(code="kurs"), **told)
    call_roll(session=session, cases={case: Mark(Presence.PRESENT, minutes)})


def sign(case, month: int, by=None, how=Signed.PAPER):
    """Let a month be signed on the day after it."""
    first = date(2026, month, 1)
    by = by or factories.staff(case.unit)
    return certify_month(case=case, month=first, how=how, by=by, on=month_of(first)[1] + timedelta(days=1))
