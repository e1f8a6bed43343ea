"""Closed lists of referrals."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReferralState(TextChoices):
    """What has become of a referral."""

    WAITING = "waiting", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Priority(TextChoices):
    """What the referrer says of the haste."""

    ORDINARY = "ordinary", _("Ordinary")
    FIRST = "first", _("Goes first")


#: From which state a referral comes into which, by which action. Buttons, actions and tests read this table.
TRANSITIONS: tuple[tuple[ReferralState, str, ReferralState], ...] = (
    (ReferralState.WAITING, "accept_referral", ReferralState.ACCEPTED),
    (ReferralState.WAITING, "decline_referral", ReferralState.DECLINED),
    (ReferralState.WAITING, "withdraw_referral", ReferralState.WITHDRAWN),
)
