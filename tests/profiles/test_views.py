"""Needs, competences and references on one page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lotsen.core.acting import acting_as
from lotsen.employers.actions import keep_person, register_workplace
from lotsen.employers.enums import Sector
from lotsen.people.enums import DataCategory
from lotsen.placements.actions import begin_placement, keep_opening
from lotsen.profiles.actions import add_wish, gain_reference, keep_competence, keep_needs
from lotsen.profiles.models import Competence, Needs, Reference
from tests import factories


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case of the coach."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)


@pytest.fixture
def client(sign_in, responsible):
    """Return the coach's browser, in English."""
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


def page_of(client, case):
    return client.get(reverse("profile_detail", args=[case.pk])).content.decode()


def test_needs_stand_on_every_page_of_the_case(case, client):
    sent = {"interpreter": "tigrinja", "is_step_free": "on", "hours_per_week": "20", "licence": "learning"}
    assert client.post(reverse("needs_keep", args=[case.pk]), sent).status_code == 302
    assert Needs.objects.get(case=case).words == ["interpreter: tigrinja", "no steps", "at most 20 hours a week"]
    for name in ("profile_detail", "case_detail", "plan_detail", "note_list"):
        assert "tigrinja" in client.get(reverse(name, args=[case.pk])).content.decode()


def test_competence_is_written_changed_and_taken_away(case, client):
    address = reverse("competence_keep", args=[case.pk])
    sent = {"kind": "informal", "name": "Svetsning", "validation": "planned"}
    client.post(address, sent)
    row = case.competences.get()
    assert client.post(address, sent).status_code == 422
    client.post(
        address, {**sent, "competence": row.pk, "validation": "whole", "validated_on": "idag", "result": "Klar"}
    )
    row.refresh_from_db()
    assert (row.validation, row.validated_on, row.result) == ("whole", timezone.localdate(), "Klar")
    client.post(reverse("competence_drop", args=[row.pk]))
    assert not case.competences.exists()


def test_validation_that_has_ended_says_when(case, client):
    sent = {"kind": "informal", "name": "Svetsning", "validation": "refused"}
    answer = client.post(reverse("competence_keep", args=[case.pk]), sent)
    assert (answer.status_code, "Say which day the validation ended." in answer.content.decode()) == (422, True)


def test_reference_is_usable_when_both_have_allowed_it(case, client):
    client.post(reverse("reference_keep", args=[case.pk]), {"name": "Prov Chef", "gained_on": "igår"})
    row = case.references.get()
    today = timezone.localdate()
    assert not row.is_usable(today)
    client.post(reverse("reference_confirm", args=[row.pk]))
    row.refresh_from_db()
    assert row.is_usable(today)
    assert not row.is_usable(today - timedelta(days=1))


def test_nobody_but_the_unit_and_who_is_told_reads_a_profile(
    case, responsible, colleague, stranger, manager, alvsbyn, sign_in
):
    keep_needs(case=case, interpreter="Ztigrinja")
    told = {"kind": "informal", "name": "Zsvetsning", "validation": "none", "validated_on": None}
    keep_competence(case=case, **told)
    gain_reference(case=case, name="Zchef", gained_on=timezone.localdate())
    users = (responsible, colleague, stranger, manager)

    def seen():
        found = []
        for user in users:
            with acting_as(user.pk):
                found.append([model.objects.filter(case=case).count() for model in (Needs, Competence, Reference)])
        return found

    assert seen() == [[1, 1, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    factories.consent_to(alvsbyn, case.person, responsible, categories=[DataCategory.PROFILE])
    assert seen()[2] == [0, 0, 0]
    page = sign_in(stranger).get(reverse("profile_detail", args=[case.pk])).content.decode()
    assert all(word in page for word in ("Ztigrinja", "Zsvetsning", "Zchef"))
    assert "Zsvetsning" not in sign_in(manager).get(reverse("profile_detail", args=[case.pk])).content.decode()


def test_skills_are_suggested_and_their_key_is_kept(case, client):
    page = client.get(reverse("skill_list"), {"name": "kyltek"}).content.decode()
    assert '<option value="Kylteknik"' in page
    assert "<option" not in client.get(reverse("skill_list"), {"name": "t"}).content.decode()
    address = reverse("competence_keep", args=[case.pk])
    client.post(address, {"kind": "informal", "name": "kylTEKNIK"})
    client.post(address, {"kind": "informal", "name": "Tålamod"})
    assert dict(case.competences.values_list("name", "concept")) == {"kylTEKNIK": "11L4_Q2Z_8tM", "Tålamod": ""}


def test_needs_of_matching_are_written_and_shown(case, client):
    sent = {"swedish": "A2", "travels": "county", "physical": "some", "ready_on": "2026-12-01", "line": "few_men"}
    assert client.post(reverse("needs_keep", args=[case.pk]), sent).status_code == 302
    known = dict(Needs.objects.get(case=case).known)
    assert set(known.values()) >= {"2026-12-01"}
    page = page_of(client, case)
    for said in ("A2, simple instructions", "Within the county", "With few men"):
        assert said in page


def test_wish_stands_in_own_words_beside_the_ways_there(case, client, pitea):
    told = {"employer_name": "Ek", "sector": Sector.PRIVATE, "municipality": pitea.municipality}
    workplace = register_workplace(name="Boendet", **told)
    of = {"unit": pitea, "workplace": workplace, "tasks": "Prov", "offers": ["internship"]}
    keep_opening(title="Vårdbiträde", occupation="5330", **of)
    add = reverse("wish_add", args=[case.pk])
    assert client.post(add, {"words": "", "occupation": "5330"}).status_code == 422
    assert client.post(add, {"words": "Jag vill hjälpa äldre.", "occupation": "5330 Vårdbiträden"}).status_code == 302
    page = page_of(client, case)
    assert ("Jag vill hjälpa äldre." in page, "1 opening" in page, "Vårdbiträden" in page) == (True,) * 3
    client.post(reverse("wish_drop", args=[case.wishes.get().pk]))
    assert "Jag vill hjälpa äldre." not in page_of(client, case)


def test_wishes_are_of_ones_own_cases(case, sign_in, colleague, stranger, responsible):
    with acting_as(responsible.pk):
        wish = add_wish(case=case, words="Jag vill köra lastbil.")
    for user in (colleague, stranger):
        other = sign_in(user)
        assert other.post(reverse("wish_add", args=[case.pk]), {"words": "Annat"}).status_code == 404
        assert other.post(reverse("wish_drop", args=[wish.pk])).status_code == 404
    assert case.wishes.count() == 1


def test_supervisor_of_a_placement_becomes_a_reference(case, client, pitea):
    told = {"employer_name": "Ek", "sector": Sector.PRIVATE, "municipality": pitea.municipality}
    workplace = register_workplace(name="Boendet", **told)
    keep_person(employer=workplace.employer, unit=pitea, on=case.started_on, name="Kim Provsson", phone="070-174 06 05")
    placement = begin_placement(
        case=case,
        workplace=workplace,
        kind=case.programme.kinds.get(code="praktik"),
        on=case.started_on + timedelta(days=10),
        without_analysis="Prov",
        supervisor=workplace.employer.people.get(),
    )
    address = f"{reverse('profile_detail', args=[case.pk])}?placement={placement.pk}"
    form = client.get(address).context["reference_form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "submission"}
    assert (sent["name"], sent["contact"]) == ("Kim Provsson", "070-174 06 05")
    client.post(reverse("reference_keep", args=[case.pk]), {**sent, "gained_on": "2026-04-01"})
    assert case.references.get().placement == placement
