"""What is done with employers."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen.access.models import Municipality, Unit, User
from lotsen.core import database
from lotsen.core.models import change
from lotsen.core.refused import Refused, action, refusing
from lotsen.employers import queries
from lotsen.employers.enums import ContactKind, Sector
from lotsen.employers.models import Contact, ContactPerson, Employer, Workplace, WorkplaceAnalysis
from lotsen.programmes.models import Programme


@action
def keep_employer(*, employer: Employer | None = None, **told: Any) -> Employer:
    """Register an employer, or change what is known of it. A number belongs to one employer."""
    row = employer or Employer()
    change(row, **told)
    with refusing("employer_number_once", _("An employer with that number is registered."), "organisation_number"):
        row.save()
    return row


@action
def keep_workplace(*, employer: Employer, workplace: Workplace | None = None, **told: Any) -> Workplace:
    """Register a workplace of an employer, or change it."""
    row = workplace or Workplace(employer=employer)
    change(row, **told)
    with refusing("workplace_name_once_at_employer", _("The employer has a workplace of that name already."), "name"):
        row.save()
    return row


@action
def register_workplace(
    *, employer_name: str, sector: Sector, name: str, municipality: Municipality, **told: Any
) -> Workplace:
    """Register a workplace, and its employer where it is new; `told` are the other fields of the employer."""
    employer, _made = Employer.objects.get_or_create(name=employer_name, defaults={"sector": sector, **told})
    workplace, _made = Workplace.objects.get_or_create(
        employer=employer, name=name, defaults={"municipality": municipality}
    )
    return workplace


@action
def keep_person(*, employer: Employer, unit: Unit, on: date, person: ContactPerson | None = None, **told: Any) -> None:
    """Write down somebody at an employer, or change what is known."""
    row = person or ContactPerson(employer=employer, known_since=on)
    change(row, unit=unit, **told)
    row.save()


@action
def forget_person(*, person: ContactPerson) -> None:
    """Forget somebody at an employer. What was said stays in the log, without the name: also in other units' rows."""
    if not database.call("lotsen_forget_met", person.pk):
        raise Refused(_("Only the unit that knows somebody can forget them."))


@action
def forget_people(*, today: date) -> int:
    """Forget those with whom nobody has had to do for two years. Returns how many."""
    return queries.forgotten(today).delete()[0]


@action
def log_contact(
    *, employer: Employer, programme: Programme, unit: Unit, kind: ContactKind, on: date, **told: Any
) -> Contact:
    """Write down that an employer was met, what was said, and when to be in touch again.

    `told`: by, person, about, next_on, next_what.
    """
    if not programme.starts_on <= on <= programme.ends_on:
        raise Refused(_("The day lies outside the project's period."), "on")
    return Contact.objects.create(employer=employer, programme=programme, unit=unit, kind=kind, on=on, **told)


@action
def keep_analysis(
    *, workplace: Workplace, unit: Unit, by: User | None, made_on: date, **told: Any
) -> WorkplaceAnalysis:
    """Write down what a workplace is like. Each is a new one: what a placement began upon stays as it was."""
    return WorkplaceAnalysis.objects.create(workplace=workplace, unit=unit, made_by=by, made_on=made_on, **told)


@action
def merge_employers(*, gone: Employer, kept: Employer) -> None:
    """Make two employers one: everything of the first goes over to the second, workplaces of one name become one."""
    twice = _("Both were asked in the same survey, so they stay apart until it is over.")
    with refusing("recipient_once_by_employer", twice):
        if not database.call("lotsen_merge_employers", gone.pk, kept.pk):
            raise Refused(_("Choose another employer: one cannot be merged with itself."))
    if not kept.organisation_number and gone.organisation_number:
        change(kept, organisation_number=gone.organisation_number)
        kept.save(update_fields=["organisation_number"])
