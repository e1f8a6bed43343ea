"""The database that is measured: the demo, and two programmes beside it.

One has 10,000 cases and 200,000 attendances, for counting; the other 100,000 cases with their persons in 20 units, for
what rights cost.
"""

from datetime import date

from django.core.management import call_command
from django.db import connection, transaction

from lotsen.access.enums import OrganisationKind, Role
from lotsen.access.models import Membership, Organisation, SecrecyDomain, Unit, User
from lotsen.core import encryption
from lotsen.core.acting import acting_as_operator
from lotsen.demo import actions
from lotsen.demo.actions.load import DATA
from lotsen.demo.actions.money import price_hours
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from lotsen.records.actions import decide_retention
from lotsen.records.enums import Kept

CASES, SESSIONS = 10_000, 200
MANY_CASES, UNITS = 100_000, 20
#: Works in the first of the twenty units.
COACH = "bench@bench.example"

# Made by SQL, not by the actions: this is a quantity to count, not people to look at.
FILL = """
insert into cases_case (id, programme_id, unit_id, number, referred_on, started_on, sex, age, born_abroad,
  reduced_work_ability, closed_on, closing, destination_id, reason_id, transferred_to, lacking, lacking_reason)
select gen_random_uuid(), %(programme)s, u.id, 'BENCH-' || n, d, d + 7,
  case when n %% 5 < 2 then 'woman' else 'man' end, 18 + n %% 46, n %% 3 = 0, n %% 7 = 0,
  case when n %% 4 > 0 then d + 7 + 60 + n %% 400 end, case when n %% 4 > 0 then 'exit' else '' end,
  case when n %% 4 > 0 then p.id end, case when n %% 4 > 0 then r.id end, '', '', ''
from generate_series(1, %(cases)s) n
cross join lateral (select date '2015-11-01' + n %% 600 as d) day
join (select unit_id as id, row_number() over (order by unit_id) - 1 as k, count(*) over () as of
  from programmes_programmeunit where programme_id = %(programme)s) u on u.k = n %% u.of
join (select id, row_number() over (order by code) - 1 as k, count(*) over () as of
  from programmes_destination where programme_id = %(programme)s) p on p.k = n %% p.of
join (select id, row_number() over (order by code) - 1 as k, count(*) over () as of
  from programmes_exitreason where programme_id = %(programme)s) r on r.k = n %% r.of;
insert into cases_casetargetgroup (id, case_id, target_group_id)
select gen_random_uuid(), c.id, g.id from cases_case c join programmes_targetgroup g on g.programme_id = c.programme_id
where c.programme_id = %(programme)s and not g.is_of_employers;
insert into plans_plan (id, case_id, agreed_on, signed_how)
select gen_random_uuid(), id, started_on + 20, '' from cases_case where programme_id = %(programme)s;
insert into cases_whereaboutsentry (id, case_id, since, whereabouts)
select gen_random_uuid(), id, started_on + 30, 'activity' from cases_case where programme_id = %(programme)s;
insert into activities_activity (id, programme_id, kind_id, title, audience, purpose, result, result_why)
select gen_random_uuid(), %(programme)s, k.id, 'bench', 'participants', '', '', '' from programmes_kind k
where k.programme_id = %(programme)s and k.category = 'activity' order by k.counts_as desc limit 1;
insert into activities_session (id, activity_id, "on", minutes)
select gen_random_uuid(), a.id, date '2016-01-01' + n * 4, 120
from activities_activity a, generate_series(1, %(sessions)s) n where a.programme_id = %(programme)s;
insert into activities_attendance (id, session_id, case_id, presence, minutes, reason)
select gen_random_uuid(), s.id, c.id, case when c.k %% 6 = 0 then 'absent_valid' else 'present' end,
  case when c.k %% 6 = 0 then 0 else 120 end, ''
from (select id, row_number() over (order by id) as k from activities_session
  where activity_id in (select id from activities_activity where programme_id = %(programme)s)) s
join (select id, row_number() over (order by number) as k from cases_case where programme_id = %(programme)s) c
  on c.k %% 10 = s.k %% 10
"""

PEOPLE = """
insert into people_person (id, organisation_id, unit_id, given_name, family_name, sort_key, search_key, sound_key,
  contact, birth_date, sex, identity_kind, protection)
select gen_random_uuid(), u.organisation_id, u.id, 'Prov' || n, 'Benchsson' || n, 'benchsson' || n || ' prov' || n,
  'prov' || n || ' benchsson' || n, 'prv' || n || ' bnksn' || n, '',
  date '1970-01-01' + n %% 10000, 'woman', 'none', 'none'
from generate_series(1, %(cases)s) n
join (select id, organisation_id, row_number() over (order by name) - 1 as k from access_unit
  where name like 'Bench %%') u on u.k = n %% %(units)s;
insert into cases_case (id, programme_id, unit_id, person_id, number, referred_on, started_on, sex, age, closed_on,
  closing, destination_id, reason_id, transferred_to, lacking, lacking_reason)
select gen_random_uuid(), %(programme)s, p.unit_id, p.id, 'MANY-' || right(p.given_name, -4), d, d + 7, 'woman', 30,
  case when n %% 2 = 0 then d + 200 end, case when n %% 2 = 0 then 'exit' else '' end,
  case when n %% 2 = 0 then x.destination end, case when n %% 2 = 0 then x.reason end, '', '', ''
from (select p.*, right(p.given_name, -4)::int as n from people_person p where family_name like 'Benchsson%%') p
cross join lateral (select date '2015-11-01' + n %% 600 as d) day
cross join (select
  (select id from programmes_destination where programme_id = %(programme)s order by code limit 1) as destination,
  (select id from programmes_exitreason where programme_id = %(programme)s order by code limit 1) as reason) x;
insert into cases_stepentry (id, case_id, since, lacking, reason, step_id)
select gen_random_uuid(), c.id, c.started_on, '', '',
  (select id from programmes_step where programme_id = %(programme)s order by position limit 1)
from cases_case c where c.programme_id = %(programme)s;
insert into plans_plan (id, case_id, agreed_on, signed_how)
select gen_random_uuid(), id, started_on + 20, '' from cases_case where programme_id = %(programme)s
"""


# A programme of one unit: as many participants as the demo has official test numbers (7,028), and so many sessions of
# four years that everybody was expected at that there are ten million attendances; a year of signed months.
MONEY = """
insert into cases_case (id, programme_id, unit_id, person_id, number, referred_on, started_on, sex, age, closing,
  transferred_to, lacking, lacking_reason)
select gen_random_uuid(), %(programme)s, p.unit_id, p.id, 'MONEY-' || p.search_key, date '2015-11-01',
  date '2015-12-01', p.sex, 30, '', '', '', ''
from people_person p where p.family_name = 'Moneysson';
insert into cases_supportentry (id, case_id, since, support)
select gen_random_uuid(), id, started_on, case when n %% 3 = 0 then 'activity_grant' else 'income_support' end
from (select c.*, row_number() over (order by number) as n from cases_case c where programme_id = %(programme)s) c;
insert into activities_activity (id, programme_id, kind_id, unit_id, title, audience, purpose, result, result_why)
select gen_random_uuid(), %(programme)s, k.id, null, 'money', 'participants', '', '', ''
from programmes_kind k where k.programme_id = %(programme)s and k.code = 'group-meeting';
insert into activities_session (id, activity_id, "on", minutes, called_on)
select gen_random_uuid(), a.id, date '2016-01-01' + n, 60, date '2016-01-01' + n
from activities_activity a, generate_series(1, 1430) n where a.programme_id = %(programme)s;
insert into activities_attendance (id, session_id, case_id, presence, minutes, reason)
select gen_random_uuid(), s.id, c.id, case when c.n %% 6 = 0 then 'absent_valid' else 'present' end,
  case when c.n %% 6 = 0 then 0 else 60 end, ''
from (select s.id from activities_session s join activities_activity a on a.id = s.activity_id
  where a.programme_id = %(programme)s) s
cross join (select id, row_number() over (order by number) as n from cases_case
  where programme_id = %(programme)s) c;
insert into activities_certifiedmonth (id, case_id, month, minutes, signed_how, signed_by_id, signed_on, reopened_why)
select gen_random_uuid(), a.case_id, date_trunc('month', s."on")::date, sum(a.minutes), 'paper', %(user)s,
  date '2018-01-10', ''
from activities_attendance a
join activities_session s on s.id = a.session_id and s."on" between '2017-01-01' and '2017-12-31'
join cases_case c on c.id = a.case_id and c.programme_id = %(programme)s
group by 2, 3
"""


def fill_money() -> None:
    """Make the programme that hours, files and the ledger are measured on, once. Ten million rows take some minutes."""
    with acting_as_operator("bench"):
        if Programme.objects.filter(code="bench-money").exists():
            return
    with transaction.atomic(), acting_as_operator("bench"):
        _copy_of_kofa("bench-money")
        programme = Programme.objects.get(code="bench-money")
        user = User.objects.get(email=COACH)
        unit = Unit.objects.filter(name__startswith="Bench ").order_by("name")[0]
        programme.units.set([unit])
        _number_people(unit)
        price_hours(programme, user)
        with connection.cursor() as cursor:
            # Quicker without the history of what nobody has changed.
            cursor.execute("set local role none")
            cursor.execute("set local session_replication_role = replica")
            cursor.execute("set local statement_timeout = 0")
            cursor.execute(MONEY, {"programme": programme.pk, "user": user.pk})
            cursor.execute("analyze")


def _number_people(unit: Unit) -> None:
    """Make people with sealed numbers: the official test numbers of the demo, each once."""
    numbers = (DATA / "test-personnummer.txt").read_text(encoding="utf-8").split()
    rows = []
    for place, number in enumerate(numbers):
        person = Person(
            organisation=unit.organisation,
            unit=unit,
            given_name=f"Prov{place}",
            family_name="Moneysson",
            sort_key=f"moneysson prov{place:05}",
            search_key=f"{place:05}",
            birth_date=date(int(number[:4]), int(number[4:6]), int(number[6:8])),
            sex="man" if int(number[10]) % 2 else "woman",
            identity_kind="personal",
            identity_index=encryption.blind_index(number),
        )
        person.identity_sealed = encryption.encrypt(number, person.pk)
        rows.append(person)
    Person.objects.bulk_create(rows, batch_size=2000)


def prepare() -> None:
    """Make what is missing."""
    call_command("migrate", verbosity=0)
    if not actions.is_loaded():
        actions.load_demo()
    with acting_as_operator("bench"):
        if Programme.objects.filter(code="bench-100k").exists():
            return
        _copy_of_kofa("bench-10k")
        _copy_of_kofa("bench-100k")
        _make_units()
    with acting_as_operator("bench"), connection.cursor() as cursor:
        programme = Programme.objects.get(code="bench-10k")
        cursor.execute(FILL, {"programme": programme.pk, "cases": CASES, "sessions": SESSIONS})
        many = Programme.objects.get(code="bench-100k")
        cursor.execute(PEOPLE, {"programme": many.pk, "cases": MANY_CASES, "units": UNITS})
    connection.close()
    # Only the owner of a table may count it.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role none")
        cursor.execute("analyze")


def _copy_of_kofa(code: str) -> None:
    """Start a programme from kofa's template, without its cases."""
    from lotsen.programmes.actions import load_template
    from lotsen.programmes.exports import export_template
    from lotsen.programmes.forms import parse_template
    from lotsen.programmes.queries import programme_by_code

    text = export_template(programme_by_code("kofa")).replace("code: kofa\n", f"code: {code}\n", 1)
    load_template(template=parse_template(text.encode(), code))


def _make_units() -> None:
    """Make the units of the larger programme, their coach, and how long their records are kept."""
    programme = Programme.objects.get(code="bench-100k")
    organisation = Organisation.objects.create(name="Bench", kind=OrganisationKind.MUNICIPALITY)
    domain = SecrecyDomain.objects.create(code="bench")
    units = [
        Unit.objects.create(name=f"Bench {n:02}", organisation=organisation, secrecy_domain=domain)
        for n in range(UNITS)
    ]
    for unit in units:
        programme.units.add(unit)
    coach = User.objects.create_user(COACH, name="Bench Coach")
    Membership.objects.create(user=coach, unit=units[0], role=Role.COACH)
    long_ago = date(2000, 1, 1)
    decide_retention(
        organisation=organisation, by=coach, kind=Kept.EVIDENCE, years=20, ground="bench", valid_from=long_ago
    )
