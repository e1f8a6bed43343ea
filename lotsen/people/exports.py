"""Columns of the lists of consents and readings; the wording of the form for a consent."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.core.pages import Column

from .models import Consent

WORDINGS = Path(__file__).parent / "data" / "consent_form.yaml"


@cache
def consent_wordings() -> dict[str, Any]:
    """Return the edition of the form for a consent, and its words by language."""
    found: dict[str, Any] = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))
    return found


#: What the pages that show people are called, by the names of their addresses.
PAGES = {
    "case_detail": _("Case"),
    "case_list": _("Participants"),
    "case_search": _("Search"),
    "consent_list": _("Consents"),
    "consent_new": _("Record a consent"),
    "consent_withdraw": _("Withdraw the consent"),
    "emergency_list": _("Opening in an emergency"),
    "indicator_members": _("The list behind a figure"),
    "erasure_archive": _("Archive file"),
    "evidence_list": _("Evidence for funders"),
    "meeting_detail": _("Meeting of agencies"),
    "merging_undo": _("Merged records"),
    "person_correct": _("Correct the record"),
    "person_detail": _("Person"),
    "person_extract": _("Register extract"),
    "person_hold": _("Held back from erasure"),
    "person_merge": _("Merge with another record"),
    "person_merge_preview": _("Merge with another record"),
    "retention_overview": _("Retention and erasure"),
    "person_number": _("Identity number"),
    "person_protection": _("Protected identity"),
    "protection_end": _("End of a protection"),
    "reader_dismiss": _("Protected identity"),
}


def _state(consent: Consent) -> Any:
    if consent.withdrawn_at:
        return _("Withdrawn")
    return _("In force") if consent.is_in_force(timezone.localdate()) else _("Not in force")


CONSENT_COLUMNS = (
    Column(
        _("Person"),
        lambda consent: consent.person.list_name,
        link=lambda consent: reverse("person_detail", args=[consent.person_id]),
    ),
    Column(_("Who tells"), lambda consent: consent.from_unit.name),
    Column(_("To whom"), lambda consent: consent.to_organisation.name),
    Column(_("From"), lambda consent: consent.valid_from),
    Column(_("Until and including"), lambda consent: consent.valid_until),
    Column(_("State"), _state),
)


def reading_columns() -> tuple[Column, ...]:
    """Return the columns of the log. Names of users are looked up once: a row of the log holds only their id."""
    names = dict(User.objects.values_list("pk", "name"))
    return (
        Column(_("When"), lambda r: formats.date_format(timezone.localtime(r.at), "Y-m-d H:i:s")),
        Column(_("Read by"), lambda r: names.get(r.user_id, _("An account that is gone"))),
        Column(_("How"), lambda r: r.get_kind_display()),
        Column(_("Page"), lambda r: PAGES.get(r.page, r.page)),
        Column(_("Records"), lambda r: len(r.subjects), is_number=True),
        Column(_("Rested on a consent"), lambda r: _("Yes") if r.grounds else _("No")),
        Column(_("Reason"), lambda r: r.reason),
    )
