"""Questions over openings, training offers and employments."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.cases.models import Case
from lotsen.core import database
from lotsen.employers.models import OccupationSexes
from lotsen.placements.models import Employment, Opening, OpeningQuerySet, Placement, TrainingOffer, TrainingPlace
from lotsen.programmes.enums import Sex

from .subsidies import Facts, Rule, Subsidy, allows_one, rules_for, subsidies

#: Under so large a share, a sex is few in an occupation: even is 40 to 60 per cent (Statistics Sweden).
FEW = 0.4
#: So many openings are proposed where somebody is to be placed.
PROPOSED = 10


def openings() -> OpeningQuerySet:
    """Return the openings of the units that share a project, those that begin first first."""
    return Opening.objects.select_related("workplace__employer", "workplace__municipality", "unit").order_by(
        "from_on", "title", "pk"
    )


def proposed(text: str, on: date) -> QuerySet[Opening]:
    """Return up to ten open openings, of which a text is in the title, workplace or occupation."""
    found = openings().open(on)
    return (found.named(text) if text else found)[:PROPOSED]


def active_cases(user: User) -> QuerySet[Case]:
    """Return the cases of the user's own units that go on, by name."""
    going_on = Case.objects.worked_by(user).filter(started_on__isnull=False, closed_on=None)
    return going_on.select_related("person").order_by("person__sort_key", "pk")


def placed_by(opening: Opening, user: User) -> QuerySet[Placement]:
    """Return the placements of the user's own units that fill an opening."""
    own = Placement.objects.worked_by(user).filter(opening=opening)
    return own.select_related("case__person", "kind").order_by("from_on")


def takers_of(offer: TrainingOffer, user: User) -> QuerySet[TrainingPlace]:
    """Return the participants of the user's own units who have to do with a training offer."""
    own = TrainingPlace.objects.filter(offer=offer, case__unit__in=user.own_units)
    return own.select_related("case__person").order_by("case__person__sort_key")


def needed(occupations: list[str]) -> dict[str, list[tuple[int, int]]]:
    """Return what employers need of occupations by year, over the programmes that the acting user sees."""
    found: dict[str, list[tuple[int, int]]] = {}
    if occupations:
        for occupation, year, wanted in database.rows("lotsen_occupation_needs", occupations):
            found.setdefault(occupation, []).append((year, wanted))
    return found


def employments_of(case: Case) -> QuerySet[Employment]:
    """Return the employments of a case, the newest first."""
    return case.employments.select_related("workplace__employer")


@dataclass(frozen=True)
class Line:
    """How women and men are spread over an occupation, and whether somebody of a sex is of the few there."""

    women: float
    year: int
    crosses: bool

    @property
    def words(self) -> str:
        """The spread in words."""
        told = {"women": round(self.women * 100), "men": 100 - round(self.women * 100), "year": self.year}
        return _("%(women)s %% women, %(men)s %% men (%(year)s)") % told


def sex_line(occupations: list[str], sex: str) -> dict[str, Line]:
    """Return how women and men are spread over occupations, by the newest figures of each; those that have any."""
    found: dict[str, Line] = {}
    newest_last = OccupationSexes.objects.filter(occupation__in=occupations).order_by("year") if occupations else []
    for row in newest_last:
        women = row.share_of_women
        own = {Sex.WOMAN: women, Sex.MAN: 1 - women}.get(Sex(sex)) if sex else None
        found[row.occupation] = Line(women, row.year, own is not None and own < FEW)
    return found


def subsidy_rules(placement: Placement) -> tuple[Subsidy, list[Rule]] | None:
    """Return the subsidy of a placement with what its rules say; none where it is not subsidised."""
    found = [each for each in subsidies() if each.code == placement.subsidy]
    if not found:
        return None
    subsidy = next((each for each in found if each.holds_on(placement.first)), found[-1])
    facts = _facts(placement.case, placement.workplace.employer.sector)
    until = placement.subsidy_until or placement.last
    months = round((until - placement.first).days / 30.44) if until else None
    return subsidy, rules_for(subsidy, facts, placement.first, months)


def _facts(case: Case, sector: str) -> Facts:
    return Facts(
        age=case.age,
        months_without_work=case.months_without_work,
        newly_arrived=case.newly_arrived,
        reduced_work_ability=case.reduced_work_ability,
        registered_job_seeker=case.registered_job_seeker,
        sector=sector,
    )


def may_be_subsidised(case: Case, sector: str, on: date) -> bool | None:
    """Tell whether the law allows a case a subsidised employment with an employer of a sector; none: nobody knows."""
    return allows_one(_facts(case, sector), on)
