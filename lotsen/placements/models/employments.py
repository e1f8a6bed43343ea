"""The work that followed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lotsen.cases.models import Case
from lotsen.core.models import Record, tracked
from lotsen.core.privacy import Keep
from lotsen.employers.enums import classifications
from lotsen.employers.models import Workplace
from lotsen.placements.enums import EmployedAs

from .placement import Placement


@tracked
class Employment(Record):
    """A participant was employed: as what, how much, from when, whether it is subsidised.

    An employment within the municipality's own labour-market measures is told apart: Kolada (U40455) does not count it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="employments")
    # The placement that it followed upon, where it did.
    placement = models.ForeignKey(
        Placement, on_delete=models.SET_NULL, null=True, blank=True, related_name="employments"
    )
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    employer_name = models.CharField(_("employer"), max_length=200, blank=True)
    employed_as = models.CharField(_("employed"), max_length=20, choices=EmployedAs.choices)
    extent = models.PositiveSmallIntegerField(_("extent in percent of full time"), null=True, blank=True)
    occupation = models.CharField(_("occupation"), max_length=4, blank=True, help_text="SSYK 2012, four digits.")
    from_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    subsidy = models.CharField(_("subsidised as"), max_length=60, blank=True)
    is_municipal_measure = models.BooleanField(_("a measure of the municipality's own"), default=False)

    class Meta:
        verbose_name = _("employment")
        ordering = ("-from_on",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(employed_as__in=EmployedAs.values), name="employment_form_is_known"),
            models.CheckConstraint(condition=Q(extent__gte=1, extent__lte=100), name="employment_extent_is_a_share"),
            models.CheckConstraint(condition=Q(until__gte=F("from_on")), name="employment_ends_after_beginning"),
            models.CheckConstraint(
                condition=Q(workplace__isnull=False) | ~Q(employer_name=""), name="employment_has_an_employer"
            ),
            models.CheckConstraint(
                condition=Q(occupation="") | Q(occupation__regex=r"^[0-9]{4}$"), name="employment_occupation_is_ssyk"
            ),
            models.UniqueConstraint(fields=["case", "from_on"], name="employment_begins_once_a_day"),
        ]

    class Privacy:
        sensitive = (
            *("placement", "workplace", "employer_name", "employed_as", "extent", "occupation", "from_on", "until"),
            *("subsidy", "is_municipal_measure"),
        )
        ordinary = ("id", "case")
        keep = Keep.WITH_CASE

    def __str__(self) -> str:
        return f"{self.where}, {self.from_on}"

    @property
    def where(self) -> str:
        """The employer, by the register or by name."""
        return self.workplace.employer.name if self.workplace else self.employer_name

    @property
    def occupation_name(self) -> str:
        """The occupation in words; empty where it is not said."""
        return classifications.names(classifications.OCCUPATION).get(self.occupation, "")
