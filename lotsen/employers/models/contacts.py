"""People at employers, and the log of contacts with them. Seen by the units that share a project, kept by one's own."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Unit, User
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.enums import ContactKind
from lotsen.programmes.models import Programme

from .register import Employer, Workplace


class ContactPerson(Record):
    """Somebody at an employer whom a unit knows. Forgotten when nobody has had to do with them for two years.

    Without a history, so that nothing is left of who is forgotten.
    """

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="people")
    workplace = models.ForeignKey(Workplace, on_delete=models.SET_NULL, null=True, blank=True, related_name="people")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_supervisor = models.BooleanField(_("supervises participants"), default=False)
    trained_on = models.DateField(_("trained as a supervisor"), null=True, blank=True)
    known_since = models.DateField(_("known since"))

    class Meta:
        verbose_name = _("contact person")
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(trained_on=None) | Q(is_supervisor=True), name="trained_is_supervisor")
        ]

    class Privacy:
        identity = ("name", "phone", "email")
        ordinary = (
            *("id", "employer", "workplace", "unit", "role", "is_supervisor", "trained_on"),
            "known_since",
        )
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name


@tracked
class Contact(Record):
    """A programme met an employer; what was said, and when to be in touch again."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="contacts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(ContactPerson, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind.choices)
    on = models.DateField(_("day"))
    about = models.TextField(_("what was said"), blank=True)
    next_on = models.DateField(_("in touch again"), null=True, blank=True)
    next_what = models.CharField(_("about what"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contact")
        ordering = ("-on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_is_known"),
            models.CheckConstraint(condition=Q(next_on__gte=F("on")), name="contact_next_comes_after"),
        ]
        indexes: ClassVar = [models.Index(fields=["employer", "on"], name="contact_by_employer")]

    class Privacy:
        free_text = ("about", "next_what")
        ordinary = ("id", "employer", "programme", "unit", "person", "by", "kind", "on", "next_on")
        keep = Keep.WITH_PROGRAMME

    def __str__(self) -> str:
        return f"{self.employer}, {self.on}"
