"""Tables of the statistics office, as they are sent."""

from django.utils.translation import gettext_lazy as _

from lotsen.core.cubes import CubeField
from lotsen.core.forms import Form


class StatisticsForm(Form):
    """A table of the statistics office: it says by its columns which one it is."""

    file = CubeField(
        label=_("JSON-stat2 or CSV"),
        help_text=_(
            "Population by municipality, age and year; employees by occupation (SSYK, four digits), sex and year; or "
            "minutes by bus and train, with the columns from, to (municipality codes) and minutes."
        ),
    )
