"""The pages of retention: a manager writes rules, holds back, proposes; an auditor approves; nobody else gets in."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.core import encryption
from lotsen.people.models import Reading
from lotsen.records.enums import ErasureState, Kept
from lotsen.records.models import Erasure, Evidence, LegalHold, RetentionRule
from tests import factories


@pytest.fixture
def manager_of_unit(pitea, sign_in):
    """Sign in as the manager of Piteå's unit, in English."""
    client = sign_in(factories.staff(pitea, Role.UNIT_MANAGER))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def auditor(pitea, sign_in):
    """Sign in as Piteå's auditor, in English."""
    client = sign_in(factories.staff(pitea, Role.AUDITOR))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def case(pitea):
    """Return a case that ended long ago."""
    programme = factories.ProgrammeFactory(lead_unit=pitea, starts_on=date(2010, 1, 1), ends_on=date(2013, 12, 31))
    return factories.CaseFactory(
        programme=programme,
        unit=pitea,
        referred_on=date(2011, 1, 3),
        started_on=date(2011, 2, 1),
        closed_on=date(2012, 3, 1),
        destination="arbete",
        reason="klar",
        person__family_name="Zgammelsson",
    )


def rule(pitea, **given):
    """Return what the page of a rule sends."""
    fields = {
        "organisation": pitea.organisation_id,
        "kind": "person",
        "years": "5",
        "archive_first": "on",
        "ground": "Dokumenthanteringsplan § 4",
        "valid_from": "2026-01-01",
    }
    return {**fields, **given}


def text(answer):
    """Return the words of a page."""
    return " ".join(answer.content.decode().split())


def test_manager_and_auditor_erase_an_old_record_together(case, pitea, manager_of_unit, auditor):
    overview = reverse("retention_overview")
    assert "There is no rule yet" in text(manager_of_unit.get(overview))
    address = reverse("retention_rule")
    for kind in ("person", "evidence"):
        assert manager_of_unit.post(address, rule(pitea, kind=kind)).status_code == 302
    assert "1 record is due" in text(manager_of_unit.get(overview))
    assert manager_of_unit.post(reverse("erasure_propose", args=[pitea.pk]), {"sent": "1"}).status_code == 302
    erasure = Erasure.objects.get()
    page = reverse("erasure_detail", args=[erasure.pk])
    warned = text(manager_of_unit.get(reverse("person_detail", args=[case.person_id])))
    assert "This record will be erased after" in warned
    assert "Approve the erasure" not in text(auditor.get(page))
    archive = manager_of_unit.post(reverse("erasure_archive", args=[erasure.pk]))
    ((content,),) = [json.loads(archive.content)]
    assert content["Person"][0]["family_name"] == "Zgammelsson"
    seen = text(auditor.get(page))
    assert ["Approve the erasure" in seen, "Zgammelsson" in seen, case.number in seen] == [True, False, False]
    assert auditor.post(reverse("erasure_approve", args=[erasure.pk]), {"sent": "1"}).status_code == 302
    erasure.refresh_from_db()
    assert erasure.state == ErasureState.APPROVED


def test_page_of_a_rule_says_what_is_wrong(pitea, manager_of_unit):
    address = reverse("retention_rule")
    assert manager_of_unit.post(address, rule(pitea)).status_code == 302
    answer = manager_of_unit.post(address, rule(pitea))
    assert (answer.status_code, "There is a rule from that day already." in text(answer)) == (422, True)
    answer = manager_of_unit.post(address, rule(pitea, years="0", ground=""))
    assert (answer.status_code, "Dokumenthanteringsplan" in text(answer)) == (422, False)
    assert RetentionRule.objects.filter(organisation=pitea.organisation).count() == 1


def test_rule_for_one_project_is_for_evidence(programme, pitea, manager_of_unit):
    address = reverse("retention_rule")
    answer = manager_of_unit.post(address, rule(pitea, programme=programme.pk))
    assert "Only a rule for evidence can be for one project." in text(answer)
    assert manager_of_unit.post(address, rule(pitea, programme=programme.pk, kind="evidence")).status_code == 302


def test_manager_holds_back_and_lets_go(case, pitea, programme, manager_of_unit):
    factories.RetentionRuleFactory(organisation=pitea.organisation)
    overview = reverse("retention_overview")
    assert "1 record is due" in text(manager_of_unit.get(overview))
    held = manager_of_unit.post(reverse("person_hold", args=[case.person_id]), {"reason": "Tvist om ersättning"})
    assert held.status_code == 302
    shown = text(manager_of_unit.get(overview))
    assert ["Tvist om ersättning" in shown, "No record is due." in shown] == [True, True]
    again = manager_of_unit.post(reverse("person_hold", args=[case.person_id]), {"reason": "Igen"})
    assert (again.status_code, "This is held back already." in text(again)) == (422, True)
    lift = reverse("hold_lift", args=[LegalHold.objects.get().pk])
    assert manager_of_unit.post(lift, {"sent": "1"}).status_code == 302
    assert "1 record is due" in text(manager_of_unit.get(overview))
    project = {"unit": pitea.pk, "programme": case.programme_id, "reason": "Revision"}
    assert manager_of_unit.post(reverse("programme_hold"), project).status_code == 302
    assert "No record is due." in text(manager_of_unit.get(overview))


def test_evidence_shows_numbers_in_the_file_alone_and_leaves_a_line(case, pitea, manager_of_unit):
    row = Evidence(
        unit=pitea,
        programme=case.programme,
        name="Zbevisson, Eva",
        identity_kind="personal",
        case_number="B-1",
        started_on=date(2011, 2, 1),
        minutes={"2011-02": 90},
        keep_until=date(2099, 1, 1),
    )
    row.identity_sealed = encryption.encrypt(factories.NUMBERS[3], row.pk)
    row.identity_index = encryption.blind_index(factories.NUMBERS[3])
    row.save()
    address = reverse("evidence_list")
    page = manager_of_unit.get(address).content.decode()
    file = manager_of_unit.get(address, {"export": "csv"}).content.decode()
    assert ["Zbevisson" in page, factories.NUMBERS[3] in page, factories.NUMBERS[3] in file] == [True, False, True]
    kinds = sorted(Reading.objects.filter(page="evidence_list").values_list("kind", flat=True))
    assert kinds == ["export", "list"]
    assert Reading.objects.filter(page="evidence_list", units=[pitea.pk]).count() == 2


def test_erasures_of_another_authority_are_not_there(alvsbyn, pitea, sign_in):
    erasure = factories.ErasureFactory(unit=pitea, state=ErasureState.PROPOSED)
    for role in (Role.UNIT_MANAGER, Role.AUDITOR):
        client = sign_in(factories.staff(alvsbyn, role))
        assert client.get(reverse("erasure_detail", args=[erasure.pk])).status_code == 404
        assert str(erasure.pk) not in client.get(reverse("erasure_list")).content.decode()
    stranger = sign_in(factories.staff(alvsbyn, Role.UNIT_MANAGER))
    assert stranger.post(reverse("erasure_withdraw", args=[erasure.pk]), {"sent": "1"}).status_code == 404
    assert stranger.post(reverse("erasure_propose", args=[pitea.pk]), {"sent": "1"}).status_code == 404


def test_erasure_of_nothing_is_refused_with_a_sentence(pitea, manager_of_unit):
    factories.RetentionRuleFactory(organisation=pitea.organisation, kind=Kept.PERSON)
    answer = manager_of_unit.post(reverse("erasure_propose", args=[pitea.pk]), {"sent": "1"}, follow=True)
    assert "No record of this unit is due." in text(answer)


def test_overview_asks_as_many_queries_for_three_records_as_for_one(case, pitea, manager_of_unit):
    factories.RetentionRuleFactory(organisation=pitea.organisation)
    # The first request of a session writes it.
    manager_of_unit.get(reverse("retention_overview"))
    counts = []
    for more in (1, 2):
        for _n in range(more):
            person = factories.PersonFactory(unit=pitea)
            LegalHold.objects.create(unit=pitea, person=person, reason="Prov", placed_by=factories.UserFactory())
        with CaptureQueriesContext(connection) as asked:
            manager_of_unit.get(reverse("retention_overview"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
