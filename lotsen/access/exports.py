"""The columns of the list of users."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotsen.core.pages import Column, link_to

from .models import User


def _roles(user: User) -> str:
    """Name the roles in the units that the reader keeps."""
    kept = getattr(user, "kept_memberships", [])
    return "; ".join(f"{membership.get_role_display()}, {membership.unit.name}" for membership in kept)


USER_COLUMNS = (
    Column(gettext_lazy("Name"), lambda user: user.name, link=link_to("user_detail")),
    Column(gettext_lazy("E-mail"), lambda user: user.email),
    Column(gettext_lazy("Roles"), _roles),
    Column(gettext_lazy("Account"), lambda user: _("On") if user.is_active else _("Off")),
)
