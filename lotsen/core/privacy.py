"""What each field holds and how long it is kept: declared on the model, read by masking, export, erasure and tests.

Every model has an inner class `Privacy` that names each of its fields in one of the four kinds, and how long the row
is kept. tests/house/test_privacy.py fails on a field that is not named.
"""

from collections import deque
from collections.abc import Iterator
from enum import StrEnum

from django.apps import apps
from django.db import models

KINDS = ("identity", "sensitive", "free_text", "ordinary")


class Keep(StrEnum):
    """What becomes of a row in the end. The years and the ground stand in the retention rules of the authority.

    When a person is erased, what is kept `with_case` stays and counts on, without free text and without telling of
    whom; what is kept `with_person` goes, and so does all that points straight to the person.
    """

    WHILE_USED = "while_used"
    WITH_CASE = "with_case"
    WITH_PERSON = "with_person"
    WITH_PROGRAMME = "with_programme"
    AS_EVIDENCE = "as_evidence"
    ALWAYS = "always"


def own_models() -> Iterator[type[models.Model]]:
    """Yield the product's own models, without the history tables (they follow the model that they tell of)."""
    for config in apps.get_app_configs():
        if config.name.startswith("lotsen."):
            for model in config.get_models():
                if not hasattr(model, "pgh_tracked_model"):
                    yield model


def kinds(model: type[models.Model]) -> dict[str, str]:
    """Return field name -> kind, as the model declares it."""
    privacy = getattr(model, "Privacy", None)
    return {name: kind for kind in KINDS for name in getattr(privacy, kind, ())}


def is_personal(model: type[models.Model]) -> bool:
    """Tell whether rows of this model say something about a person that not everybody may know."""
    return any(kind != "ordinary" for kind in kinds(model).values())


def path_to(model: type[models.Model], target: type[models.Model]) -> str:
    """Return the shortest lookup from a model to another one, such as `case__person`; empty where there is none."""
    waiting, seen = deque([(model, "")]), {model}
    while waiting:
        at, path = waiting.popleft()
        for field in at._meta.concrete_fields:
            found = field.related_model
            if found is target:
                return f"{path}{field.name}"
            if isinstance(found, type) and found not in seen:
                seen.add(found)
                waiting.append((found, f"{path}{field.name}__"))
    return ""
