"""What a workplace may read: on supervising, on the language, on what to do when something is hard."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.programmes.models import Programme


@tracked
class Material(Record):
    """Something for the workplaces of a programme: a text, or a link. Nothing about a participant."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="materials")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), blank=True)

    class Meta:
        verbose_name = _("material for workplaces")
        ordering = ("title",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(body="") | ~Q(link=""), name="material_says_something"),
            models.UniqueConstraint(fields=["programme", "title"], name="material_title_once"),
        ]

    class Privacy:
        ordinary = ("id", "programme", "unit", "title", "body", "link")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return self.title
