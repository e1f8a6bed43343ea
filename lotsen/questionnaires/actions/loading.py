"""Questionnaire files become versions."""

from datetime import date
from pathlib import Path

from lotsen.access.models import Organisation
from lotsen.core.refused import action
from lotsen.questionnaires.definitions import Definition
from lotsen.questionnaires.forms import parse_questionnaire
from lotsen.questionnaires.models import Questionnaire, Version

#: The questionnaires that come with Lotsen.
SHIPPED = Path(__file__).parents[1] / "data"


@action
def load_questionnaire(*, definition: Definition, organisation: Organisation | None, on: date) -> Version:
    """Load a questionnaire: as its first version, as a new one where something has changed, else the one there is."""
    asked = definition.as_data()
    questionnaire, _made = Questionnaire.objects.update_or_create(
        code=definition.code,
        organisation=organisation,
        defaults={"titles": asked["title"], "purpose": definition.purpose},
    )
    latest = questionnaire.versions.last()
    if latest is not None and latest.definition == asked:
        return latest
    number = latest.number + 1 if latest else 1
    return Version.objects.create(questionnaire=questionnaire, number=number, definition=asked, made_on=on)


@action
def load_shipped(*, on: date) -> list[Version]:
    """Load the questionnaires that come with Lotsen. Those that are there already stay as they are."""
    return [
        load_questionnaire(definition=parse_questionnaire(file.read_bytes(), file.name), organisation=None, on=on)
        for file in sorted(SHIPPED.glob("*.yaml"))
    ]
