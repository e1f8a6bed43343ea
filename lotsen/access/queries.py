"""Questions over units."""

from .models import Unit, User


def own_unit(user: User) -> Unit:
    """Return the unit for which a member of staff writes something down: the first of the user's own by name."""
    return Unit.objects.filter(pk__in=user.own_units).order_by("name")[0]
