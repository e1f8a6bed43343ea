"""What is being written and not yet sent, kept for its writer alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from .models import Draft
from .refused import action


@action
def save_draft(*, user: Any, key: str, body: str) -> Draft:
    """Keep what is being written."""
    draft, _made = Draft.objects.update_or_create(user=user, key=key, defaults={"body": body})
    return draft


@action
def drop_draft(*, user: Any, key: str) -> None:
    """Forget a draft: it is sent, or not wanted."""
    Draft.objects.filter(user=user, key=key).delete()


def draft_of(user: Any, key: str) -> Draft | None:
    """Return what a user was writing."""
    return Draft.objects.filter(user=user, key=key).first()


def answer_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what a page sends while it is written, and answer with the words that the page shows."""
    # Kept whatever it holds, but for the one sign that PostgreSQL cannot keep.
    body = request.POST.get("body", "")[:20000].replace("\0", "")
    draft = save_draft(user=request.user, key=key, body=body)
    at = formats.time_format(timezone.localtime(draft.saved_at))
    return HttpResponse(_("Draft saved %(time)s") % {"time": at}, content_type="text/plain; charset=utf-8")
