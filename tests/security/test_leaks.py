"""Where a name or an identity number must not be found, also of a protected person: the log, mails, addresses, jobs,
sessions, messages, the cache, the context of the history, error pages (figures S7 and S9).

A coach does all that touches a person, some of it wrong; then everything that was left behind is searched.
"""

import logging
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core.logs import LineFormatter
from lotsen.people.actions import protect_person, tell_managers
from lotsen.people.enums import Protection
from lotsen.programmes.models import Programme
from tests import factories
from tests.security.broken import BROKEN

#: The tables that hold names, and nothing else does. No table holds a number that can be read.
WITH_NAMES = {"people_person", "people_personevent"}
REASON = "Hon har ringt och mår dåligt."


@pytest.fixture
def cases(programme: Programme, pitea: Unit, responsible: User) -> dict[str, Case]:
    """Return the case of an ordinary person and that of a protected one, of whom the coach alone may know."""
    made = {
        name: factories.CaseFactory(
            programme=programme, unit=pitea, person__given_name=f"Zg{name}", person__family_name=f"Zf{name}"
        )
        for name in ("open", "protected")
    }
    protect_person(
        person=made["protected"].person, protection=Protection.CONFIDENTIALITY_MARK, readers=[], by=responsible
    )
    return made


def marks(case: Case) -> list[str]:
    """Return what tells who somebody is, in each form that it might be written in."""
    number, person = case.person.identity_number, case.person
    forms = [number, number[2:], f"{number[:8]}-{number[8:]}", f"{number[2:8]}-{number[8:]}"]
    return [*forms, person.given_name, person.family_name, person.given_name.lower(), person.family_name.lower()]


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Give a function that returns what has been written to the server's log: every record, by its own formatter."""
    (formatter,) = (
        handler.formatter for handler in logging.getLogger().handlers if isinstance(handler.formatter, LineFormatter)
    )
    return lambda: "\n".join(formatter.format(record) for record in caplog.records)


def live(cases: dict[str, Case], users: list[User], sign_in: Callable[[User], Client]) -> str:
    """Let users do all that touches the two, some of it wrong; return the addresses that they were led to."""
    said = []
    for user in users:
        client = sign_in(user)
        for case in cases.values():
            *numbers, given, family, _given, _family = marks(case)
            sent = [{"q": text} for text in (numbers[0], numbers[3], given, f"{family}, {given}")]
            said += [client.post(reverse("case_search"), each) for each in sent]
            said += [client.get(reverse(page, args=[case.person_id])) for page in ("person_detail", "consent_new")]
            said += [client.post(reverse(page, args=[case.person_id])) for page in ("person_number", "consent_new")]
            said += [client.post(reverse("emergency_list"), {"number": n, "reason": REASON}) for n in (numbers[2], "0")]
            said.append(client.get(reverse("case_detail", args=[case.pk])))
            said.append(client.post(reverse("person_protection", args=[case.person_id]), {"reader": numbers[0]}))
    return " ".join(answer.get("Location", "") for answer in said)


def tables_holding(words: list[str]) -> set[str]:
    """Return the tables that hold one of the words in any column of any row, in letters or as their bytes."""
    patterns = [f"%{form}%" for word in words for form in (word, word.encode().hex())]
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace "
            "and has_table_privilege(oid, 'select') and not relispartition"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'select exists (select from "{table}" t where t::text like any (%s))', [patterns])
            found |= {table} if cursor.fetchone()[0] else set()
    return found


def test_two_people_leave_no_name_and_no_number_behind(
    cases: dict[str, Case],
    pitea: Unit,
    responsible: User,
    sign_in: Callable[[User], Client],
    written: Callable[[], str],
) -> None:
    factories.staff(pitea, Role.UNIT_MANAGER)
    unnamed = factories.staff(pitea)
    places = {"addresses": live(cases, [responsible, unnamed], sign_in), "the log": written()}
    tell_managers(unit_id=str(pitea.pk), user_id=str(unnamed.pk))
    places["mails"] = "".join(f"{sent.subject} {sent.body} {sent.extra_headers}" for sent in mail.outbox)
    places["sessions"] = str([session.get_decoded() for session in Session.objects.all()])
    # Each of the four does hold what it is searched for in.
    held = {
        "addresses": "/persons/",
        "the log": "Not Found: /persons/",
        "mails": "nödöppnat",
        "sessions": "lotsen_used",
    }
    assert [place for place, word in held.items() if word not in places[place]] == []
    words = [word for case in cases.values() for word in marks(case)]
    assert [(place, word) for place, text in places.items() for word in words if word in text] == []
    numbers = [word for word in words if word[:2].isdigit()]
    assert tables_holding(numbers) == set()
    assert tables_holding([word for word in words if word not in numbers]) == WITH_NAMES
    # In no queue, and in no context of the history.
    assert tables_holding([REASON]) == {"people_namedreader", "people_namedreaderevent", "people_reading"}


@pytest.mark.parametrize("broken", [view.__name__ for view in BROKEN])
def test_page_that_breaks_tells_nobody_of_whom(
    cases: dict[str, Case], responsible: User, written: Callable[[], str], settings: object, broken: str
) -> None:
    settings.ROOT_URLCONF = "tests.security.broken"
    client = Client(raise_request_exception=False)
    client.force_login(responsible)
    for case in cases.values():
        answer = client.post(reverse(broken, args=[case.person_id]), {"q": case.person.identity_number})
        told = answer.content.decode() + str(answer.headers) + written() + str(mail.outbox)
        assert answer.status_code == 500
        assert [word for word in marks(case) if word in told] == []
        assert "Traceback" not in answer.content.decode()
        assert f"in {broken}" in written()


def test_number_typed_into_an_address_is_not_logged(
    cases: dict[str, Case], responsible: User, written: Callable[[], str], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(responsible)
    numbers = marks(cases["protected"])[:4]
    assert {client.get(f"/persons/{number}/").status_code for number in numbers} == {404}
    assert [number for number in numbers if number in written()] == []
    assert written().count("Not Found: /persons/(number)/") == 4
