"""Finding programmes."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lotsen.access.models import User
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


def overseen_programme(pk: UUID, user: User) -> Programme:
    """Return the programme of a page that tells of the whole of it, to who looks over it. Else not found."""
    overseen = Programme.objects.visible_to(user).filter(lead_unit__in=user.led_units)
    found: Programme = get_object_or_404(overseen.select_related("lead_unit__organisation"), pk=pk)
    return found


def may_in_whole(permission: str, programme: Programme, user: User) -> bool:
    """Tell whether a user holds a permission and looks over the programme: what is of the whole is kept by those."""
    return programme.lead_unit_id in user.led_units and user.can(permission)


def seen_programme(pk: UUID, user: User) -> Programme:
    """Return the programme of a page that the user may see. Else not found."""
    visible = Programme.objects.visible_to(user).select_related("lead_unit__organisation")
    found: Programme = get_object_or_404(visible, pk=pk)
    return found
