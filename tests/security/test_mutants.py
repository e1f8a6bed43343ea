"""Each line of defence taken away alone: the rights tests must miss it (figure S13).

What stands here first is asked with all lines in place; then the same is asked again with one of them open.
"""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.utils import timezone

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.activities.enums import Presence
from lotsen.activities.models import Attendance
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.core.acting import acting_as
from lotsen.core.models import Draft
from lotsen.people.actions import protect_person
from lotsen.people.enums import Protection
from lotsen.people.models import NamedReader
from lotsen.reports.models import Report
from tests import factories
from tests.access.expected import expected
from tests.access.test_matrix import ask
from tests.addresses import addresses
from tests.house.source import expect_none
from tests.security.rights import (
    OPEN_FUNCTIONS,
    Policy,
    broken_function,
    broken_policy,
    granted,
    lets_through,
    policies,
    rows_of,
    seen,
)

World = dict[str, dict]


@pytest.fixture
def world(planted: dict[str, Case], report: Report, responsible: User, manager: User) -> World:
    """Return a row of somebody else's in every table that has policies."""
    case = planted["pitea"]
    Draft.objects.create(user=manager, key="report", body="Utkast")
    opening = {"until": timezone.now(), "reason": "Prov", "unit": case.unit, "named_by": manager}
    NamedReader.objects.create(person=case.person, user=manager, **opening)
    Attendance.objects.create(
        session=case.attendances.get().session, organisation=case.unit.organisation, presence=Presence.PRESENT
    )
    with acting_as(responsible.pk):
        database.call("lotsen_log_reading", "view", "case_detail", [case.pk, case.person_id], "")
    factories.kept_apart(case)
    factories.board_of(case.programme)
    tables = sorted({policy.table for policy in policies()})
    rows = rows_of(tables)
    expect_none(
        [table for table in rows if not rows[table]], "Plant a row of it in `whole_case` in tests/factories.py."
    )
    return {table: found[0] for table, found in rows.items()}


@pytest.fixture
def outsider(db: None) -> UUID:
    """Return somebody with every role, in a unit that has nothing to do with anything planted."""
    unit = factories.UnitFactory()
    user = factories.UserFactory()
    for role in Role:
        factories.MembershipFactory(user=user, unit=unit, role=role)
    return user.pk


def closed() -> list[Policy]:
    """Return the policies that draw a line."""
    return [policy for policy in policies() if not policy.is_open]


def test_outsider_with_every_role_sees_changes_and_adds_nothing(world: World, outsider: UUID) -> None:
    assert len(closed()) > 100
    let = []
    for policy in closed():
        with granted(policy.table):
            let += [
                f"{policy.table} {policy.name}"
                for who in (outsider, None)
                if lets_through(who, policy, world[policy.table])
            ]
    expect_none(let, "Close the table: EnableRLS, EnableHistoryRLS.")


def test_each_policy_is_missed_when_it_is_opened(world: World, outsider: UUID) -> None:
    survived = []
    for policy in closed():
        with granted(policy.table), broken_policy(policy):
            if not lets_through(outsider, policy, world[policy.table]):
                survived.append(f"{policy.table} {policy.name}")
    expect_none(survived, "No test would notice that this policy is gone.")


@pytest.fixture
def forbidden(world: World, outsider: UUID, pitea: Unit, planted: dict[str, Case], responsible: User) -> Callable:
    """Give a function that tells who sees something that they must not: the outsider, and a coach who is not named."""
    unnamed = factories.staff(pitea)
    case = planted["pitea"]

    def told() -> set[str]:
        with acting_as(unnamed.pk):
            found = {"unnamed"} if Case.objects.filter(pk=case.pk).exists() else set()
        return found | {table for table in world if seen(outsider, table)}

    protect_person(person=case.person, protection=Protection.CONFIDENTIALITY_MARK, readers=[], by=responsible)
    return told


def test_each_function_behind_the_policies_is_missed_when_it_names_everything(forbidden: Callable) -> None:
    assert forbidden() == set()
    survived = []
    for function in OPEN_FUNCTIONS:
        with broken_function(function):
            if not forbidden():
                survived.append(function)
    expect_none(survived, "No test would notice that this function says too much.")


def test_each_permission_is_missed_when_nobody_asks_for_it(
    people: dict[str, User | None], address_of: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [address.name for address in addresses() if address.is_own]
    asking = [address.name for address in addresses() if "." in getattr(address.view, "lotsen_permission", "")]
    assert set(asking) <= set(own)
    monkeypatch.setattr(User, "can", lambda self, permission: True)
    survived = []
    for name in asking:
        refused = [who for who, status in expected(name, "GET").items() if status == 403]
        if all(ask(people[who], "GET", address_of(name), name).status_code == 403 for who in refused):
            survived.append(name)
    expect_none(survived, "Let somebody lack the permission in the table of tests/access/test_matrix.py.")
