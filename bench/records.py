"""The erasure of 10,000 persons with all that tells of them, beside SQL written by hand that does the same."""

from datetime import date

from django.db import connection, transaction

from lotsen.access.models import Organisation
from lotsen.core.acting import acting_as_operator
from lotsen.people.models import Person
from lotsen.programmes.models import Programme
from lotsen.records.actions import erase_persons

from .measure import interleaved, report

PERSONS = 10_000
#: What a database programmer would write for the occasion: the cases lose their person, the rest goes.
BY_HAND = """
insert into records_evidence (id, unit_id, programme_id, name, identity_kind, case_number, started_on, closed_on,
  minutes, keep_until)
select gen_random_uuid(), c.unit_id, c.programme_id, p.family_name, 'none', c.number, c.started_on, c.closed_on, '{}',
  date '2099-01-01'
from cases_case c join people_person p on p.id = c.person_id where p.id = any(%(persons)s);
delete from cases_stepentryevent e using cases_case c where c.id = e.case_id and c.person_id = any(%(persons)s);
delete from plans_planevent e using cases_case c where c.id = e.case_id and c.person_id = any(%(persons)s);
delete from cases_caseevent where person_id = any(%(persons)s);
delete from people_personevent where pgh_obj_id = any(%(persons)s);
update cases_stepentry t set since = t.since - (extract(day from c.started_on)::int - 1)
from cases_case c where c.id = t.case_id and c.person_id = any(%(persons)s);
update plans_plan t set agreed_on = t.agreed_on - (extract(day from c.started_on)::int - 1)
from cases_case c where c.id = t.case_id and c.person_id = any(%(persons)s);
update cases_case set person_id = null, number = 'X-' || right(gen_random_uuid()::text, 12),
  referred_on = referred_on - (extract(day from started_on)::int - 1),
  closed_on = closed_on - (extract(day from started_on)::int - 1),
  started_on = started_on - (extract(day from started_on)::int - 1)
where person_id = any(%(persons)s);
delete from people_person where id = any(%(persons)s)
"""


def run(only: str) -> None:
    """Measure an erasure, which is undone each time."""
    if not "erasure.10k".startswith(only):
        return
    with acting_as_operator("bench"):
        programme = Programme.objects.get(code="bench-100k")
        organisation = Organisation.objects.get(name="Bench")
        found = Person.objects.filter(cases__programme=programme, cases__closed_on__isnull=False).order_by("pk")
        persons = list(found.values_list("pk", flat=True)[:PERSONS])

    def ours() -> None:
        with acting_as_operator("bench"), transaction.atomic():
            counts = erase_persons(persons=persons, organisation=organisation, on=date(2032, 1, 1))
            if counts["people_person"] < PERSONS:
                raise RuntimeError(f"only {counts['people_person']} persons were erased")
            transaction.set_rollback(True)

    def by_hand() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role none")
            cursor.execute("set local session_replication_role = replica")
            cursor.execute(BY_HAND, {"persons": persons})
            transaction.set_rollback(True)

    report("erasure.10k", *interleaved(ours, by_hand, rounds=3), PERSONS)
