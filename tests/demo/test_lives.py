"""The demo's cases hold together: what a coach would find silly on a case's page does not stand there."""

from datetime import timedelta

import pytest
from django.db.models import F

from lotsen.activities.models import Session
from lotsen.cases.enums import Whereabouts
from lotsen.cases.models import Case, StepEntry, WhereaboutsEntry
from lotsen.placements.models import Placement

pytestmark = pytest.mark.usefixtures("db")


def test_exits_to_work_or_studies_have_reached_a_goal():
    ended = Case.objects.filter(destination__outcome__in=["work", "studies"])
    assert set(ended.values_list("reason__code", flat=True)) <= {"goal-reached", "on-own-with-plan"}


def test_nobody_else_leaves_with_the_goal_reached():
    left = Case.objects.filter(destination__outcome="other", reason__code="goal-reached")
    assert list(left.values_list("number", flat=True)) == []


def test_pensioners_are_old_enough():
    retired = Case.objects.filter(destination__code="pension")
    assert list(retired.filter(age__lt=61).values_list("number", flat=True)) == []


def test_who_left_to_prison_pension_or_another_place_is_in_nothing_after_it():
    codes = ["prison", "pension", "moved", "parental-leave", "sick-leave", "treatment"]
    after = WhereaboutsEntry.objects.filter(case__destination__code__in=codes, since=F("case__closed_on"))
    assert set(after.values_list("whereabouts", flat=True)) == {Whereabouts.NONE}


def test_placements_come_after_the_plan():
    early = Placement.objects.filter(began_on__lt=F("case__plans__agreed_on"))
    assert list(early.values_list("case__number", flat=True)) == []


def test_nobody_is_placed_abroad_at_home():
    assert not Placement.objects.filter(kind__code="internship-abroad").exists()


def test_who_has_no_placement_does_not_reach_the_steps_that_take_one():
    steps = StepEntry.objects.filter(case__programme__code="kofa", step__code__in=["matching", "workplace"])
    assert steps.exists()
    assert list(steps.filter(case__placements=None).values_list("case__number", flat=True)) == []


def test_staff_are_of_working_age_and_are_asked_nothing_of_job_seekers():
    staff = Case.objects.filter(programme__code="ame-skane")
    assert list(staff.exclude(age__range=(23, 64)).values_list("number", flat=True)) == []
    facts = staff.values_list("months_without_work", "reduced_work_ability", "has_upper_secondary")
    assert set(facts) == {(None, None, None)}
    of_staff = {"case__programme__code": "ame-skane"}
    assert not Placement.objects.filter(**of_staff).exists()
    assert not WhereaboutsEntry.objects.filter(**of_staff).exists()


def test_nobody_meets_at_christmas():
    days = set(Session.objects.values_list("on", flat=True))
    assert [day for day in days if (day + timedelta(days=10)).timetuple().tm_yday <= 16 and day.month in (1, 12)] == []
