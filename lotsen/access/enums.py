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
    ASSESSMENTS_KEEP = "assessments.keep"
    CASES_ASSIGN = "cases.assign"
    CASES_VIEW = "cases.view"
    CASES_WORK = "cases.work"
    CONSENTS_KEEP = "consents.keep"
    EMPLOYERS_KEEP = "employers.keep"
    EMPLOYERS_VIEW = "employers.view"
    ERASURES_APPROVE = "erasures.approve"
    ERASURES_VIEW = "erasures.view"
    FIGURES_VIEW = "figures.view"
    FILES_KEEP = "files.keep"
    FILES_VIEW = "files.view"
    FUNDING_KEEP = "funding.keep"
    FUNDING_VIEW = "funding.view"
    GROUPS_KEEP = "groups.keep"
    MATCHING_WEIGH = "matching.weigh"
    MEETINGS_CALL = "meetings.call"
    PERSONS_KEEP = "persons.keep"
    PROGRAMMES_VIEW = "programmes.view"
    PROTECTION_KEEP = "protection.keep"
    READINGS_REVIEW = "readings.review"
    REFERRALS_SEND = "referrals.send"
    REFERRALS_TAKE = "referrals.take"
    REFERRALS_VIEW = "referrals.view"
    REPORTS_MAKE = "reports.make"
    REPORTS_VIEW = "reports.view"
    REPORTS_WRITE = "reports.write"
    RETENTION_KEEP = "retention.keep"
    SURVEYS_RUN = "surveys.run"
    SURVEYS_VIEW = "surveys.view"

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
    REFERRING_OFFICER = "referring_officer", _("Referring officer")

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do."""
        return PERMISSIONS[self]

    @property
    def description(self) -> str:
        """What the role is for, in words for those who give it."""
        return str(DESCRIPTIONS[self])


_LOOK = {Permission.PROGRAMMES_VIEW, Permission.FIGURES_VIEW, Permission.CASES_VIEW}
_WORK = _LOOK | {
    *(Permission.ASSESSMENTS_KEEP, Permission.CONSENTS_KEEP, Permission.MEETINGS_CALL),
    *(Permission.PERSONS_KEEP, Permission.PROTECTION_KEEP, Permission.CASES_WORK),
    *(Permission.REFERRALS_SEND, Permission.REFERRALS_TAKE, Permission.GROUPS_KEEP),
    *(Permission.EMPLOYERS_KEEP, Permission.EMPLOYERS_VIEW),
}
_READ_REPORTS = _LOOK | {Permission.REPORTS_VIEW, Permission.SURVEYS_VIEW, Permission.FUNDING_VIEW}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COACH: frozenset(_WORK),
    Role.MATCHER: frozenset(_WORK),
    Role.LANGUAGE_SUPPORTER: frozenset(_WORK),
    Role.PLACEMENT_COORDINATOR: frozenset(_WORK),
    Role.UNIT_MANAGER: frozenset(
        _WORK
        | {Permission.CASES_ASSIGN, Permission.RETENTION_KEEP, Permission.ERASURES_VIEW, Permission.SURVEYS_VIEW}
        | {Permission.FILES_KEEP, Permission.FILES_VIEW, Permission.FUNDING_VIEW}
    ),
    Role.PROGRAMME_MANAGER: frozenset(
        _READ_REPORTS
        | {Permission.REPORTS_WRITE, Permission.REPORTS_MAKE, Permission.SURVEYS_RUN}
        | {Permission.FILES_VIEW, Permission.FUNDING_KEEP, Permission.GROUPS_KEEP, Permission.EMPLOYERS_VIEW}
        | {Permission.MATCHING_WEIGH}
    ),
    Role.EVALUATOR: frozenset(_READ_REPORTS),
    Role.AUDITOR: frozenset(
        {Permission.READINGS_REVIEW, Permission.ERASURES_VIEW, Permission.ERASURES_APPROVE},
    ),
    Role.ADMINISTRATOR: frozenset({Permission.ACCOUNTS_MANAGE}),
    Role.REFERRING_OFFICER: frozenset({Permission.REFERRALS_VIEW, Permission.REFERRALS_SEND}),
}

#: Roles that work with the people of their unit, by name.
CASEWORK_ROLES = (
    *(Role.COACH, Role.MATCHER, Role.LANGUAGE_SUPPORTER),
    *(Role.PLACEMENT_COORDINATOR, Role.UNIT_MANAGER),
)
#: Roles that look over the whole of the programmes that their unit leads: all figures, and every case without the
#: name of its person.
OVERSEEING_ROLES = (Role.PROGRAMME_MANAGER, Role.EVALUATOR)

_OF_UNIT = _(
    "Sees the people of the unit by name, and its figures. Takes them in and works with them; keeps assessments, "
    "consents, records and protected identities."
)
DESCRIPTIONS = {
    Role.COACH: _OF_UNIT,
    Role.MATCHER: _OF_UNIT,
    Role.LANGUAGE_SUPPORTER: _OF_UNIT,
    Role.PLACEMENT_COORDINATOR: _OF_UNIT,
    Role.UNIT_MANAGER: _(
        "The same, and shares out the cases, reviews openings in an emergency, decides how long records are kept, "
        "proposes erasures, sends the participant files, and sees what surveys say and what the hours are worth."
    ),
    Role.PROGRAMME_MANAGER: _(
        "Sees all figures and every case of the projects that the unit leads, without names. Writes and makes the "
        "reports, runs surveys, and keeps the budget, the unit costs and the payments."
    ),
    Role.EVALUATOR: _("Sees the same figures and cases without names, and the reports. Changes nothing."),
    Role.AUDITOR: _("Sees who has read what, reviews it, and approves erasures. Sees no record of a person."),
    Role.ADMINISTRATOR: _("Invites people and gives roles. Sees no case."),
    Role.REFERRING_OFFICER: _(
        "Refers people to projects, and sees how it goes with those whom the own organisation has referred: the answer "
        "and the state, no more."
    ),
}
