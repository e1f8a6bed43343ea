"""Finding programmes."""

from django.utils.translation import gettext as _

from lotsen.core.refused import Refused

from .models import Programme


def programme_by_code(code: str) -> Programme:
    """Return the programme with this code. Refuses an unknown one, naming those that there are."""
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        known = ", ".join(Programme.objects.order_by("code").values_list("code", flat=True))
        raise Refused(
            _("There is no project with the code %(code)s. There are: %(known)s.")
            % {"code": code, "known": known or "–"}
        )
    return programme
