"""All of the demo, in order."""

from pathlib import Path

import yaml
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.core.acting import acting_as_operator
from lotsen.core.refused import Refused
from lotsen.programmes.actions import load_template_file
from lotsen.questionnaires.actions import load_shipped
from lotsen.reports.actions import write_text

from .answers import answer_all
from .cohort import CohortMaker
from .meetings import hold_meetings
from .people import PeopleMaker
from .running import run_now
from .secrecy import call_one_meeting, count_two, open_some, protect_one, write_rules
from .staff import employ_staff

DATA = Path(__file__).parents[1] / "data"
TEMPLATES = Path(__file__).parents[2] / "programmes" / "data"

#: Not one whose final report has published figures: staff who are not named do not count the person.
WITH_A_PROTECTED_PERSON = "asap"


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
        for code, plan in cohorts.items():
            programme = load_template_file(file=TEMPLATES / f"{code}.yaml")
            staff = employ_staff(programme)
            cases = CohortMaker(programme, plan, people, staff).make()
            hold_meetings(programme, plan, cases)
            answer_all(programme, plan, cases, staff)
            open_some(cases, staff)
            call_one_meeting(programme, cases, staff)
            write_rules(programme, staff)
            if code == WITH_A_PROTECTED_PERSON:
                protect_one(cases, staff)
                count_two(programme, staff)
            texts = yaml.safe_load((DATA / "texts" / f"{code}.yaml").read_text(encoding="utf-8"))
            for section, body in texts.items():
                write_text(programme=programme, section=section, body=body.strip())
        running = load_template_file(file=DATA / "klivet.yaml")
        run_now(running, employ_staff(running), people, timezone.localdate())
