"""What is done with consents."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Organisation, Unit, User
from lotsen.core.refused import Refused, action
from lotsen.people.enums import ALWAYS_OPENED, Basis, DataCategory
from lotsen.people.models import Consent, Person


@action
def record_consent(
    *,
    person: Person,
    from_unit: Unit,
    to_organisation: Organisation,
    to_unit: Unit | None,
    categories: Iterable[str],
    valid_from: date,
    valid_until: date,
    by: User,
    **more: Any,
) -> Consent:
    """Record what opens a person's data to another authority.

    `more` are the basis, the purpose, the wording and how it was given. Each authority gets the consent for what it
    tells itself (offentlighets- och sekretesslagen 10:1, 12:2).
    """
    if valid_until < valid_from:
        raise Refused(_("The end lies before the beginning."), "valid_until")
    if to_unit and to_unit.organisation_id != to_organisation.pk:
        raise Refused(
            _("%(unit)s does not belong to %(organisation)s.") % {"unit": to_unit, "organisation": to_organisation},
            "to_unit",
        )
    if to_unit == from_unit:
        raise Refused(_("A unit needs no consent to see its own records."), "to_unit")
    if more.get("basis", Basis.CONSENT) == Basis.CONSENT and not more.get("given_how"):
        raise Refused(_("Say how the consent was given."), "given_how")
    chosen = {*categories, *ALWAYS_OPENED}
    return Consent.objects.create(
        person=person,
        from_unit=from_unit,
        to_organisation=to_organisation,
        to_unit=to_unit,
        categories=[category for category in DataCategory.values if category in chosen],
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=by,
        **more,
    )


@action
def withdraw_consent(*, consent: Consent, by: User, at: datetime) -> None:
    """Close at once what a consent had opened. It can be withdrawn at any time, in any form."""
    if consent.withdrawn_at:
        raise Refused(_("This consent is withdrawn already (%(day)s).") % {"day": consent.withdrawn_at.date()})
    consent.withdrawn_at, consent.withdrawn_by = at, by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
