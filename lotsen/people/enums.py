"""Protection of an identity; consents and the other grounds that open data; kinds of reading."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Protection(TextChoices):
    """How the population register protects somebody (folkbokföringslagen 1991:481, 16-17 §§; OSL 22:1)."""

    NONE = "none", _("Not protected")
    CONFIDENTIALITY_MARK = "confidentiality_mark", _("Confidentiality mark")
    PROTECTED_REGISTRATION = "protected_registration", _("Protected registration")
    FICTITIOUS_IDENTITY = "fictitious_identity", _("Fictitious identity")


class IdentityKind(TextChoices):
    """What number somebody has, and how sure the state is of a coordination number (lag 2022:1697, 2 kap.)."""

    NONE = "none", _("No number")
    PERSONAL = "personal", _("Personal identity number")
    COORDINATION_PROVEN = "coordination_proven", _("Coordination number, identity proven")
    COORDINATION_PROBABLE = "coordination_probable", _("Coordination number, identity probable")
    COORDINATION_UNCERTAIN = "coordination_uncertain", _("Coordination number, identity uncertain")

    @classmethod
    def of_numbers(cls) -> list[str]:
        """Return the kinds of those who have a number."""
        return [kind for kind in cls.values if kind != cls.NONE]

    @classmethod
    def of_coordination(cls) -> list["IdentityKind"]:
        """Return the grades of a coordination number."""
        return [cls.COORDINATION_PROVEN, cls.COORDINATION_PROBABLE, cls.COORDINATION_UNCERTAIN]


class Basis(TextChoices):
    """The ground in offentlighets- och sekretesslagen (2009:400) on which data may cross a border of secrecy."""

    CONSENT = "consent", _("Consent (10:1, 12:2)")
    NECESSARY = "necessary", _("Necessary for the authority's own work (10:2)")
    GENERAL_CLAUSE = "general_clause", _("The general clause (10:27)")
    DUTY = "duty", _("A duty to tell (10:28)")


class GivenHow(TextChoices):
    """How somebody gave a consent."""

    SIGNED = "signed", _("Signed on paper")
    ELECTRONIC = "electronic", _("With e-identification")
    SPOKEN = "spoken", _("Spoken, written down")


class DataCategory(TextChoices):
    """The kinds of data that a consent names. Each opens its own tables (the migrations on row security)."""

    IDENTITY = "identity", _("Name and date of birth")
    CASE = "case", _("The case: steps, whereabouts, responsible staff, exit")
    BACKGROUND = "background", _("Background: education, birth abroad, work ability, time without work, target groups")
    SUPPORT = "support", _("Means of support")
    PLAN = "plan", _("The plan")
    ATTENDANCE = "attendance", _("Activities and attendance")
    PLACEMENT = "placement", _("Placements")
    FOLLOW_UP = "follow_up", _("Own ratings and follow-ups")
    ASSESSMENT = "assessment", _("Assessments: answers to questionnaires")
    NOTE = "note", _("Notes and appointments, without what is private")
    PROFILE = "profile", _("Needs, competences and references")


#: What a consent to anything always opens: without them there would be nothing to tie the rest to.
ALWAYS_OPENED = (DataCategory.IDENTITY, DataCategory.CASE)


class ReadingKind(TextChoices):
    """How somebody's record was read."""

    VIEW = "view", _("Page")
    LIST = "list", _("List")
    SEARCH = "search", _("Search")
    EXPORT = "export", _("File")
    CHANGE = "change", _("Change")
    NUMBER = "number", _("Identity number shown")
    EMERGENCY = "emergency", _("Opened in an emergency")
