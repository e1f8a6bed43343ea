"""A questionnaire is changed as a draft of its editor's, and becomes a new version when it is published."""

import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, User
from lotsen.core.drafts import drop_draft, save_draft
from lotsen.core.models import Draft
from lotsen.core.refused import Refused, action
from lotsen.questionnaires.definitions import editing
from lotsen.questionnaires.models import Questionnaire, Version

from .loading import load_questionnaire


def _key(questionnaire: Questionnaire) -> str:
    return f"questionnaire/{questionnaire.pk}"


def in_the_making(questionnaire: Questionnaire, user: User) -> tuple[dict[str, Any], bool]:
    """Return a questionnaire as its editor has left it, or its newest version, and whether it is a draft."""
    draft = Draft.objects.filter(user=user, key=_key(questionnaire)).first()
    if draft is not None:
        found: dict[str, Any] = json.loads(draft.body)
        return found, True
    version = questionnaire.versions.last()
    if version is None:
        raise Refused(_("This questionnaire has no version."))
    return version.definition, False


@action
def keep_edit(*, questionnaire: Questionnaire, by: User, asked: dict[str, Any]) -> None:
    """Keep what the editor has changed. It must be whole: a change that breaks something is refused."""
    whole = editing.checked(asked).as_data()
    save_draft(user=by, key=_key(questionnaire), body=json.dumps(whole))


@action
def drop_edit(*, questionnaire: Questionnaire, by: User) -> None:
    """Throw away what the editor has changed."""
    drop_draft(user=by, key=_key(questionnaire))


@action
def publish(*, questionnaire: Questionnaire, by: User, organisation: Organisation, on: date) -> Version:
    """Make a new version of what was edited. What comes with Lotsen stays: the organisation gets a copy of its own."""
    asked, is_draft = in_the_making(questionnaire, by)
    if not is_draft:
        raise Refused(_("Nothing has been changed."))
    if asked.get("is_frame"):
        _refuse_unwritten(asked, questionnaire)
        asked = {**asked, "is_frame": False}
    version = load_questionnaire(definition=editing.checked(asked), organisation=organisation, on=on)
    drop_draft(user=by, key=_key(questionnaire))
    return version


def _refuse_unwritten(asked: dict[str, Any], questionnaire: Questionnaire) -> None:
    """Refuse a frame whose statements are not all written."""
    frame = questionnaire.versions.last()
    texts = {
        q["text"]["sv"] for section in (frame.definition if frame else {})["sections"] for q in section["questions"]
    }
    left = [q["text"]["sv"] for section in asked["sections"] for q in section["questions"] if q["text"]["sv"] in texts]
    if left:
        raise Refused(_("Write these statements first: %(left)s.") % {"left": ", ".join(left[:5])})
