"""A plan written together: own words, goals, actions, signing, versions, the paper to take home."""

import io
from datetime import date

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from lotsen.plans import actions
from lotsen.plans.enums import Horizon, Who
from lotsen.plans.models import OwnWords, Plan, PlanAction, PlanGoal, PlanTemplate
from lotsen.plans.queries import changes, versions_of
from tests import factories

STARTED = date(2026, 3, 1)


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


@pytest.fixture
def plan(case):
    """Return a plan that is being written."""
    return actions.begin_plan(case=case)


def a_goal(plan, text="Jag provar kök", **more):
    return actions.keep_goal(plan=plan, text=text, horizon=Horizon.FIRST_JOB, due_on=None, **more)


def an_action(goal, text="Ringa", **more):
    return actions.keep_action(goal=goal, text=text, who=Who.STAFF, other="", kind=None, due_on=None, **more)


def test_plan_is_written_and_signed_over_its_pages(case, client, responsible, programme):
    begun = client.post(reverse("plan_begin", args=[case.pk])).headers["Location"]
    plan = case.plans.get()
    assert begun == reverse("plan_edit", args=[plan.pk])
    client.post(reverse("plan_words", args=[plan.pk]), {"text": "Jag vill bli kock.", "seen": ""})
    client.post(reverse("goal_keep", args=[plan.pk]), {"text": "Jag provar kök", "horizon": "first_job"})
    goal = plan.goals.get()
    measure = programme.kinds.get(code="sprak")
    sent = {"text": "Ring köket", "who": "agency", "other": "Försäkringskassan", "kind": measure.pk, "due_on": "24 dec"}
    client.post(reverse("action_keep", args=[goal.pk]), sent)
    sign = reverse("plan_sign", args=[plan.pk])
    assert client.post(sign, {"on": "idag", "how": "paper"}).status_code == 422
    assert client.post(sign, {"on": "idag", "how": "paper", "revise_on": "2120-01-01"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.agreed_on, plan.signed_how, plan.signed_by) == (timezone.localdate(), "paper", responsible)
    page = client.get(reverse("plan_detail", args=[case.pk])).content.decode()
    assert all(words in page for words in ("Jag vill bli kock.", "Jag provar kök", "Ring köket", "Försäkringskassan"))


def test_words_changed_by_somebody_else_are_told_and_both_are_there(case, client, plan):
    actions.write_own_words(plan=plan, text="Kollegans ord", seen="")
    answer = client.post(reverse("plan_words", args=[plan.pk]), {"text": "Mina ord", "seen": ""})
    page = answer.content.decode()
    assert (answer.status_code, "Kollegans ord" in page, "Mina ord" in page) == (422, True, True)
    assert OwnWords.objects.get(plan=plan).text == "Kollegans ord"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "", "who": "staff"}, "This field is required."),
        ({"text": "Ringa", "who": "employer"}, "Write which one."),
        ({"text": "Ringa", "who": "staff", "due_on": "snart"}, "Write a day"),
    ],
)
def test_action_that_cannot_be_is_said_by_its_field(case, client, plan, sent, said):
    goal = a_goal(plan)
    answer = client.post(reverse("action_keep", args=[goal.pk]), sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not goal.actions.exists()


def test_plan_without_a_goal_is_not_signed(case, client, plan):
    sent = {"on": "idag", "how": "paper", "revise_on": "2120-01-01"}
    answer = client.post(reverse("plan_sign", args=[plan.pk]), sent)
    assert "There is no goal in the plan yet. Set one first." in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).agreed_on is None


def test_next_version_begins_from_what_is_not_reached(case, plan):
    actions.write_own_words(plan=plan, text="Mina ord", seen="")
    kept, reached = a_goal(plan), a_goal(plan, "Jag har barnomsorg")
    an_action(kept)
    actions.agree_plan(case=case, on=STARTED)
    actions.reach_goal(goal=reached, on=date(2026, 4, 1))
    after = actions.begin_plan(case=case)
    assert actions.begin_plan(case=case) == after
    assert [goal.text for goal in after.goals.all()] == ["Jag provar kök"]
    assert [step.text for step in after.goals.get().actions.all()] == ["Ringa"]
    assert after.own_words.text == "Mina ord"
    assert plan.goals.count() == 2


def test_versions_are_compared_by_their_words(case, plan):
    stays, goes, reached = a_goal(plan), a_goal(plan, "Jag slutar röka"), a_goal(plan, "Jag har barnomsorg")
    an_action(stays)
    actions.agree_plan(case=case, on=STARTED)
    actions.reach_goal(goal=reached, on=date(2026, 4, 1))
    after = actions.begin_plan(case=case)
    actions.drop_goal(goal=after.goals.get(text=goes.text))
    a_goal(after, "Jag tar körkort")
    actions.do_action(step=after.goals.get(text=stays.text).actions.get(), on=date(2026, 4, 2))
    actions.agree_plan(case=case, on=date(2026, 4, 3))
    newest, before = versions_of(case)
    told = changes(before, newest)
    assert (told.new, told.gone, sorted(told.reached)) == (
        ["Jag tar körkort"],
        ["Jag slutar röka"],
        ["Jag har barnomsorg", "Ringa"],
    )


def test_agreed_version_is_changed_by_nobody(case, client, plan):
    goal = a_goal(plan)
    step = an_action(goal)
    actions.agree_plan(case=case, on=STARTED)
    for name, pk in (("goal_drop", goal.pk), ("action_drop", step.pk), ("plan_drop", plan.pk)):
        page = client.post(reverse(name, args=[pk]), follow=True).content.decode()
        assert "This version is agreed" in page
    answer = client.post(reverse("goal_keep", args=[plan.pk]), {"text": "Nytt", "horizon": "first_job"})
    assert answer.status_code == 422
    assert (plan.goals.count(), goal.actions.count()) == (1, 1)


def test_done_and_reached_are_one_click_and_can_be_taken_back(case, client, plan):
    goal = a_goal(plan)
    step = an_action(goal)
    actions.agree_plan(case=case, on=STARTED)
    for on in (timezone.localdate(), None):
        client.post(reverse("action_do", args=[step.pk]))
        client.post(reverse("goal_reach", args=[goal.pk]))
        step.refresh_from_db()
        goal.refresh_from_db()
        assert (step.done_on, goal.reached_on) == (on, on)


def test_template_holds_no_days_and_is_the_units_own(case, client, plan, programme, arvidsjaur, colleague, sign_in):
    an_action(a_goal(plan))
    client.post(reverse("plan_template", args=[plan.pk]), {"name": "Kök"})
    template = PlanTemplate.objects.get(unit=case.unit)
    actions_told = [{"text": "Ringa", "who": "staff"}]
    assert template.goals == [{"horizon": "first_job", "text": "Jag provar kök", "actions": actions_told}]
    other = factories.CaseFactory(programme=programme, unit=arvidsjaur, started=True, by=colleague)
    theirs = actions.begin_plan(case=other)
    sent = {"template": template.pk}
    assert sign_in(colleague).post(reverse("plan_copy", args=[theirs.pk]), sent).status_code == 422
    client.post(reverse("plan_copy", args=[plan.pk]), sent)
    assert [goal.text for goal in plan.goals.all()] == ["Jag provar kök"] * 2


def test_pdf_tells_the_plan_in_plain_words(case, client, plan):
    actions.write_own_words(plan=plan, text="Jag vill bli kock 🙂", seen="")
    an_action(a_goal(plan))
    actions.agree_plan(case=case, on=STARTED)
    answer = client.get(reverse("plan_file", args=[plan.pk]))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert all(words in text for words in ("My plan", case.person.name, "Jag vill bli kock", "Jag provar kök", "Ringa"))


def test_who_looks_over_reads_no_words_of_a_plan(case, plan, manager, sign_in):
    actions.write_own_words(plan=plan, text="Zmina ord", seen="")
    a_goal(plan, "Zmitt mål")
    actions.agree_plan(case=case, on=STARTED)
    page = sign_in(manager).get(reverse("plan_detail", args=[case.pk])).content.decode()
    assert ["Zmina ord" in page, "Zmitt mål" in page] == [False, False]


@pytest.mark.parametrize(
    ("constraint", "act"),
    [
        ("plan_one_draft", lambda plan, goal: Plan.objects.create(case=plan.case)),
        ("plan_signed_how_is_known", lambda plan, goal: Plan.objects.filter(pk=plan.pk).update(signed_how="song")),
        (
            "plan_is_revised_after_agreement",
            lambda plan, goal: Plan.objects.filter(pk=plan.pk).update(agreed_on=STARTED, revise_on=date(2026, 2, 1)),
        ),
        ("own_words_say_something", lambda plan, goal: OwnWords.objects.create(plan=plan, text="")),
        ("plan_goal_says_something", lambda plan, goal: PlanGoal.objects.filter(pk=goal.pk).update(text="")),
        ("plan_goal_horizon_is_known", lambda plan, goal: PlanGoal.objects.filter(pk=goal.pk).update(horizon="x")),
        ("plan_action_who_is_known", lambda plan, goal: PlanAction.objects.create(goal=goal, text="x", who="x")),
        ("plan_action_says_something", lambda plan, goal: PlanAction.objects.create(goal=goal, text="", who="staff")),
    ],
)
def test_database_refuses_what_cannot_be(plan, constraint, act):
    goal = a_goal(plan)
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        act(plan, goal)
