"""One participant's list over 10,000 openings, and whole cohorts assigned at once.

The list is measured from the database to the page, beside the page's own SQL; a cohort beside another exact solver over
the same instance (SciPy's bipartite matching, each place as often as it takes people), which must give the same total.
"""

import numpy as np
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.acting import acting_as_operator
from lotsen.matching.queries.cohort import Pairs, best
from lotsen.placements.models import Opening
from lotsen.profiles.actions import add_wish, keep_needs
from lotsen.programmes.models import Programme

from .database import COACH
from .employers import prepare
from .measure import interleaved, report
from .pages import measure

OPENINGS, CANDIDATES = 10_000, 50
FILL = """
set local session_replication_role = replica;
insert into placements_opening (id, workplace_id, unit_id, title, search_key, occupation, offers, places, taken, tasks,
  must, wish, hours_per_week, weekdays, day_from, day_to, from_on, swedish, takes_language_support, needs_licence,
  adaptations, closed_why, supervision)
select gen_random_uuid(), w.id, %(unit)s, 'Plats ' || w.k, 'plats ' || w.k,
  (array['5330','7223','9111','5222','9411','8332','7111','5311'])[1 + w.k %% 8], '{internship}', 2, 0, 'Prov', '', '',
  10 + w.k %% 30, '{1,2,3,4}', time '09:00', time '14:00', current_date + (w.k %% 60)::int,
  (array['none','A1','A2','B1','B2',''])[1 + w.k %% 6], w.k %% 3 = 0,
  case when w.k %% 5 = 0 then true when w.k %% 5 = 1 then null else false end, '', '',
  (array['low','some','high',''])[1 + w.k %% 4]
from (select id, row_number() over (order by id) as k from employers_workplace order by id limit %(openings)s) w;
insert into employers_workplaceanalysis (id, workplace_id, unit_id, made_on, holds_until, tasks, hours, physical,
  social, tempo, swedish, adaptations, supervision, risks, safety_contact, is_step_free, has_lift)
select gen_random_uuid(), o.workplace_id, %(unit)s, current_date - 30, current_date + 330, 'Prov', '',
  (array['low','some','high',''])[1 + o.k %% 4], (array['low','some','high'])[1 + o.k %% 3], '', '', '', '', '', '',
  o.k %% 2 = 0, o.k %% 3 = 0
from (select workplace_id, row_number() over (order by id) as k from placements_opening where title like 'Plats %%') o;
"""


def run(only: str) -> None:
    """Measure each."""
    for people in (5_000, 20_000):
        if f"matching.cohort_{people // 1000}k".startswith(only):
            _cohort(people)
    if "matching.one_page".startswith(only):
        _one_page()


def _cohort(people: int) -> None:
    """Measure the assignment of so many people to places for fewer than half of them, each with up to fifty pairs."""
    rng = np.random.default_rng(people)
    places = people * 2 // 5
    who = np.repeat(np.arange(people), CANDIDATES)
    where = rng.integers(0, places, people * CANDIDATES)
    _keys, first = np.unique(who * places + where, return_index=True)
    who, where = who[first], where[first]
    score = rng.integers(1, 10_000, len(who)) / 100
    capacity = rng.integers(1, 4, places)
    pairs = Pairs(who, where, score, people, capacity, site=np.arange(places), load=capacity)
    found: dict[str, float] = {}

    def ours() -> None:
        assigned = best(pairs)
        found["ours"], found["placed"] = assigned.total, assigned.placed

    def other() -> None:
        found["other"], found["other_placed"] = by_scipy(pairs)

    seconds, limit = interleaved(ours, other, rounds=3)
    if found["placed"] != found["other_placed"] or abs(found["ours"] - found["other"]) > 1:
        raise RuntimeError(f"not the best assignment: {found}")
    report(f"matching.cohort_{people // 1000}k", seconds, limit, len(who), people=people, placed=found["placed"])


def by_scipy(pairs: Pairs) -> tuple[float, int]:
    """Return the greatest total of the most placed, by a matching with a row for each person and one for nobody."""
    copies = np.repeat(np.arange(len(pairs.capacity)), pairs.capacity)
    starts = np.concatenate([[0], np.cumsum(pairs.capacity)])
    rows, columns, costs = [], [], []
    for copy in range(int(pairs.capacity.max())):
        has = pairs.capacity[pairs.where] > copy
        rows.append(pairs.who[has])
        columns.append(starts[pairs.where[has]] + copy)
        costs.append(2_000_000 - np.rint(pairs.score[has] * 100) - 1_000_000)
    rows.append(np.arange(pairs.people))
    columns.append(len(copies) + np.arange(pairs.people))
    costs.append(np.full(pairs.people, 10.0**11))
    shape = (pairs.people, len(copies) + pairs.people)
    graph = csr_matrix((np.concatenate(costs), (np.concatenate(rows), np.concatenate(columns))), shape=shape)
    person, column = min_weight_full_bipartite_matching(graph)
    placed = column < len(copies)
    cost = np.asarray(graph[person[placed], column[placed]]).ravel()
    return float((1_000_000 - cost).sum() / 100), int(placed.sum())


def _one_page() -> None:
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="bench-100k")
        user = User.objects.get(email=COACH)
        unit = user.memberships.select_related("unit").all()[0].unit
    prepare(programme)
    with acting_as_operator("bench"):
        is_filled = Opening.objects.filter(unit=unit, title="Plats 1").exists()
        case = Case.objects.filter(programme=programme, unit=unit, started_on__isnull=False).order_by("number")[0]
    if not is_filled:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role none")
            cursor.execute("set local statement_timeout = 0")
            cursor.execute(FILL, {"unit": unit.pk, "openings": OPENINGS})
            cursor.execute("analyze")
        with acting_as_operator("bench"):
            add_wish(case=case, words="Jag vill hjälpa äldre.", occupation="5330")
            keep_needs(case=case, swedish="A2", travels="county", physical="some", licence="held", hours_per_week=30)
    client = Client(HTTP_ACCEPT_LANGUAGE="sv")
    client.force_login(user)
    measure("matching.one_page", client, reverse("match_list", args=[case.pk]), user, OPENINGS)
