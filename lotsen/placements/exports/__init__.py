"""The columns of placements, on the page and as files; the agreement as a PDF."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from lotsen.core import pdf
from lotsen.core.pages import Column, link_to
from lotsen.placements.enums import Party
from lotsen.placements.models import Placement
from lotsen.placements.queries import coach_of

_TEMPLATE = Path(__file__).parent / "agreement.typ"

PLACEMENT_COLUMNS = (
    Column(_("Participant"), lambda row: row.case.list_name, link=link_to("placement_detail")),
    Column(_("Workplace"), lambda row: f"{row.workplace.name}, {row.workplace.employer.name}"),
    Column(_("Kind"), lambda row: row.kind.name, is_minor=True),
    Column(_("State"), lambda row: row.get_state_display()),
    Column(_("First day"), lambda row: row.first),
    Column(_("Last day"), lambda row: row.last, is_minor=True),
    Column(_("Unit"), lambda row: row.case.unit.name, is_minor=True),
)
OPENING_COLUMNS = (
    Column(_("Opening"), str, link=link_to("opening_detail")),
    Column(_("Occupation"), lambda row: row.occupation_name),
    Column(_("Workplace"), lambda row: f"{row.workplace.name}, {row.workplace.employer.name}"),
    Column(_("Municipality"), lambda row: row.workplace.municipality.name, is_minor=True),
    Column(_("Offered as"), lambda row: row.offers_words, is_minor=True),
    Column(_("First day"), lambda row: row.from_on),
    Column(_("Places left"), lambda row: row.left, is_number=True),
)
TRAINING_COLUMNS = (
    Column(_("Training"), lambda row: row.title, link=link_to("training_detail")),
    Column(_("Who gives it"), lambda row: row.provider),
    Column(_("Kind"), lambda row: row.get_kind_display(), is_minor=True),
    Column(_("Leads to"), lambda row: row.occupation_name),
    Column(_("First day"), lambda row: row.from_on),
    Column(_("Apply by"), lambda row: row.apply_by),
    Column(_("Swedish"), lambda row: row.get_swedish_display(), is_minor=True),
    Column(_("Places"), lambda row: row.places, is_number=True, is_minor=True),
)


def agreement_file(placement: Placement, made_on: date) -> bytes:
    """Draw the agreement, in Swedish: it is signed by three parties, and the workplace reads it."""
    with override("sv"):
        return pdf.render_pdf(_TEMPLATE, _agreement(placement, made_on), made_on)


def _agreement(placement: Placement, made_on: date) -> dict[str, Any]:
    case, supervisor = placement.case, placement.supervisor
    coach = coach_of(case, made_on)
    hours = gettext("%(n)s hours a week") % {"n": placement.hours_per_week} if placement.hours_per_week else ""
    until = formats.date_format(placement.until, "j F Y") if placement.until else gettext("until further notice")
    rows = [
        (gettext("Participant"), case.person.name if case.person else case.number),
        (gettext("Workplace"), f"{placement.workplace.name}, {placement.workplace.employer.name}"),
        (gettext("Address"), placement.workplace.address),
        (gettext("Supervisor"), ", ".join(filter(None, (supervisor.name, supervisor.phone))) if supervisor else ""),
        (gettext("Kind"), placement.kind.name),
        (gettext("Time"), f"{formats.date_format(placement.from_on, 'j F Y')} – {until}"),
        (gettext("Days and times"), ", ".join(filter(None, (placement.days_and_times, hours)))),
        (gettext("Tasks"), placement.tasks),
        (gettext("Insurance"), placement.insurance),
        (gettext("Whom to call"), ", ".join(filter(None, (coach.name, coach.email) if coach else (case.unit.name,)))),
    ]
    return {
        "title": gettext("Agreement on a placement"),
        "unit": case.unit.name,
        "rows": [[label, text or "–"] for label, text in rows],
        "heading": gettext("What the three agree on"),
        "points": [
            gettext("The workplace introduces the participant, supervises, and sees to a safe working environment."),
            gettext("The participant keeps the times, and says at once when something is in the way."),
            gettext("The unit is in touch within three days and then as often as is needed, and answers the same day."),
            gettext(
                "What somebody learns of customers, residents or the participant at the workplace is told to nobody."
            ),
            gettext("Each of the three may end the placement. Talk to each other first."),
        ],
        "signatures": [str(party.label) for party in Party],
        "date": gettext("Place and day"),
        "made": formats.date_format(made_on, "j F Y"),
    }
