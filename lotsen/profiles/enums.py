"""Closed lists of a participant's profile."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Licence(TextChoices):
    """How far somebody is with a driving licence (class B)."""

    NONE = "none", _("No")
    LEARNING = "learning", _("Learning to drive")
    THEORY = "theory", _("Theory test passed")
    HELD = "held", _("Yes")
    FOREIGN = "foreign", _("Foreign, to be exchanged")


class CompetenceKind(TextChoices):
    """What kind of competence."""

    EDUCATION = "education", _("Education")
    OCCUPATION = "occupation", _("Occupation, formal training")
    INFORMAL = "informal", _("Can, without papers")
    LANGUAGE = "language", _("Language")
    SFI = "sfi", _("Swedish for immigrants (SFI)")


class Validation(TextChoices):
    """How far the validation of a competence has come."""

    NONE = "none", _("Not asked for")
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    WHOLE = "whole", _("Validated")
    PART = "part", _("Validated in part")
    REFUSED = "refused", _("Not validated")


class Travels(TextChoices):
    """How far somebody can travel to work."""

    MUNICIPALITY = "municipality", _("Within the municipality")
    COUNTY = "county", _("Within the county")
    ANYWHERE = "anywhere", _("Farther")


class Line(TextChoices):
    """Which gender line somebody wishes to cross. It says nothing of who wishes it."""

    FEW_WOMEN = "few_women", _("With few women")
    FEW_MEN = "few_men", _("With few men")
