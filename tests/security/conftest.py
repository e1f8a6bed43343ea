"""The world of the attack tests: the one that the matrix of rights plants, so that a new address is planted once."""

import pytest

from lotsen.core.acting import acting_as_operator
from tests.access.test_matrix import account, address_of, casework, kept, people, planted, report, surveys
from tests.security.walk import Answer, walk

__all__ = ["account", "address_of", "casework", "kept", "people", "planted", "report", "surveys", "walked"]

_WALKED: list[Answer] = []


@pytest.fixture
def walked(db: None, request: pytest.FixtureRequest) -> list[Answer]:
    """Return what every address answers to every kind of user. Walked once for all tests of a process, in a world
    where every text that somebody may write is an attack."""
    if not _WALKED:
        with acting_as_operator("tests"):
            people, address_of = (request.getfixturevalue(name) for name in ("people", "address_of"))
            _WALKED.extend(walk(people, address_of))
    return _WALKED
