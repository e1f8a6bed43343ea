"""The course of a case over its pages: start, steps, facts in two clicks, team, exit, return, follow-ups."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from lotsen.cases.actions import record_follow_up
from lotsen.cases.models import Case
from lotsen.cases.queries import loads_of
from lotsen.plans.actions import agree_plan
from tests import factories


@pytest.fixture
def client(sign_in, responsible):
    """Return the coach's browser, in English."""
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def case(programme, pitea, responsible):
    """Return a case of the coach that is going on."""
    return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)


def sent(client, name, case, **fields):
    """Send a form of a case; return the answer's status and its page."""
    answer = client.post(reverse(name, args=[case.pk]), fields, follow=True)
    return answer.status_code, answer.content.decode()


def test_participation_starts_with_what_a_first_talk_gives(programme, pitea, responsible, client):
    case = factories.CaseFactory(programme=programme, unit=pitea)
    step = programme.steps.first()
    told = {"on": "idag", "support": "income_support", "responsible": responsible.pk, "step": step.pk}
    assert sent(client, "case_start", case, **told, distance="3")[0] == 200
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.started_on) == ("active", timezone.localdate())
    assert case.responsibleentrys.get().user == responsible
    assert (case.stepentrys.get().step, case.ratings.get().distance) == (step, 3)


def test_load_and_competence_are_shown_where_a_coach_is_chosen(case, programme, pitea, responsible, client):
    responsible.competence = "arabiska"
    responsible.save()
    factories.CaseFactory(programme=programme, unit=pitea, ended=True, by=responsible)
    page = client.get(reverse("case_responsible", args=[case.pk])).content.decode()
    assert f"{responsible.name}, 1 cases, arabiska" in page
    assert loads_of(pitea, timezone.localdate())[responsible.pk].cases == 1


def test_step_that_lacks_something_needs_a_reason(case, programme, client):
    first, second = programme.steps.all()
    first.requires = [factories.text("Kartlagd", "Assessed"), factories.text("Plan", "A plan")]
    first.save()
    sent(client, "case_step", case, step=first.pk, since="2026-03-02")
    status, page = sent(client, "case_step", case, step=second.pk, since="2026-04-01", met=["0"])
    assert (status, "Say why, since this is lacking: A plan." in page) == (422, True)
    sent(client, "case_step", case, step=second.pk, since="2026-04-01", met=["0"], reason="Jobbet började.")
    entry = case.stepentrys.last()
    assert (entry.step, entry.lacking, entry.reason) == (second, "A plan", "Jobbet började.")
    assert sent(client, "case_step", case, step=first.pk, since="2026-04-05")[0] == 200


def test_whereabouts_and_support_are_two_clicks_from_the_case(case, client):
    """The first opens the choices, the second chooses: the day is there."""
    page = html.fromstring(client.get(reverse("case_detail", args=[case.pk])).content.decode())
    for name, value in (("whereabouts", "internship"), ("support", "own_income")):
        (form,) = page.xpath(f"//details//form[.//button[@name='{name}']]")
        fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
        client.post(form.get("action"), {**fields, name: value})
    today = timezone.localdate()
    assert [(entry.whereabouts, entry.since) for entry in case.whereaboutsentrys.all()] == [("internship", today)]
    assert (case.supportentrys.last().support, case.supportentrys.last().since) == ("own_income", today)


def test_day_that_is_no_day_changes_nothing(case, client):
    page = sent(client, "case_support", case, support="own_income", since="snart")[1]
    assert "Write a day" in page
    assert case.supportentrys.count() == 1


def test_team_has_its_days(case, pitea, client):
    matcher = factories.staff(pitea)
    told = {"user": matcher.pk, "part": "matcher", "since": "2026-03-02"}
    sent(client, "team_join", case, **told)
    status, page = sent(client, "team_join", case, **told)
    assert (status, f"{matcher.name} is in the team already." in page) == (422, True)
    member = case.team.get()
    client.post(reverse("team_leave", args=[member.pk]))
    member.refresh_from_db()
    assert member.until == timezone.localdate()


def exit_of(programme, **more):
    return {
        "on": "idag",
        "destination": programme.destinations.get(code="arbete").pk,
        "reason": programme.exitreasons.get(code="klar").pk,
        "support": "own_income",
        "distance": "9",
        **more,
    }


def test_exit_asks_for_plan_and_own_rating_or_a_reason(case, programme, client):
    status, page = sent(client, "case_end", case, **exit_of(programme, distance=""))
    said = "Say why, since this is lacking: An agreed plan; Own sense of distance at the exit."
    assert (status, said in page) == (422, True)
    assert Case.objects.get(pk=case.pk).state == "active"
    assert case.supportentrys.count() == 1
    agree_plan(case=case, on=case.started_on)
    assert "lies before" in sent(client, "case_end", case, **exit_of(programme, on="2026-02-01"))[1]
    assert sent(client, "case_end", case, **exit_of(programme))[0] == 200
    ended = Case.objects.get(pk=case.pk)
    assert (ended.state, ended.lacking, case.supportentrys.last().support) == ("ended", "", "own_income")
    assert {rating.occasion: rating.distance for rating in case.ratings.all()} == {"exit": 9}


def test_exit_without_plan_keeps_why(case, programme, client):
    sent(client, "case_end", case, **exit_of(programme, lacking_reason="Fick jobb direkt."))
    ended = Case.objects.get(pk=case.pk)
    assert (ended.lacking, ended.lacking_reason) == ("An agreed plan", "Fick jobb direkt.")


def test_who_comes_back_keeps_the_first_start_and_gets_a_later_exit(programme, pitea, client):
    case = factories.CaseFactory(programme=programme, unit=pitea, ended=True)
    record_follow_up(case=case, day=90, on=case.closed_on + timedelta(days=90), answers=None)
    sent(client, "case_reopen", case)
    back = Case.objects.get(pk=case.pk)
    assert (back.state, back.started_on, back.closed_on, back.destination) == ("active", case.started_on, None, None)
    assert not case.follow_ups.exists()


@pytest.fixture
def ended(programme, pitea):
    """Return a case that ended."""
    return factories.CaseFactory(programme=programme, unit=pitea, ended=True)


def followed_up(client, case, **told):
    return client.post(reverse("follow_up", args=[case.pk, 90]), {"on": "2026-11-30", "way": "phone", **told})


def test_follow_up_is_written_with_the_means_of_support(ended, client):
    assert followed_up(client, ended, reached="yes", in_work="yes", support="own_income").status_code == 302
    row = ended.follow_ups.get()
    assert (row.answered, row.in_work, row.in_education) == (True, True, None)
    assert ended.supportentrys.last().support == "own_income"


def test_attempt_in_vain_is_counted_and_no_answer_is_never_a_no(ended, client, responsible):
    followed_up(client, ended, reached="tried")
    assert [(row.way, row.by) for row in ended.follow_up_attempts.all()] == [("phone", responsible)]
    assert not ended.follow_ups.exists()
    followed_up(client, ended, reached="no", in_work="yes")
    row = ended.follow_ups.get()
    assert (row.answered, row.in_work) == (False, None)


def test_answer_without_a_word_is_asked_for(ended, client):
    answer = followed_up(client, ended, reached="yes")
    assert (answer.status_code, "Answer at least one" in answer.content.decode()) == (422, True)


def test_case_is_followed_up_on_the_programmes_days_alone(ended, case, client):
    assert client.get(reverse("follow_up", args=[ended.pk, 91])).status_code == 404
    assert client.get(reverse("follow_up", args=[case.pk, 90])).status_code == 404
