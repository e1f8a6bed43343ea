"""What a plan says is read by the case's own unit, and by whom a consent opens it to: it may say who it is of."""

from django.db import migrations

from lotsen.core.rowsecurity import EnableHistoryRLS, EnableRLS

# Security definer, and nothing but the key of a case comes out: a policy that reads tables which have policies, which
# read tables again, takes the planner ten times as long as the rows take.
MAKE = """
create function lotsen_case_of_plan(plan uuid) returns uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select case_id from plans_plan where id = plan
$$;
create function lotsen_case_of_goal(goal uuid) returns uuid language sql stable security definer
set search_path = public, pg_temp as $$
  select p.case_id from plans_plangoal g join plans_plan p on p.id = g.plan_id where g.id = goal
$$;
"""
TAKE = "drop function lotsen_case_of_goal(uuid); drop function lotsen_case_of_plan(uuid);"


def of_own(case: str) -> str:
    """Return the condition that a case is one of the own units'."""
    own = "c.unit_id = any ((select lotsen_units())::uuid[])"
    return f"exists (select 1 from cases_case c where c.id = {case} and {own})"


def seen(case: str) -> str:
    """Return the condition that a case is one's own, or that a consent opens its plan."""
    return f"({of_own(case)} or {case} = any ((select lotsen_opened('plan'))::uuid[]))"


OF_PLAN, OF_GOAL = "lotsen_case_of_plan(plan_id)", "lotsen_case_of_goal(goal_id)"
#: Each table with the case of a row.
TABLES = {"ownwords": OF_PLAN, "plangoal": OF_PLAN, "planaction": OF_GOAL}


class Migration(migrations.Migration):
    """Make the functions; close and open the tables."""

    dependencies = [("plans", "0003_goal_tables"), ("cases", "0003_row_security")]
    operations = [
        migrations.RunSQL(MAKE, TAKE),
        *(EnableRLS(f"plans_{name}", seen(case), of_own(case)) for name, case in TABLES.items()),
        *(EnableHistoryRLS(f"plans_{name}event", seen(case)) for name, case in TABLES.items()),
    ]
