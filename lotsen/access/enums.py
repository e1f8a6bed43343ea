"""Kinds of organisation; roles and what each may do."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("Municipality")
    AGENCY = "agency", _("State agency")
    REGION = "region", _("Region")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Association")
    SCHOOL = "school", _("School")
    FUNDER = "funder", _("Funder")


class Permission(StrEnum):
    """What can be allowed. Each page names one. Keep the list alphabetical."""

    ACCOUNTS_MANAGE = "accounts.manage"
    CASES_VIEW = "cases.view"
    CONSENTS_KEEP = "consents.keep"
    FIGURES_VIEW = "figures.view"
    PROGRAMMES_VIEW = "programmes.view"
    PROTECTION_KEEP = "protection.keep"
    READINGS_REVIEW = "readings.review"
    REPORTS_MAKE = "reports.make"
    REPORTS_VIEW = "reports.view"
    REPORTS_WRITE = "reports.write"

    @property
    def is_about_people(self) -> bool:
        """Whether its pages may tell of participants: all but the accounts of staff.

        Also lists and figures, where a small group may be one person.
        """
        return self is not Permission.ACCOUNTS_MANAGE


class Role(TextChoices):
    """What a person does in a unit."""

    COACH = "coach", _("Coach")
    MATCHER = "matcher", _("Matcher")
    LANGUAGE_SUPPORTER = "language_supporter", _("Language supporter")
    PLACEMENT_COORDINATOR = "placement_coordinator", _("Placement coordinator")
    UNIT_MANAGER = "unit_manager", _("Unit manager")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    EVALUATOR = "evaluator", _("Evaluator")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do."""
        return PERMISSIONS[self]


_LOOK = {Permission.PROGRAMMES_VIEW, Permission.FIGURES_VIEW, Permission.CASES_VIEW}
_WORK = _LOOK | {Permission.CONSENTS_KEEP, Permission.PROTECTION_KEEP}
_READ_REPORTS = _LOOK | {Permission.REPORTS_VIEW}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COACH: frozenset(_WORK),
    Role.MATCHER: frozenset(_WORK),
    Role.LANGUAGE_SUPPORTER: frozenset(_WORK),
    Role.PLACEMENT_COORDINATOR: frozenset(_WORK),
    Role.UNIT_MANAGER: frozenset(_WORK),
    Role.PROGRAMME_MANAGER: frozenset(_READ_REPORTS | {Permission.REPORTS_WRITE, Permission.REPORTS_MAKE}),
    Role.EVALUATOR: frozenset(_READ_REPORTS),
    Role.AUDITOR: frozenset({Permission.READINGS_REVIEW}),
    Role.ADMINISTRATOR: frozenset({Permission.ACCOUNTS_MANAGE}),
}

#: Roles that work with the people of their unit, by name.
CASEWORK_ROLES = (
    *(Role.COACH, Role.MATCHER, Role.LANGUAGE_SUPPORTER),
    *(Role.PLACEMENT_COORDINATOR, Role.UNIT_MANAGER),
)
#: Roles that look over the whole of the programmes that their unit leads: all figures, and every case without the
#: name of its person.
OVERSEEING_ROLES = (Role.PROGRAMME_MANAGER, Role.EVALUATOR)
