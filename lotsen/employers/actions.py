"""What is done with employers."""

from datetime import date

from lotsen.access.models import Municipality, Unit
from lotsen.core.refused import action
from lotsen.programmes.models import Programme

from .enums import ContactKind, Sector
from .models import Contact, Employer, Workplace


@action
def register_workplace(*, employer_name: str, sector: Sector, name: str, municipality: Municipality) -> Workplace:
    """Register a workplace, and its employer where it is new."""
    employer, _made = Employer.objects.get_or_create(name=employer_name, defaults={"sector": sector})
    workplace, _made = Workplace.objects.get_or_create(
        employer=employer, name=name, defaults={"municipality": municipality}
    )
    return workplace


@action
def log_contact(*, employer: Employer, programme: Programme, unit: Unit, kind: ContactKind, on: date) -> Contact:
    """Write down that an employer was met."""
    return Contact.objects.create(employer=employer, programme=programme, unit=unit, kind=kind, on=on)
