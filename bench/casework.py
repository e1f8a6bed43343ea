"""A coach's pages with 100,000 cases, two million notes and meetings, and 60 coaches who ask at once.

Twenty requests come each second, whether or not those before have been answered, as from people who do not wait for
each other. Beside each page stands its own SQL alone.
"""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.access.models import Membership, Unit, User
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as_operator
from lotsen.programmes.models import Programme

from .measure import once, report
from .pages import own_sql
from .serving import PORT, served

COACHES, NOTES_A_CASE, MEETINGS_A_CASE = 60, 16, 4
#: Requests a second, and for how many seconds.
RATE, SECONDS = 20, 20
# Most cases are closed long ago; some forty are open for each coach, and some forty more ended within half a year.
FILL = """
set local session_replication_role = replica;
update cases_case set closed_on = started_on + 200, closing = 'exit',
  destination_id = (select id from programmes_destination where programme_id = %(programme)s order by code limit 1),
  reason_id = (select id from programmes_exitreason where programme_id = %(programme)s order by code limit 1)
where programme_id = %(programme)s and closing = '';
update cases_case set started_on = current_date - 30 - right(number, -5)::int %% 60, referred_on = current_date - 100,
  closed_on = null, closing = '', destination_id = null, reason_id = null
where programme_id = %(programme)s and right(number, -5)::int / 20 %% 40 = 1;
update cases_stepentry s set since = c.started_on from cases_case c
where c.id = s.case_id and c.programme_id = %(programme)s and c.closing = '';
update cases_case set started_on = current_date - 400, referred_on = current_date - 420,
  closed_on = current_date - right(number, -5)::int %% 200
where programme_id = %(programme)s and right(number, -5)::int / 20 %% 40 = 2;
insert into cases_responsibleentry (id, case_id, since, user_id)
select gen_random_uuid(), c.id, c.started_on, u.user_id from (
  select id, unit_id, started_on, row_number() over (partition by unit_id order by number) as k from cases_case
  where programme_id = %(programme)s) c
join (select unit_id, user_id, row_number() over (partition by unit_id order by user_id) - 1 as k,
    count(*) over (partition by unit_id) as of
  from access_membership where role = 'coach' and unit_id in (select id from access_unit where name like 'Bench %%')) u
  on u.unit_id = c.unit_id and u.k = c.k %% u.of;
insert into notes_appointment (id, case_id, user_id, "on", at, minutes, way, place, interpreter, came)
select gen_random_uuid(), e.case_id, e.user_id, c.started_on + 7 * m, time '08:00' + m * interval '30 minutes', 45,
  'meeting', '', '', case when c.started_on + 7 * m < current_date then 'present' else '' end
from cases_responsibleentry e join cases_case c on c.id = e.case_id, generate_series(1, %(meetings)s) m
where c.programme_id = %(programme)s;
insert into notes_note (id, case_id, written_by_id, written_at, "on", way, was_reached, body, is_private, waits_for,
  revision)
select gen_random_uuid(), e.case_id, e.user_id, now(), least(c.started_on + 5 * m, current_date), 'phone', true,
  'Vi gick igenom veckan och bestämde nästa steg. Resvägen fungerar, och köket vill gärna ha hjälp även i höst.',
  false, '', 1
from cases_responsibleentry e join cases_case c on c.id = e.case_id, generate_series(1, %(notes)s) m
where c.programme_id = %(programme)s;
"""


@dataclass
class Asker:
    """A coach with a session, and what a form needs to be sent."""

    user: User
    cookies: dict[str, str]
    token: str
    case: str
    name: str
    programme: str


def run(only: str) -> None:
    """Measure what begins with the name."""
    if not any(name.startswith(only) for name in PAGES):
        return
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="bench-100k")
        _prepare(programme)
        rows = Case.objects.filter(programme=programme).count()
    with served("/account/login/"):
        askers = [_asker(user, programme) for user in _coaches()]
        for name, page in PAGES.items():
            if name.startswith(only):
                seconds = _ask_at_once(askers, page)
                statements, alone = _alone(askers[0], page(askers[0]))
                report(name, seconds, alone, rows, queries=statements, coaches=COACHES, requests_per_second=RATE)


def _prepare(programme: Programme) -> None:
    """Make coaches, and what they have written, once."""
    if User.objects.filter(email="bench59@bench.example").exists():
        return
    units = list(Unit.objects.filter(name__startswith="Bench ").order_by("name"))
    for n in range(COACHES):
        user = User.objects.create_user(f"bench{n}@bench.example", name=f"Bench Coach {n}")
        Membership.objects.create(user=user, unit=units[n % len(units)], role=Role.COACH)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role none")
        made: dict[str, Any] = {"programme": programme.pk, "notes": NOTES_A_CASE, "meetings": MEETINGS_A_CASE}
        cursor.execute(FILL, made)
        cursor.execute("analyze")


def _coaches() -> list[User]:
    return list(User.objects.filter(email__regex=r"^bench\d+@").order_by("email"))


def _asker(user: User, programme: Programme) -> Asker:
    """Sign a coach in, and read the page of search for what a form needs."""
    client = Client()
    client.force_login(user)
    with acting_as_operator("bench"):
        own = Case.objects.filter(programme=programme, unit__in=user.own_units, closing="")
        case = own.select_related("person")[:1].get()
    asker = Asker(
        user,
        {"sessionid": client.cookies["sessionid"].value},
        "",
        str(case.pk),
        case.title.split()[-1],
        str(programme.pk),
    )
    status, page, cookies = _request(asker, "GET", reverse("case_search"))
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if status != 200 or not found:
        raise RuntimeError(f"the page of search: {status}")
    asker.cookies |= cookies
    asker.token = found[1]
    return asker


Asked = tuple[str, str, dict[str, str] | None]
PAGES: dict[str, Callable[[Asker], Asked]] = {
    "casework.my_day": lambda _asker: ("GET", reverse("my_day"), None),
    "casework.case": lambda asker: ("GET", reverse("case_detail", args=[asker.case]), None),
    "casework.list": lambda asker: ("GET", reverse("case_list", args=[asker.programme]), None),
    "casework.search": lambda asker: ("POST", reverse("case_search"), {"q": asker.name}),
}


def _request(
    asker: Asker, method: str, path: str, sent: dict[str, str] | None = None
) -> tuple[int, str, dict[str, str]]:
    """Send one request over a connection of its own; return status, page and cookies."""
    body = urlencode({**sent, "csrfmiddlewaretoken": asker.token}) if sent else None
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in asker.cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Language": settings.LANGUAGE_CODE,
    }
    asked = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    asked.request(method, path, body, headers)
    answer = asked.getresponse()
    page = answer.read().decode()
    cookies = {}
    for line in answer.headers.get_all("Set-Cookie") or []:
        name, _is, value = line.split(";")[0].partition("=")
        cookies[name] = value
    return answer.status, page, cookies


def _ask_at_once(askers: list[Asker], page: Callable[[Asker], Asked]) -> list[float]:
    """Ask as often as it comes, by coaches drawn by lot; return how long each answer took."""
    seconds: list[float] = []
    failed: list[int] = []

    def ask(asker: Asker) -> None:
        begun = time.perf_counter()
        status, _page, _cookies = _request(asker, *page(asker))
        seconds.append(time.perf_counter() - begun)
        if status != 200:
            failed.append(status)

    for asker in askers[:8]:
        ask(asker)
    seconds.clear()
    threads, begun = [], time.perf_counter()
    for n in range(RATE * SECONDS):
        time.sleep(max(0.0, begun + n / RATE - time.perf_counter()))
        threads.append(threading.Thread(target=ask, args=[random.choice(askers)]))  # noqa: S311 - whoever comes
        threads[-1].start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{len(failed)} requests failed, the first with {failed[0]}")
    return seconds


def _alone(asker: Asker, asked: Asked) -> tuple[int, list[float]]:
    """Return how many statements a page has, and how long they take by themselves."""
    client = Client(HTTP_ACCEPT_LANGUAGE="sv")
    client.force_login(asker.user)
    method, path, sent = asked

    def page() -> None:
        answer = client.post(path, sent) if method == "POST" else client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")

    page()
    with CaptureQueriesContext(connection) as captured:
        page()
    statements = [query["sql"] for query in captured.captured_queries if query["sql"] not in {"BEGIN", "COMMIT"}]
    alone = own_sql(statements, asker.user)
    alone()
    return len(statements), [once(alone) for _round in range(15)]
