"""Questions over employers: the register, whom one knows, what is to be done next, and what stands there twice."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from lotsen.access.models import User
from lotsen.core import database
from lotsen.core.text import search_key
from lotsen.employers.enums import classifications
from lotsen.employers.models import (
    Contact,
    ContactPerson,
    Employer,
    EmployerQuerySet,
    Workplace,
    WorkplaceAnalysis,
    sound_of,
)

#: People at employers with whom nobody has had to do for so long are forgotten (GDPR, article 5.1 e).
FORGOTTEN_AFTER = timedelta(days=730)
#: More that sound alike would help nobody to choose.
_MOST_ALIKE = 10


def register() -> EmployerQuerySet:
    """Return the employers by name, each with the day of the `last_contact` that the acting user sees."""
    last = Contact.objects.filter(employer=OuterRef("pk")).order_by("-on").values("on")[:1]
    return Employer.objects.annotate(last_contact=Subquery(last)).order_by("sort_key")


def to_contact(user: User, today: date) -> QuerySet[Contact]:
    """Return the contacts after which somebody is to be in touch again by a day, the longest due first.

    Those that the user has written, while nobody of the same project has been in touch since.
    """
    since = Contact.objects.filter(
        employer=OuterRef("employer"), programme=OuterRef("programme"), on__gt=OuterRef("on")
    )
    found = Contact.objects.filter(by=user, next_on__lte=today).exclude(Exists(since))
    return found.select_related("employer", "person").order_by("next_on")


def analysis_of(workplace: Workplace, on: date) -> WorkplaceAnalysis | None:
    """Return the analysis of a workplace that holds on a day; the newest, where there are several."""
    return workplace.analyses.holding(on).order_by("-made_on").first()


def with_analysis(employer: Employer, on: date) -> list[tuple[Workplace, WorkplaceAnalysis | None]]:
    """Return the workplaces of an employer, each with the analysis that holds on a day."""
    workplaces = list(employer.workplaces.select_related("municipality").prefetch_related("openings"))
    holding = WorkplaceAnalysis.objects.filter(workplace__in=workplaces).holding(on).order_by("made_on")
    newest = {each.workplace_id: each for each in holding}
    return [(each, newest.get(each.pk)) for each in workplaces]


@dataclass(frozen=True)
class Needed:
    """How many people an employer has answered that it needs in an occupation, by year."""

    occupation: str
    name: str
    by_year: list[tuple[int, int]]


def needs_of(employer: Employer) -> list[Needed]:
    """Return what an employer has answered that it needs, to the programmes of the acting user."""
    found: dict[str, list[tuple[int, int]]] = {}
    for occupation, year, wanted in database.rows("lotsen_needs_of_employer", employer.pk):
        found.setdefault(occupation, []).append((year, wanted))
    known = classifications.names(classifications.OCCUPATION)
    return [Needed(code, known.get(code, code) or gettext("Not known"), years) for code, years in found.items()]


def workplaces_named(text: str) -> QuerySet[Workplace]:
    """Return up to thirty workplaces whose name, or whose employer's, holds the text."""
    words = search_key(text)
    found = Workplace.objects.filter(Q(search_key__contains=words) | Q(employer__search_key__contains=words))
    return found.select_related("employer", "municipality").order_by("employer__sort_key", "sort_key")[:30]


def people_of(employer: Employer) -> QuerySet[ContactPerson]:
    """Return the people at an employer whom the acting user may know of."""
    return employer.people.select_related("workplace", "unit")


def forgotten(today: date) -> QuerySet[ContactPerson]:
    """Return the people at employers whom nobody has had to do with for two years."""
    before = today - FORGOTTEN_AFTER
    met = Contact.objects.filter(person=OuterRef("pk"), on__gt=before)
    return ContactPerson.objects.filter(known_since__lte=before).exclude(Exists(met))


@dataclass(frozen=True)
class Likeness:
    """An employer that may be the same as another one."""

    employer: Employer
    by_number: bool


def alike(*, name: str, number: str = "", without: Employer | None = None) -> list[Likeness]:
    """Return employers that may be the one of this name or number: the same number, or a name that sounds the same."""
    others = Employer.objects.exclude(pk=without.pk) if without else Employer.objects.all()
    found = list(others.filter(organisation_number=number)) if number else []
    heard = sound_of(name)
    same = others.filter(sound_key=heard).exclude(pk__in=[each.pk for each in found])[:_MOST_ALIKE] if heard else []
    return [*(Likeness(each, by_number=True) for each in found), *(Likeness(each, by_number=False) for each in same)]


def following(gone: Employer) -> dict[str, int]:
    """Return what would follow a merge: the table of rows that point to an employer -> how many, over all units."""
    return {table: count for table, count in database.rows("lotsen_employer_rows", gone.pk) if count}


def named_alike(gone: Employer, kept: Employer) -> list[str]:
    """Return the names of workplaces that both have: each two become one."""
    return list(kept.workplaces.filter(name__in=gone.workplaces.values("name")).values_list("name", flat=True))
