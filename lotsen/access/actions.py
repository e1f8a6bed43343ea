"""What is done with users and their roles."""

import secrets

from django.utils.translation import gettext as _

from lotsen.core.refused import Refused, action

from .enums import Role
from .models import Membership, Unit, User


@action
def give_role(*, email: str, name: str, unit_name: str, role: Role) -> tuple[User, str]:
    """Give somebody a role in a unit; make the user where there is none. Returns the user and a new user's password."""
    units = list(Unit.objects.filter(name=unit_name))
    if len(units) != 1:
        known = ", ".join(Unit.objects.order_by("name").values_list("name", flat=True))
        raise Refused(
            _("There is no unit called %(name)s. There are: %(known)s.") % {"name": unit_name, "known": known}
        )
    password = ""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        if not name:
            raise Refused(_("Give the name of the new user."))
        password = secrets.token_urlsafe(15)
        user = User.objects.create_user(email, password, name=name)
    Membership.objects.get_or_create(user=user, unit=units[0], role=role)
    return user, password


@action
def take_role(*, email: str, unit_name: str, role: Role) -> None:
    """Take a role from somebody. Holds at once, also for who is signed in."""
    gone, _rows = Membership.objects.filter(user__email=email.lower(), unit__name=unit_name, role=role).delete()
    if not gone:
        raise Refused(_("%(email)s does not hold this role in %(unit)s.") % {"email": email, "unit": unit_name})
