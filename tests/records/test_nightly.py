"""The nightly work carries out what is approved, lets go what is over, and is missed when it stays away."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.enums import Role
from lotsen.access.models import Organisation
from lotsen.core.acting import acting_as_operator
from lotsen.core.models import Heartbeat, Submission
from lotsen.people.models import Person
from lotsen.records.actions import run_nightly
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Evidence, RetentionRule
from lotsen.referrals.enums import ReferralState
from lotsen.referrals.models import Referral
from tests import factories

NOW = timezone.now()
LATER = date(2032, 3, 1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def night(on=LATER, at=NOW):
    """Do the nightly work; return its lines."""
    with acting_as_operator("test"), transaction.atomic():
        return list(run_nightly(at=at, on=on))


def approved(case, rule, **given):
    """Return an erasure of a case's person that somebody has approved."""
    fields = {"state": ErasureState.APPROVED, "closed_before": date(2027, 1, 15), "grace_until": date(2032, 2, 15)}
    erasure = factories.ErasureFactory(
        unit=case.unit, rule=rule, approved_by=factories.UserFactory(), approved_at=NOW, **{**fields, **given}
    )
    erasure.items.create(person=case.person)
    return erasure


@pytest.fixture
def rule(pitea):
    """Return the rule for persons, with one for evidence beside it."""
    factories.RetentionRuleFactory(organisation=pitea.organisation, kind=Kept.EVIDENCE, years=1)
    return factories.RetentionRuleFactory(organisation=pitea.organisation)


@pytest.fixture
def case(programme, pitea):
    """Return a case that was closed on 1 September 2026."""
    return factories.CaseFactory(programme=programme, unit=pitea, ended=True)


def test_approved_erasure_is_carried_out_after_its_day(case, rule):
    erasure = approved(case, rule)
    night(on=date(2032, 2, 15))
    assert Person.objects.filter(pk=case.person_id).exists()
    assert f"{case.unit}: 1 persons erased, 0 spared" in night(on=date(2032, 2, 16))
    erasure.refresh_from_db()
    assert (erasure.state, Person.objects.filter(pk=case.person_id).exists()) == ("done", False)


def test_erasure_that_is_refused_is_said_and_stops_nothing_else(case, rule):
    approved(case, rule)
    RetentionRule.objects.filter(kind=Kept.EVIDENCE).delete()
    (line, *_others) = night()
    assert line.startswith(f"{case.unit}: not erased. {case.unit.organisation} has no rule yet")
    assert Person.objects.filter(pk=case.person_id).exists()
    assert Heartbeat.objects.get(name="nightly").at == NOW


def test_what_is_over_goes(case, rule, responsible):
    evidence = {"unit": case.unit, "programme": case.programme, "started_on": date(2026, 1, 1), "identity_kind": "none"}
    for day in (LATER, LATER - timedelta(days=1)):
        Evidence.objects.create(**evidence, name="Prov", case_number="1", keep_until=day)
    for days in (29, 31):
        Submission.objects.create(user=responsible)
        Submission.objects.filter(sent_at__gte=NOW).update(sent_at=NOW - timedelta(days=days))
    night()
    assert [row.keep_until for row in Evidence.objects.all()] == [LATER]
    assert Submission.objects.filter(user=responsible).count() == 1


def months():
    """Return the months that the reading log has parts for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'people_reading'::regclass order by 1"
        )
        return [name.removeprefix("people_reading_") for (name,) in cursor.fetchall() if not name.endswith("_rest")]


def test_months_of_the_log_go_when_every_authority_says_so(case, pitea, responsible):
    before = months()
    assert before
    night(on=date(2040, 1, 1))
    assert set(before) <= set(months())
    # The demo's authorities have staff too.
    for organisation in Organisation.objects.filter(units__memberships__isnull=False).distinct():
        years = 5 if organisation == pitea.organisation else 4
        factories.RetentionRuleFactory(organisation=organisation, kind=Kept.READINGS, years=years)
    year = int(before[0][:4])
    night(on=date(year + 5, int(before[0][-2:]), 28))
    assert before[0] in months()
    night(on=date(year + 6, 12, 28))
    assert before[0] not in months()


def test_command_says_what_it_did_and_leaves_a_heartbeat(case):
    out = StringIO()
    call_command("nightly", stdout=out)
    assert "sent forms: 0 rows deleted" in out.getvalue()
    assert Heartbeat.objects.get(name="nightly").at >= NOW


@pytest.mark.parametrize(("hours", "status"), [(None, 503), (37, 503), (35, 200)])
def test_alarm_is_raised_when_the_nightly_work_stays_away(db, client, pitea, sign_in, hours, status):
    Heartbeat.objects.all().delete()
    if hours:
        Heartbeat.objects.create(name="nightly", at=NOW - timedelta(hours=hours))
    assert client.get(reverse("nightly_alive")).status_code == status
    manager = sign_in(factories.staff(pitea, Role.UNIT_MANAGER))
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = manager.get(reverse("retention_overview")).content.decode()
    assert ("The nightly work has not run" in page) == (status == 503)


def test_night_forgets_whom_declined_referrals_were_about(programme, pitea):
    told = {"programme": programme, "unit": pitea, "state": ReferralState.DECLINED, "answer": "Fullt"}
    referral = factories.ReferralFactory(**told, decided_on=LATER - timedelta(days=61))
    young = factories.ReferralFactory(**told, decided_on=LATER - timedelta(days=60))
    assert "referrals that led to nothing: 1 forgotten" in night()
    assert [Referral.objects.get(pk=each.pk).family_name for each in (referral, young)] == ["", "Anvisad"]
