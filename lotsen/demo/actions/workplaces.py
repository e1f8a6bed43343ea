"""The other side of the desk in the running project: an employer to be in touch with, and placements at every stage."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from lotsen.activities.actions import enrol, plan_activity
from lotsen.cases.actions import enter_whereabouts
from lotsen.cases.enums import Whereabouts
from lotsen.cases.models import Case
from lotsen.employers import actions as employers
from lotsen.employers.enums import ContactKind, Demand, Sector, Swedish
from lotsen.employers.models import Employer, Workplace
from lotsen.placements import actions as placements
from lotsen.placements.enums import Offered, Party, SignedBy, TrainingKind, VisitWay
from lotsen.placements.models import Opening
from lotsen.profiles.actions import add_wish, keep_needs
from lotsen.profiles.enums import Travels
from lotsen.programmes.enums import Category

if TYPE_CHECKING:
    from .running import Desk


def _employers(desk: "Desk") -> list[Employer]:
    """Return two employers of the municipality."""
    here = Workplace.objects.filter(municipality=desk.unit.municipality).order_by("name")
    return [workplace.employer for workplace in here[:2]]


def keep_in_touch(desk: "Desk") -> None:
    """An employer to be in touch with again, whose manager one knows."""
    employer = _employers(desk)[0]
    told: dict[str, Any] = {"kind": ContactKind.VISIT, "on": desk.ago(21), "next_on": desk.ago(1), "by": desk.coach}
    told |= {"about": "Kan ta emot två från hösten.", "next_what": "Boka arbetsplatsanalys"}
    known: dict[str, Any] = {
        "name": "Kim Provsson",
        "role": "Platschef",
        "phone": "070-174 06 05",
        "is_supervisor": True,
    }
    employers.keep_person(employer=employer, unit=desk.unit, on=desk.ago(60), **known)
    employers.log_contact(employer=employer, programme=desk.programme, unit=desk.unit, **told)


def _learn_at_the_same_time(desk: "Desk", case: Case) -> None:
    """A class on two of the days when the participant is to be at the workplace."""
    kind = desk.programme.kinds.filter(category=Category.ACTIVITY, counts_as="").order_by("position")[0]
    days = [desk.today + timedelta(days=n) for n in range(7, 14)]
    told: dict[str, Any] = {"at": time(13), "minutes": 120, "unit": desk.unit, "led_by": desk.colleague}
    days = [day for day in days if day.isoweekday() in {2, 4}]
    sessions = plan_activity(kind=kind, title="Svenska för köket", days=days, **told)
    enrol(activity=sessions[0].activity, case=case, since=desk.today)


_TIMES = {"hours_per_week": 20, "weekdays": [1, 2, 3, 4], "day_from": time(9), "day_to": time(14)}
#: What two employers offer, in turn.
_OFFERED: tuple[dict[str, Any], ...] = (
    {
        "title": "Köksbiträde",
        "occupation": "9411",
        "places": 2,
        "tasks": "Duka, diska, skära grönsaker.",
        **_TIMES,
        "offers": [Offered.INTERNSHIP, Offered.LANGUAGE],
        "swedish": Swedish.A2,
        "takes_language_support": True,
        "supervision": Demand.HIGH,
    },
    {
        "title": "Lokalvård",
        "occupation": "9111",
        "tasks": "Städa kontor och trappor.",
        **_TIMES,
        "offers": [Offered.TRAINING],
        "swedish": Swedish.A1,
        "adaptations": "Fler pauser, kortare pass.",
    },
    {
        "title": "Vårdbiträde, sommar",
        "occupation": "5330",
        "places": 3,
        "tasks": "Hjälpa äldre med mat.",
        "offers": [Offered.EMPLOYMENT],
        "must": "Körkort B",
        "swedish": Swedish.B1,
        "needs_licence": True,
    },
    {
        "title": "Värd på äldreboende",
        "occupation": "5330",
        "tasks": "Samtala, duka, följa med ut.",
        **_TIMES,
        "offers": [Offered.LANGUAGE],
        "swedish": Swedish.A2,
        "supervision": Demand.SOME,
    },
    {
        "title": "Varuplock i butik",
        "occupation": "5222",
        "tasks": "Packa upp varor.",
        **_TIMES,
        "offers": [Offered.TRAINING, Offered.SUBSIDISED],
        "swedish": Swedish.A2,
    },
    {
        "title": "Hjälp i snickeriet",
        "occupation": "7111",
        "tasks": "Slipa och måla.",
        **_TIMES,
        "offers": [Offered.APPRENTICESHIP],
        "swedish": Swedish.A1,
    },
)


_WISHED = (
    (("Jag vill hjälpa äldre människor.", "5330"), ("Eller laga mat.", "9411")),
    (("Jag tycker om att bygga.", "7111"),),
)


def offer_places(desk: "Desk") -> None:
    """What one can choose from today: openings, a course, and what a participant wishes and needs beside them."""
    workplaces = list(Workplace.objects.filter(employer__in=_employers(desk)).order_by("name"))
    of: dict[str, Any] = {"unit": desk.unit, "by": desk.coach}
    for place, offered in enumerate(_OFFERED):
        workplace = workplaces[place % 2 - 1]
        placements.keep_opening(**of, workplace=workplace, from_on=desk.ago(-14), open_until=desk.ago(-60), **offered)
    _offer_in_the_next_town(desk)
    course: dict[str, Any] = {"kind": TrainingKind.COURSE, "title": "Vårdbiträde med språkstöd", "occupation": "5330"}
    course |= {"provider": "Lärcentrum", "places": 15, "swedish": Swedish.A2}
    course |= {"from_on": desk.ago(-40), "until": desk.ago(-220), "apply_by": desk.ago(-20)}
    placements.keep_training(unit=desk.unit, about="Yrket och svenskan läses tillsammans.", **course)
    going_on = Case.objects.filter(programme=desk.programme, unit=desk.unit, closed_on=None, started_on__isnull=False)
    for case, wishes in zip(going_on.order_by("number"), _WISHED, strict=False):
        for words, occupation in wishes:
            add_wish(case=case, words=words, occupation=occupation)
        keep_needs(case=case, swedish=Swedish.A2, travels=Travels.COUNTY, minutes=60, supervision=Demand.SOME)


def _offer_in_the_next_town(desk: "Desk") -> None:
    """A place that one reaches by bus, and one that is a subsidised employment."""
    told: dict[str, Any] = {"employer_name": "Forsens vaktmästeri", "sector": Sector.PRIVATE}
    assert desk.other_unit.municipality is not None
    school = employers.register_workplace(name="Forsskolan", municipality=desk.other_unit.municipality, **told)
    of: dict[str, Any] = {"workplace": school, "unit": desk.other_unit, "by": desk.other_coach}
    of |= {"from_on": desk.ago(-21), "open_until": desk.ago(-60), "swedish": Swedish.A2}
    bus: dict[str, Any] = {"title": "Hjälp i skolköket", "occupation": "9412", "tasks": "Diska och duka.", **_TIMES}
    placements.keep_opening(**of, **bus, offers=[Offered.INTERNSHIP])
    paid: dict[str, Any] = {"title": "Vaktmästare", "occupation": "5152", "tasks": "Byta lampor, skotta snö."}
    placements.keep_opening(**of, **paid, offers=[Offered.SUBSIDISED])


def place_people(desk: "Desk", steady: Callable[..., Case]) -> None:
    """One placement that ends soon, one to follow up, one to be signed, one that is over and not told of."""
    workplaces = list(Workplace.objects.filter(employer__in=_employers(desk)).order_by("name"))
    for workplace in workplaces:
        told: dict[str, Any] = {"tasks": "Duka, diska, hjälpa till i köket.", "hours": "Måndag till torsdag 9–14"}
        told |= {"physical": Demand.SOME, "social": Demand.LOW, "tempo": Demand.SOME, "swedish": Swedish.A2}
        holds: dict[str, Any] = {"made_on": desk.ago(120), "holds_until": desk.ago(-245), "supervises": 6}
        employers.keep_analysis(workplace=workplace, unit=desk.unit, by=desk.coach, **holds, **told)
    kind = desk.programme.kinds.get(code="internship", category=Category.PLACEMENT)
    for place, (began, until) in enumerate(((40, -9), (12, -60), (-3, -80), (70, 5))):
        case = steady(desk, started=90, step="practice", agreed=80)
        work: dict[str, Any] = {"until": desk.ago(until), "hours_per_week": 20, "weekdays": [1, 2, 3, 4]}
        work |= {"day_from": time(9), "day_to": time(14)}
        work |= {"tasks": "Duka, diska, hjälpa till i köket.", "insurance": "Kommunens olycksfallsförsäkring"}
        at: dict[str, Any] = {"case": case, "workplace": workplaces[place % len(workplaces)], "kind": kind}
        if began < 0:
            filled = Opening.objects.get(unit=desk.unit, title="Köksbiträde")
            at["workplace"], work["occupation"] = filled.workplace, filled.occupation
            planned = placements.plan_placement(**at, opening=filled, from_on=desk.ago(began), **work)
            _learn_at_the_same_time(desk, case)
            paper: dict[str, Any] = {"placement": planned, "how": SignedBy.PAPER, "on": desk.ago(1)}
            placements.sign_agreement(**paper, party=Party.PARTICIPANT)
            continue
        placement = placements.begin_placement(**at, on=desk.ago(began), **work)
        enter_whereabouts(case=case, whereabouts=Whereabouts.INTERNSHIP, since=desk.ago(began))
        for day in (3, 10, 30) if place != 1 else (3,):
            visited = placement.began_on + timedelta(days=day) if placement.began_on else desk.today
            said: dict[str, Any] = {
                "workplace_says": "Kommer i tid och frågar när något är oklart.",
                "participant_says": "Trivs.",
            }
            by: dict[str, Any] = {"by": desk.coach, "today": desk.today, "way": VisitWay.PHONE}
            placements.visit(placement=placement, on=visited, **by, **said)
        if until > 0:
            placements.end_placement(placement=placement, on=desk.ago(until))
            enter_whereabouts(case=case, whereabouts=Whereabouts.ACTIVITY, since=desk.ago(until))
