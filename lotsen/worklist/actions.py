"""What is kept of the own worklist, and what is done to many cases at once."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core.refused import Refused, action
from lotsen.notes.actions import write_note

from .models import Selection


@action
def keep_selection(*, user: User, name: str, query: str) -> Selection:
    """Keep the filters of the worklist under a name. The same name again changes them."""
    return Selection.objects.update_or_create(user=user, name=name.strip(), defaults={"query": query[:500]})[0]


@action
def drop_selection(*, selection: Selection) -> None:
    """Forget a selection."""
    selection.delete()


@action
def write_in_all(*, cases: Collection[Case], by: User, body: str, today: date) -> int:
    """Write the same note in each of some cases: something that all were told."""
    if not cases:
        raise Refused(_("Choose at least one case."))
    for case in cases:
        write_note(case=case, by=by, on=today, body=body, today=today)
    return len(cases)
