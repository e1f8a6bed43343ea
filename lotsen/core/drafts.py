"""What is being written and not yet sent, kept for its writer alone."""

from typing import Any

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
