"""All of the demo, in order."""

from datetime import date, timedelta
from pathlib import Path

import yaml
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.models import Unit, User
from lotsen.core.acting import acting_as_operator
from lotsen.core.refused import Refused
from lotsen.filing.actions import load_shipped as load_layouts
from lotsen.programmes.actions import load_template_file
from lotsen.programmes.models import Programme
from lotsen.questionnaires.actions import load_shipped
from lotsen.reports.actions import write_text

from .answers import answer_all
from .cohort import CohortMaker
from .labour import follow_placements, know_statistics, offer_training, wish
from .matches import choose_places
from .meetings import hold_meetings
from .money import manager_of, pay_year, price_hours, sign_and_send, work_hours
from .people import PeopleMaker
from .running import run_now
from .secrecy import call_one_meeting, count_two, open_some, protect_one, write_rules
from .staff import employ_staff

DATA = Path(__file__).parents[1] / "data"
TEMPLATES = Path(__file__).parents[2] / "programmes" / "data"

#: Not one whose final report has published figures: staff who are not named do not count the person.
WITH_A_PROTECTED_PERSON = "asap"

#: Whose employers were asked what labour they need.
WITH_LABOUR_NEEDS = "asap"

#: Whose hours are signed, sent and paid for, and in which year they are paid.
WITH_MONEY = {"kofa": 2017, "navigator": 2009}


def is_loaded() -> bool:
    """Tell whether the demo is there. It is loaded in one transaction: whole, or not at all."""
    return User.objects.filter(email__endswith=".example").exists()


def refuse_other_people() -> None:
    """Refuse a database where somebody real may sign in: the demo is not mixed with real people, nor put over them."""
    if User._meta.db_table not in connection.introspection.table_names():
        return
    if User.objects.exclude(email__endswith=".example").exists():
        raise Refused(
            _("This database holds people who are not made up. Give the demo one of its own by LOTSEN_DATABASE_URL.")
        )


@transaction.atomic
def load_demo() -> None:
    """Load the five programmes and one that runs now; make their staff, people and texts."""
    cohorts = yaml.safe_load((DATA / "cohorts.yaml").read_text(encoding="utf-8"))
    people = PeopleMaker(DATA)
    with acting_as_operator("demo"):
        load_shipped(on=timezone.localdate())
        load_layouts()
        know_statistics(timezone.localdate())
        for code, plan in cohorts.items():
            programme = load_template_file(file=TEMPLATES / f"{code}.yaml")
            staff = employ_staff(programme)
            cases = CohortMaker(programme, plan, people, staff).make()
            follow_placements(programme, cases, staff, plan["seed"])
            hold_meetings(programme, plan, cases)
            answer_all(programme, plan, cases, staff)
            open_some(cases, staff)
            call_one_meeting(programme, cases, staff)
            write_rules(programme, staff)
            if code == WITH_A_PROTECTED_PERSON:
                protect_one(cases, staff)
                count_two(programme, staff)
            if code == WITH_LABOUR_NEEDS:
                wish(cases, plan["seed"])
                offer_training(programme, cases)
                choose_places(programme, next(iter(staff.values())), plan["seed"])
            if code in WITH_MONEY:
                _count_money(programme, staff, WITH_MONEY[code])
            texts = yaml.safe_load((DATA / "texts" / f"{code}.yaml").read_text(encoding="utf-8"))
            for section, body in texts.items():
                write_text(programme=programme, section=section, body=body.strip())
        running = load_template_file(file=DATA / "klivet.yaml")
        staff = employ_staff(running)
        run_now(running, staff, people, timezone.localdate())
        price_hours(running, manager_of(running))
        # The last month waits to be signed and sent.
        sign_and_send(running, staff, timezone.localdate().replace(day=1) - timedelta(days=1))


def _count_money(programme: Programme, staff: dict[Unit, User], year: int) -> None:
    """Sign and send all months of a programme that is over, and apply for the money of a year."""
    manager = manager_of(programme)
    price_hours(programme, manager)
    sign_and_send(programme, staff, programme.ends_on + timedelta(days=60))
    work_hours(programme, manager, date(year, 1, 1), 6)
    pay_year(programme, manager, year, programme.lead_unit.organisation)
