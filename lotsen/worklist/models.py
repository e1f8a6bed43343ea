"""What a user keeps of the own worklist."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import User
from lotsen.core.models import Record
from lotsen.core.privacy import Keep


class Selection(Record):
    """Filters of the worklist under a name of one's own."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500, help_text="The filters as they stand in the address.")

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "name"], name="selection_once_for_user")]

    class Privacy:
        ordinary = ("id", "user", "name", "query")
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return self.name
