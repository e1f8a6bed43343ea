"""Extracts and archives as files and as pages; columns of erasures and evidence; the readings of a review in groups."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core.pages import Column
from lotsen.people.models import Reading

from .enums import Pattern
from .forms import VerdictsForm
from .models import LogReview
from .queries import Part

#: What the tables of an extract are called, where the name of their model does not say it to everybody.
TABLES = {
    "Person": gettext_lazy("Person"),
    "Case": gettext_lazy("Cases of the person"),
    "CaseTargetGroup": gettext_lazy("Target groups"),
    "StepEntry": gettext_lazy("Steps"),
    "SupportEntry": gettext_lazy("Means of support"),
    "WhereaboutsEntry": gettext_lazy("Whereabouts"),
    "ResponsibleEntry": gettext_lazy("Responsible staff"),
    "OwnRating": gettext_lazy("Own sense of distance to work"),
    "FollowUp": gettext_lazy("Follow-ups"),
    "Attendance": gettext_lazy("Attendance"),
    "Placement": gettext_lazy("Placements"),
    "Employment": gettext_lazy("Employments"),
    "TrainingPlace": gettext_lazy("Places in courses"),
    "Signature": gettext_lazy("Signed agreements"),
    "PlacementLink": gettext_lazy("Links to workplaces"),
    "Visit": gettext_lazy("Follow-ups at the workplace"),
    "Assessment": gettext_lazy("How placements went"),
    "Plan": gettext_lazy("Plans"),
    "Consent": gettext_lazy("Consents"),
    "NamedReader": gettext_lazy("Who may know of the protected identity"),
    "FormerNumber": gettext_lazy("Former numbers"),
    "Merging": gettext_lazy("Merged records"),
    "LegalHold": gettext_lazy("Held back from erasure"),
    "ErasureItem": gettext_lazy("Planned erasure"),
    "AgendaItem": gettext_lazy("Meetings of agencies"),
    "Recipient": gettext_lazy("Surveys that asked the person"),
    "Response": gettext_lazy("Answers to questionnaires"),
    "TeamMember": gettext_lazy("The team"),
    "FollowUpAttempt": gettext_lazy("Attempts to follow up"),
    "CertifiedMonth": gettext_lazy("Signed hours by month"),
    "SampleItem": gettext_lazy("Signed months drawn for self-control"),
    "FileRow": gettext_lazy("Rows in participant files"),
    "Enrolment": gettext_lazy("Places in activities"),
    "FollowUpLink": gettext_lazy("Links to follow-ups"),
    "Note": gettext_lazy("Notes"),
    "Appointment": gettext_lazy("Meetings"),
    "Needs": gettext_lazy("Needs"),
    "MatchDecision": gettext_lazy("Decisions about matches"),
    "ShownList": gettext_lazy("Lists of places that were shown"),
    "Exposure": gettext_lazy("Places in the lists for openings"),
    "Wish": gettext_lazy("What the person wants to work with"),
    "Competence": gettext_lazy("Competences"),
    "Reference": gettext_lazy("References"),
    "OwnWords": gettext_lazy("Own words in the plan"),
    "PlanGoal": gettext_lazy("Goals of the plan"),
    "PlanAction": gettext_lazy("Actions of the plan"),
    "Referral": gettext_lazy("Referrals"),
}
#: What fields are called that have no name of their own yet.
FIELDS = {
    "answered": gettext_lazy("answered"),
    "agreed_on": gettext_lazy("agreed"),
    "closing": gettext_lazy("how it was closed"),
    "changed_at": gettext_lazy("changed"),
    "changed_by": gettext_lazy("changed by"),
    "distance": gettext_lazy("distance"),
    "day": gettext_lazy("days after the exit"),
    "done_on": gettext_lazy("done"),
    "erasure": gettext_lazy("erasure"),
    "identity_number": gettext_lazy("identity number"),
    "in_education": gettext_lazy("in education"),
    "in_other_programme": gettext_lazy("in another programme"),
    "in_work": gettext_lazy("in work"),
    "kind": gettext_lazy("kind"),
    "lifted_at": gettext_lazy("lifted"),
    "lifted_by": gettext_lazy("lifted by"),
    "made_at": gettext_lazy("made"),
    "meeting": gettext_lazy("meeting"),
    "made_by": gettext_lazy("made by"),
    "minutes": gettext_lazy("minutes"),
    "named_at": gettext_lazy("named"),
    "named_by": gettext_lazy("named by"),
    "occasion": gettext_lazy("occasion"),
    "organisation": gettext_lazy("authority"),
    "placed_at": gettext_lazy("placed"),
    "placed_by": gettext_lazy("placed by"),
    "presence": gettext_lazy("presence"),
    "programme": gettext_lazy("project"),
    "rated_on": gettext_lazy("rated"),
    "reason": gettext_lazy("reason"),
    "recorded_at": gettext_lazy("recorded"),
    "recorded_by": gettext_lazy("recorded by"),
    "referred_by": gettext_lazy("referred by"),
    "destination": gettext_lazy("ended to"),
    "reviewed_at": gettext_lazy("reviewed"),
    "reviewed_by": gettext_lazy("reviewed by"),
    "sees_better_chances": gettext_lazy("sees better chances of work"),
    "session": gettext_lazy("session"),
    "step": gettext_lazy("step"),
    "support": gettext_lazy("means of support"),
    "target_group": gettext_lazy("target group"),
    "to_unit": gettext_lazy("their unit"),
    "undone_at": gettext_lazy("undone"),
    "undone_by": gettext_lazy("undone by"),
    "unit": gettext_lazy("unit"),
    "until": gettext_lazy("until"),
    "user": gettext_lazy("member of staff"),
    "whereabouts": gettext_lazy("whereabouts"),
    "withdrawn_by": gettext_lazy("withdrawn by"),
    "workplace": gettext_lazy("workplace"),
}
#: Keys of the database, which tell a reader nothing.
KEYS = {"id", "person", "case", "merged_into", "moved", "took_number", "kept", "gone"}


#: A table of more columns is printed row by row, below each other.
MOST_COLUMNS = 6


def readable(parts: Iterable[Part]) -> list[tuple[str, bool, list[list[tuple[str, str]]]]]:
    """Return the tables of an extract as they are printed: heading, whether as a table, labels and values by row."""
    found = []
    for part in parts:
        rows = [
            [(_label(part, name), _text(value)) for name, value in row.items() if name not in KEYS] for row in part.rows
        ]
        found.append((str(TABLES[part.model.__name__]), len(rows) > 1 and len(rows[0]) <= MOST_COLUMNS, rows))
    return found


def _label(part: Part, name: str) -> str:
    if name in FIELDS:
        return str(capfirst(FIELDS[name]))
    field: Any = part.model._meta.get_field(name)
    return str(capfirst(field.verbose_name))


def _text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "Y-m-d H:i")
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def json_file(persons: Sequence[Iterable[Part]], name: str) -> HttpResponse:
    """Return everything that is kept of some persons as a JSON file: a list of persons, table -> rows."""
    content = [{part.model.__name__: part.rows for part in parts} for parts in persons]
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


ERASURE_COLUMNS = (
    Column(
        gettext_lazy("Proposed"),
        lambda row: timezone.localdate(row.proposed_at),
        link=lambda row: reverse("erasure_detail", args=[row.pk]),
    ),
    Column(gettext_lazy("Unit"), lambda row: row.unit.name),
    Column(gettext_lazy("Persons"), lambda row: row.persons, is_number=True),
    Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    Column(gettext_lazy("Proposed by"), lambda row: row.proposed_by.name),
    Column(gettext_lazy("Approved by"), lambda row: row.approved_by.name if row.approved_by else ""),
    Column(gettext_lazy("Not before"), lambda row: row.grace_until),
)

EVIDENCE_COLUMNS = (
    Column(gettext_lazy("Name"), lambda row: row.name),
    Column(gettext_lazy("Project"), lambda row: row.programme.name),
    Column(gettext_lazy("Case number"), lambda row: row.case_number),
    Column(gettext_lazy("Identity number"), lambda row: row.identity_number, in_file_only=True),
    Column(gettext_lazy("Started"), lambda row: row.started_on),
    Column(gettext_lazy("Closed"), lambda row: row.closed_on),
    Column(gettext_lazy("Hours"), lambda row: row.hours, is_number=True),
    Column(gettext_lazy("Kept until"), lambda row: row.keep_until),
)


def review_groups(
    review: LogReview, form: VerdictsForm, readings: Mapping[UUID, Reading], names: Mapping[UUID, str]
) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """Return each pattern with how many readings it met, and the drawn ones with their fields."""
    found = []
    for pattern in Pattern:
        rows = [
            {
                "row": row,
                "reading": readings.get(row.reading_id),
                "reader": names.get(readings[row.reading_id].user_id, "") if row.reading_id in readings else "",
                "verdict": form[f"verdict-{row.pk}"],
                "note": form[f"note-{row.pk}"],
            }
            for row in form.rows
            if row.pattern == pattern
        ]
        if rows:
            found.append((str(pattern.label), review.counts.get(pattern, 0), rows))
    return found
