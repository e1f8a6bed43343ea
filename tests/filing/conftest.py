"""What the tests of participant files share: a programme of ESF+, and participants who have lived some months in it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.enums import Role
from lotsen.activities.actions import call_roll, certify_month, plan_activity
from lotsen.activities.enums import Presence
from lotsen.activities.queries import month_of
from lotsen.cases.enums import Signed
from lotsen.filing.actions import make_file_now, send_file
from lotsen.filing.models import MonthlyFile
from lotsen.programmes.models import Programme
from tests import factories

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def funded(programme, pitea):
    """Return the programme, as one of ESF+ with a reference, and its unit."""
    Programme.objects.filter(pk=programme.pk).update(fund_period="esf-plus-2021", reference="2026/17")
    programme.refresh_from_db()
    return programme


@pytest.fixture
def keeper(pitea):
    """Return the manager of the unit, who sends the files."""
    return factories.staff(pitea, Role.UNIT_MANAGER)


@pytest.fixture
def live(pitea):
    """Give a function that lets a case attend once in a month for some minutes, and has the month signed."""

    def lived(case, month: int, minutes: int = 120, *, signed: bool = True):
        day = date(2026, month, 5)
        told = {"title": "Kurs", "minutes": minutes, "days": [day], "unit": case.unit}
        (session,) = plan_activity(kind=case.programme.kinds.get(code="kurs"), **told)
        call_roll(session=session, cases={case: Presence.PRESENT})
        if signed:
            by = factories.staff(case.unit)
            certify_month(case=case, month=day, how=Signed.PAPER, by=by, on=month_of(day)[1] + timedelta(days=1))
        return session

    return lived


def made(programme, unit, month: int, by=None, today: date = TODAY, why: str = "") -> MonthlyFile:
    """Make the file of a month."""
    told = {"by": by, "today": today, "why": why}
    return make_file_now(programme=programme, unit=unit, month=date(2026, month, 1), **told)


def sent(programme, unit, *months: int, by) -> list[MonthlyFile]:
    """Make and send the files of some months in their order, a minute apart."""
    files = []
    for month in months:
        file = made(programme, unit, month, by)
        send_file(file=file, by=by, at=timezone.now())
        files.append(file)
    return files
