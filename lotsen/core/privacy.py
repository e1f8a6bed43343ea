"""What each field holds and how long it is kept: declared on the model, read by masking, export, erasure and tests.

Every model has an inner class `Privacy` that names each of its fields in one of the four kinds, and how long the row
is kept. tests/house/test_privacy.py fails on a field that is not named.
"""

from collections.abc import Iterator
from enum import StrEnum

from django.apps import apps
from django.db import models

KINDS = ("identity", "sensitive", "free_text", "ordinary")


class Keep(StrEnum):
    """How long a row is kept. The years and the ground stand in the retention rules of the authority, not here."""

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
