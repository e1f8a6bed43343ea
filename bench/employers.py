"""The register with 50,000 employers and 200,000 contacts, and 100,000 placements, beside the SQL of each page."""

from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from lotsen.access.models import User
from lotsen.core.acting import acting_as_operator
from lotsen.employers.models import Employer
from lotsen.placements.models import Placement
from lotsen.programmes.models import Programme

from .database import COACH
from .pages import measure

EMPLOYERS, CONTACTS = 50_000, 200_000
FILL = """
set local session_replication_role = replica;
insert into employers_employer (id, name, sort_key, search_key, sound_key, organisation_number, sector, industry,
  size, about)
select gen_random_uuid(), w || ' ' || n || ' AB', lower(w) || ' ' || n || ' ab', lower(w) || ' ' || n || ' ab', '', '',
  'private', lpad((1 + n %% 80)::text, 2, '0'), '10', ''
from generate_series(1, %(employers)s) n
join (values (0, 'Bageriet'), (1, 'Smedjan'), (2, 'Verkstan'), (3, 'Kajen'), (4, 'Skogen')) v(k, w) on k = n %% 5;
insert into employers_workplace (id, employer_id, name, sort_key, search_key, municipality_id, address)
select gen_random_uuid(), e.id, 'Bänken ' || e.name, 'b{ank ' || e.sort_key, 'bank ' || e.search_key,
  (select municipality_id from employers_workplace order by id limit 1), '' from employers_employer e
where e.name like '%%AB' and e.organisation_number = '' and not exists (
  select 1 from employers_workplace w where w.employer_id = e.id);
insert into employers_contact (id, employer_id, programme_id, unit_id, kind, "on", about, next_what)
select gen_random_uuid(), e.id, %(programme)s, u.id, 'call', date '2016-01-01' + (e.k * 7 + n)::int %% 800,
  'Vi talade om hösten.', ''
from (select id, row_number() over (order by id) as k from employers_employer where name like '%%AB') e
cross join generate_series(1, %(each)s) n
join (select unit_id as id, row_number() over (order by unit_id) - 1 as k, count(*) over () as of
  from programmes_programmeunit where programme_id = %(programme)s) u on u.k = e.k %% u.of;
insert into placements_placement (id, case_id, workplace_id, kind_id, state, from_on, until, began_on, ended_on,
  weekdays, schedule, tasks, is_stage, insurance, without_analysis, stopped_by, stopped_why, occupation, subsidy)
select gen_random_uuid(), c.id, w.id, (select id from programmes_kind where programme_id = %(programme)s
    and category = 'placement' order by code limit 1),
  case when c.k %% 10 = 0 then 'running' else 'completed' end, c.day, c.day + 60, c.day,
  case when c.k %% 10 > 0 then c.day + 60 end, '{}', '', 'Prov', false, '', 'Prov', '', '', '', ''
from (select id, coalesce(started_on, referred_on) as day, row_number() over (order by id) as k from cases_case
  where programme_id = %(programme)s) c
join (select id, row_number() over (order by id) as k, count(*) over () as of from employers_workplace) w
  on w.k = 1 + c.k %% w.of;
"""


def run(only: str) -> None:
    """Measure each page, as a coach of one of twenty units."""
    names = ("employers.list", "employers.search", "employers.page", "placements.list", "placements.search")
    if not any(name.startswith(only) for name in names):
        return
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="bench-100k")
    prepare(programme)
    user = User.objects.get(email=COACH)
    client = Client(HTTP_ACCEPT_LANGUAGE="sv")
    client.force_login(user)
    with acting_as_operator("bench"):
        employers, placements = Employer.objects.count(), Placement.objects.count()
        employer = Employer.objects.filter(name__endswith="AB").order_by("sort_key")[0]
    register, listed = reverse("employer_list"), reverse("placement_list", args=[programme.pk])
    addresses = {
        "employers.list": (f"{register}?industry=25", employers),
        "employers.search": (f"{register}?q=smedjan+4711", employers),
        "employers.page": (reverse("employer_detail", args=[employer.pk]), employers),
        "placements.list": (f"{listed}?state=running", placements),
        "placements.search": (f"{listed}?q=smedjan+47", placements),
    }
    for name, (address, rows) in addresses.items():
        if name.startswith(only):
            measure(name, client, address, user, rows)


def prepare(programme: Programme) -> None:
    """Make the register and the placements, once."""
    with acting_as_operator("bench"):
        if Employer.objects.count() > EMPLOYERS:
            return
    connection.close()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute("set local statement_timeout = 0")
        told: dict[str, Any] = {"programme": programme.pk, "employers": EMPLOYERS, "each": CONTACTS // EMPLOYERS}
        cursor.execute(FILL, told)
        cursor.execute("analyze")
