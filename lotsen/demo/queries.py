"""Who to sign in as in the demo."""

from django.utils.translation import gettext as _

from lotsen.access.enums import Role
from lotsen.access.models import Membership
from lotsen.programmes.models import Programme

#: The same for everybody in the demo, and shown on its sign-in page. Nobody real is behind it.
PASSWORD = "lotsen-visar-vagen"  # noqa: S105 - see above

#: The programme whose staff are listed in full, as it has several municipalities.
FIRST = "kofa"


def people_to_sign_in_as() -> list[dict[str, str]]:
    """Return those worth trying: the staff of one programme, and managers and referrers of the rest."""
    programmes = {programme.code: programme.name for programme in Programme.objects.all()}
    found = []
    for membership in Membership.objects.select_related("user", "unit").order_by("user__email"):
        code = membership.user.email.partition("@")[2].removesuffix(".example")
        wanted = code == FIRST or membership.role in {Role.PROGRAMME_MANAGER, Role.REFERRING_OFFICER}
        if code in programmes and wanted:
            found.append(
                {
                    "name": membership.user.name,
                    "role": str(Role(membership.role).label),
                    "unit": membership.unit.name,
                    "programme": programmes[code] or _("Programme"),
                    "email": membership.user.email,
                }
            )
    order = (
        *(Role.PROGRAMME_MANAGER, Role.COACH, Role.UNIT_MANAGER),
        *(Role.REFERRING_OFFICER, Role.EVALUATOR, Role.AUDITOR, Role.ADMINISTRATOR),
    )
    roles = [str(role.label) for role in order]
    return sorted(found, key=lambda p: (not p["email"].endswith(f"@{FIRST}.example"), roles.index(p["role"])))
