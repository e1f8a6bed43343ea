"""Who is in regular education when the follow-up asks."""

from django.utils.translation import gettext_lazy as _

from lotsen.indicators.definitions import share_on_day_90
from lotsen.programmes.enums import IndicatorCode

DEFINITION = share_on_day_90(
    IndicatorCode.SHARE_IN_EDUCATION_DAY_90,
    "f.in_education",
    _(
        "In regular education 90 days after the exit. Everybody who ended at least 90 days before the day of "
        "the figure is asked. Those who did not answer are shown apart and are in neither part of the share."
    ),
)
