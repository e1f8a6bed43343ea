"""Closed lists about statistics."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ages(TextChoices):
    """The ages that labour needs are set against."""

    YOUNG = "0-15", _("0–15 years")
    WORKING = "16-64", _("16–64 years")
    OLD = "65+", _("65 years and older")

    @classmethod
    def of(cls, age: int) -> "Ages":
        """Return the class of an age."""
        return cls.YOUNG if age < 16 else cls.WORKING if age < 65 else cls.OLD
