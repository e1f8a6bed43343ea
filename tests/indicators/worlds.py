"""A small world for each indicator: rows that it counts, rows that it does not, and one that comes a day later.

A world returns its rows with the value that each has on `DAY` (rows that are not in the set are left out), and the
figure that follows. None of them uses the code that it tests.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lotsen.access.models import Unit
from lotsen.activities.actions import call_roll, plan_activity
from lotsen.activities.enums import Presence
from lotsen.cases import actions
from lotsen.cases.enums import Occasion, Whereabouts
from lotsen.cases.models import Case
from lotsen.employers.actions import log_contact, register_workplace
from lotsen.employers.enums import ContactKind, Sector
from lotsen.employers.models import Workplace
from lotsen.indicators.queries import Figure
from lotsen.placements.actions import begin_placement, end_placement
from lotsen.plans.actions import agree_plan
from lotsen.programmes.enums import Category, CountsAs, IndicatorCode, PartnerRole, Sex, Support
from lotsen.programmes.models import Kind, Partner, Programme
from tests import factories

DAY = date(2026, 10, 1)
LATER = DAY + timedelta(days=1)
EARLY = date(2026, 5, 1)
#: Whoever ended on this day is asked on `DAY` how it went.
ASKED = DAY - timedelta(days=90)
WORLDS = {}


def of(*codes):
    """Note a world under the indicators that it is of."""

    def noted(make):
        WORLDS.update(dict.fromkeys(codes, make))
        return make

    return noted


def count(number):
    return Figure(Decimal(number), number, None, 0)


@dataclass
class World:
    """A programme, and another one whose rows never count. Everybody begins on 1 March unless it is said."""

    programme: Programme
    other: Programme

    def case(self, programme: Programme | None = None, **given) -> Case:
        given = {"person": None, "started": True, **given}
        return factories.CaseFactory(programme=programme or self.programme, **given)

    def ended(self, on: date = DAY, to: str = "arbete", **given) -> Case:
        return self.case(closed_on=on, destination=to, reason="klar", **given)

    def transferred(self, on: date = DAY) -> Case:
        return self.case(closed_on=on, transferred_to="Enheten för arbete")

    def kind(self, counts_as: CountsAs, programme: Programme | None = None) -> Kind:
        what = {"code": counts_as, "counts_as": counts_as, "category": Category.ACTIVITY}
        names = factories.text("Träff", "Meeting")
        return Kind.objects.create(programme=programme or self.programme, names=names, position=9, **what)

    @property
    def course(self) -> Kind:
        """A kind of activity that counts as nothing else."""
        return self.programme.kinds.get(code="kurs")

    def meet(self, kind: Kind, on: date, cases=None, organisations=None) -> None:
        (session,) = plan_activity(kind=kind, title="Träff", minutes=90, days=[on])
        call_roll(session=session, cases=cases or {}, organisations=organisations)

    def partner(self, role: PartnerRole = PartnerRole.PARTNER):
        organisation = factories.OrganisationFactory()
        Partner.objects.create(programme=self.programme, organisation=organisation, roles=[role], position=9)
        return organisation

    def workplace(self) -> Workplace:
        place = factories.OrganisationFactory().municipality
        name = f"Verkstaden {Workplace.objects.count()}"
        return register_workplace(employer_name=name, sector=Sector.PRIVATE, name=name, municipality=place)

    def place(self, case: Case, workplace: Workplace, on: date) -> None:
        kind = case.programme.kinds.get(code="praktik")
        placement = begin_placement(case=case, workplace=workplace, kind=kind, on=on, until=on, without_analysis="Prov")
        end_placement(placement=placement, on=on)


@of(IndicatorCode.REFERRED)
def referred(w):
    counted = [w.case(started=False, referred_on=DAY), w.case(facts={})]
    w.case(started=False, referred_on=LATER)
    w.case(w.other)
    return dict.fromkeys(counted, 1), count(2)


@of(IndicatorCode.PARTICIPANTS)
def participants(w):
    counted = [w.case(started_on=DAY), w.case(facts={}), w.transferred(), w.ended()]
    w.case(started=False)
    w.case(started_on=LATER)
    w.case(w.other)
    return dict.fromkeys(counted, 1), count(4)


@of(IndicatorCode.ACTIVE)
def active(w):
    counted = [w.case(facts={}), w.case(started_on=DAY), w.ended(LATER)]
    w.case(started=False)
    w.case(started_on=LATER)
    w.case(w.other)
    w.ended()
    w.transferred()
    return dict.fromkeys(counted, 1), count(3)


@of(IndicatorCode.SHARE_WOMEN)
def share_women(w):
    woman, man, unknown = (w.case(facts={"sex": sex}) for sex in (Sex.WOMAN, Sex.MAN, ""))
    w.case(started=False)
    w.case(started_on=LATER)
    return {woman: 1, man: 0, unknown: None}, Figure(Decimal("50.0"), 1, 2, 1)


@of(IndicatorCode.ENDED)
def ended(w):
    counted = [w.ended(), w.ended(to="studier"), w.ended(to="annat", facts={})]
    w.case()
    w.transferred()
    w.ended(LATER)
    w.ended(programme=w.other)
    return dict.fromkeys(counted, 1), count(3)


@of(IndicatorCode.ENDED_IN_WORK_OR_STUDIES)
def ended_in_work_or_studies(w):
    counted = [w.ended(), w.ended(to="studier", facts={})]
    w.ended(to="annat")
    w.transferred()
    w.ended(LATER)
    return dict.fromkeys(counted, 1), count(2)


@of(IndicatorCode.SHARE_ENDED_IN_WORK_OR_STUDIES)
def share_ended_in_work_or_studies(w):
    """Nothing is unknown here: nobody ends without a destination."""
    work, studies, otherwise = (w.ended(to=to) for to in ("arbete", "studier", "annat"))
    w.case()
    w.transferred()
    w.ended(LATER)
    return {work: 1, studies: 1, otherwise: 0}, Figure(Decimal("66.7"), 2, 3, 0)


@of(IndicatorCode.ENDED_OTHERWISE)
def ended_otherwise(w):
    counted = [w.ended(to="annat"), w.ended(to="annat", facts={})]
    w.ended()
    w.transferred()
    w.ended(LATER, to="annat")
    return dict.fromkeys(counted, 1), count(2)


@of(IndicatorCode.TRANSFERRED)
def transferred(w):
    counted = [w.transferred(), w.transferred(DAY - timedelta(days=9))]
    w.case()
    w.ended()
    w.transferred(LATER)
    return dict.fromkeys(counted, 1), count(2)


@of(IndicatorCode.WORKPLACES_MATCHED)
def workplaces_matched(w):
    often, once, _never, later, elsewhere = (w.workplace() for _ in range(5))
    for case in (w.case(), w.case(facts={})):
        w.place(case, often, date(2026, 4, 1))
    w.place(w.case(), once, DAY)
    w.place(w.case(), later, LATER)
    w.place(w.case(w.other), elsewhere, DAY)
    return {often: 1, once: 1}, count(2)


@of(IndicatorCode.SHARE_WITH_PLAN)
def share_with_plan(w):
    """Nothing is unknown here: a plan is in the records, or there is none."""
    planned, twice, without, later = (w.case() for _ in range(4))
    for case, day in ((planned, DAY), (twice, date(2026, 3, 9)), (twice, DAY), (later, LATER)):
        agree_plan(case=case, on=day)
    new = w.case(started_on=DAY)
    w.case(started_on=LATER)
    w.case(started=False)
    return {planned: 1, twice: 1, without: 0, later: 0, new: 0}, Figure(Decimal("40.0"), 2, 5, 0)


@of(IndicatorCode.SHARE_ENDED_WITH_PLAN)
def share_ended_with_plan(w):
    """Nothing is unknown here. A plan that comes after the exit is too late."""
    planned, at_the_exit, without, too_late = w.ended(), w.ended(), w.ended(), w.ended(EARLY)
    for case, day in ((planned, date(2026, 4, 1)), (planned, EARLY), (at_the_exit, DAY), (too_late, DAY)):
        agree_plan(case=case, on=day)
    for case in (w.ended(LATER), w.transferred(), w.case()):
        agree_plan(case=case, on=EARLY)
    return {planned: 1, at_the_exit: 1, without: 0, too_late: 0}, Figure(Decimal("50.0"), 2, 4, 0)


@of(IndicatorCode.SHARE_PARTNERS_ACTIVE)
def share_partners_active(w):
    half, never, not_called, later = (w.partner() for _ in range(4))
    w.partner(PartnerRole.REFERRER)
    steering, project = (w.kind(kind) for kind in (CountsAs.STEERING_GROUP, CountsAs.PROJECT_GROUP))
    w.meet(steering, EARLY, None, {half: Presence.PRESENT, never: Presence.ABSENT_VALID})
    w.meet(project, DAY, None, {half: Presence.ABSENT_INVALID})
    w.meet(project, LATER, None, {later: Presence.PRESENT})
    w.meet(w.course, DAY, None, {not_called: Presence.PRESENT})
    return {half: 1, never: 0, not_called: None, later: None}, Figure(Decimal("50.0"), 1, 2, 2)


@of(IndicatorCode.SHARE_TRAINED_IN_EQUALITY)
def share_trained_in_equality(w):
    """Unknown only before the first training: `test_definitions` asks for that day."""
    present, absent, not_called, later = (w.case() for _ in range(4))
    w.case(started=False)
    new = w.case(started_on=DAY)
    w.case(started_on=LATER)
    training = w.kind(CountsAs.EQUALITY_TRAINING)
    w.meet(training, DAY, {present: Presence.PRESENT, absent: Presence.ABSENT_VALID})
    w.meet(training, DAY, {present: Presence.PRESENT})
    w.meet(training, LATER, {later: Presence.PRESENT})
    w.meet(w.course, EARLY, {not_called: Presence.PRESENT})
    w.meet(w.kind(CountsAs.EQUALITY_TRAINING, w.other), EARLY)
    return {present: 1, absent: 0, not_called: 0, later: 0, new: 0}, Figure(Decimal("20.0"), 1, 5, 0)


@of(IndicatorCode.SHARE_PARTNERS_TRAINED_IN_EQUALITY)
def share_partners_trained_in_equality(w):
    sent, absent, later = (w.partner() for _ in range(3))
    w.partner(PartnerRole.REFERRER)
    training = w.kind(CountsAs.EQUALITY_TRAINING)
    w.meet(training, DAY, None, {sent: Presence.PRESENT, absent: Presence.ABSENT_VALID})
    w.meet(training, LATER, None, {later: Presence.PRESENT})
    w.meet(w.course, EARLY, None, {absent: Presence.PRESENT})
    w.meet(w.kind(CountsAs.EQUALITY_TRAINING, w.other), EARLY, None, {absent: Presence.PRESENT})
    return {sent: 1, absent: 0, later: 0}, Figure(Decimal("33.3"), 1, 3, 0)


@of(IndicatorCode.SHARE_UNITS_IN_NETWORK)
def share_units_in_network(w):
    there, absent, later = w.programme.units.order_by("name")
    people = {unit: w.case(unit=unit) for unit in (there, absent, later)}
    network = w.kind(CountsAs.STAFF_NETWORK)
    w.meet(network, DAY, {people[there]: Presence.PRESENT, people[absent]: Presence.ABSENT_VALID})
    w.meet(network, LATER, {people[later]: Presence.PRESENT})
    w.meet(w.course, EARLY, {people[absent]: Presence.PRESENT})
    elsewhere = w.case(w.other)
    w.meet(w.kind(CountsAs.STAFF_NETWORK, w.other), EARLY, {elsewhere: Presence.PRESENT})
    return {there: 1, absent: 0, later: 0}, Figure(Decimal("33.3"), 1, 3, 0)


QUESTIONS = ("in_work", "in_education", "in_other_programme", "sees_better_chances")


def _follow_up(w, **yes):
    """Ask six of those who ended: yes, no, no answer, not asked yet, no answer to this, and answered a day later."""
    found, no = [w.ended(ASKED) for _ in range(6)], dict.fromkeys(QUESTIONS, False)
    skipped = {**no, **dict.fromkeys(yes)}
    answers = [({**no, **yes}, DAY), (no, DAY), (None, DAY), None, (skipped, DAY), ({**no, **yes}, LATER)]
    for case, answer in zip(found, answers, strict=True):
        if answer:
            actions.record_follow_up(case=case, day=90, on=answer[1], answers=answer[0])
    # The answer of another day is none of this day.
    actions.record_follow_up(case=found[3], day=180, on=DAY, answers={**no, **yes})
    w.ended(ASKED + timedelta(days=1))
    w.transferred(ASKED)
    w.case()
    values = (1, 0, None, None, None, None)
    return dict(zip(found, values, strict=True)), Figure(Decimal("50.0"), 1, 2, 4)


@of(IndicatorCode.SHARE_IN_WORK_DAY_90)
def share_in_work_day_90(w):
    return _follow_up(w, in_work=True)


@of(IndicatorCode.SHARE_IN_EDUCATION_DAY_90)
def share_in_education_day_90(w):
    return _follow_up(w, in_education=True)


@of(IndicatorCode.SHARE_IN_OTHER_PROGRAMME_DAY_90)
def share_in_other_programme_day_90(w):
    return _follow_up(w, in_other_programme=True)


@of(IndicatorCode.SHARE_SEES_BETTER_CHANCES)
def share_sees_better_chances(w):
    return _follow_up(w, sees_better_chances=True)


@of(IndicatorCode.SHARE_IN_WORK_OR_SEES_BETTER_CHANCES)
def share_in_work_or_sees_better_chances(w):
    """Either of the two is enough, also where the other is not answered."""
    rows, _figure = _follow_up(w, in_work=True)
    for answers in ({"in_work": None, "sees_better_chances": True}, {"in_work": True, "sees_better_chances": None}):
        case = w.ended(ASKED)
        actions.record_follow_up(case=case, day=90, on=DAY, answers=answers)
        rows[case] = 1
    return rows, Figure(Decimal("75.0"), 3, 4, 4)


@of(IndicatorCode.PARTICIPANT_HOURS)
def participant_hours(w):
    twice, once, absent, later = (w.case() for _ in range(4))
    w.meet(w.course, date(2026, 4, 1), {twice: Presence.PRESENT, absent: Presence.ABSENT_VALID})
    w.meet(w.course, DAY, {twice: Presence.PRESENT, once: Presence.PRESENT, absent: Presence.ABSENT_INVALID})
    w.meet(w.course, LATER, {once: Presence.PRESENT, later: Presence.PRESENT}, {w.partner(): Presence.PRESENT})
    return {twice: 3, once: Decimal("1.5")}, Figure(Decimal("4.5"), 2, None, 0)


@of(IndicatorCode.EMPLOYER_CONTACTS)
def employer_contacts(w):
    often, once, _never, later, elsewhere = (w.workplace().employer for _ in range(5))
    meetings = [(often, w.programme, DAY), (often, w.programme, DAY), (once, w.programme, date(2026, 2, 1))]
    meetings += [(often, w.programme, LATER), (later, w.programme, LATER), (elsewhere, w.other, DAY)]
    for employer, programme, day in meetings:
        unit: Unit = programme.lead_unit
        log_contact(employer=employer, programme=programme, unit=unit, kind=ContactKind.VISIT, on=day)
    return {often: 1, once: 1}, count(2)


@of(IndicatorCode.MEDIAN_DAYS_IN_PROGRAMME)
def median_days_in_programme(w):
    ended, moved = w.ended(date(2026, 3, 11)), w.transferred(date(2026, 4, 1))
    w.case()
    w.ended(LATER)
    return {ended: 10, moved: 31}, Figure(Decimal("20.5"), 2, None, 0)


@of(IndicatorCode.MEDIAN_DAYS_TO_FIRST_WHEREABOUTS)
def median_days_to_first_whereabouts(w):
    quick, slow, none_yet, later = (w.case() for _ in range(4))
    w.case(started=False)
    new = w.case(started_on=DAY)
    w.case(started_on=LATER)
    entries = [(quick, Whereabouts.ACTIVITY, date(2026, 3, 11)), (quick, Whereabouts.WORK, date(2026, 5, 1))]
    entries += [(slow, Whereabouts.NONE, date(2026, 3, 2)), (slow, Whereabouts.INTERNSHIP, date(2026, 4, 1))]
    entries += [(none_yet, Whereabouts.NONE, DAY), (later, Whereabouts.STUDIES, LATER)]
    entries += [(new, Whereabouts.ACTIVITY, DAY)]
    for case, whereabouts, since in entries:
        actions.enter_whereabouts(case=case, whereabouts=whereabouts, since=since)
    rows = {quick: 10, slow: 31, none_yet: None, later: None, new: 0}
    return rows, Figure(Decimal(10), 3, None, 2)


@of(IndicatorCode.SHARE_IN_WORK_SELF_SUPPORTING)
def share_in_work_self_supporting(w):
    """Within four weeks is day 28 and not day 29, and what was lost by then does not count."""
    at_once, within, too_late, lost, kept, without = (w.ended(date(2026, 8, 1)) for _ in range(6))
    studies, later = w.ended(to="studier"), w.ended()
    for case, days in ((at_once, 0), (within, 28), (too_late, 29), (lost, 0), (kept, 0), (studies, 0), (later, 1)):
        since = case.closed_on + timedelta(days=days)
        actions.enter_support(case=case, support=Support.OWN_INCOME, since=since)
    for case, since in ((lost, date(2026, 8, 29)), (kept, date(2026, 8, 30))):
        actions.enter_support(case=case, support=Support.INCOME_SUPPORT, since=since)
    w.transferred()
    w.ended(LATER)
    rows = {at_once: 1, within: 1, kept: 1, too_late: 0, lost: 0, without: 0, studies: 0, later: 0}
    return rows, Figure(Decimal("37.5"), 3, 8, 0)


@of(IndicatorCode.SHARE_STANDING_CLOSER)
def share_standing_closer(w):
    closer, same, further, once, silent, later, begun_later = (w.ended() for _ in range(7))
    ratings = [(closer, 3, 4, DAY, DAY), (same, 3, 3, EARLY, DAY), (further, 3, 2, EARLY, DAY)]
    ratings += [(silent, 3, None, EARLY, DAY), (later, 3, 9, EARLY, LATER), (begun_later, 3, 9, LATER, DAY)]
    for case, before, after, first, last in ratings:
        actions.rate_distance(case=case, occasion=Occasion.START, on=first, distance=before)
        actions.rate_distance(case=case, occasion=Occasion.EXIT, on=last, distance=after)
    actions.rate_distance(case=once, occasion=Occasion.EXIT, on=DAY, distance=9)
    w.transferred()
    w.ended(LATER)
    w.case()
    unknown = dict.fromkeys((once, silent, later, begun_later))
    return {closer: 1, same: 0, further: 0, **unknown}, Figure(Decimal("33.3"), 1, 3, 4)
