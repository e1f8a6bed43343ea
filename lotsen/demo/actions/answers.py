"""What the people of the demo have answered: Life Wheels, sense of coherence, two waves of staff, labour needs."""

import random
from datetime import date, timedelta
from typing import Any

from lotsen.access.models import Unit, User
from lotsen.cases.models import Case
from lotsen.core.acting import open_by_link
from lotsen.employers.enums import classifications
from lotsen.employers.models import Employer
from lotsen.programmes.models import Programme
from lotsen.questionnaires import actions
from lotsen.questionnaires.definitions import Definition
from lotsen.questionnaires.enums import QuestionKind, Voice
from lotsen.questionnaires.models import Version, Wave
from lotsen.questionnaires.queries import definition_of, newest_by_code

#: How many of those asked answer each wave of staff, and how much less need there is in the second.
ANSWERED = (104, 89)
LESS_NEED = {"methods": 2, "illness": 1, "cooperation": 1, "equality": 1, "accessibility": 0, "assignment": 0}
#: Employers asked about labour, how many answer, and how many of those will recruit.
EMPLOYERS_ANSWERED, RECRUITING = 203, 68
OCCUPATIONS = ("5321", "9331", "7223", "5330", "8332", "2221", "9411", "7111")
WORDS = (
    "Mer tid för samtal.",
    "Att vi får öva på riktiga situationer.",
    "En gemensam metod i alla kommuner.",
    "Handledning i svåra ärenden.",
    "Bättre kontakt med psykiatrin.",
)
WORKSHOP_ANSWERED = 91
THOUGHTS = {
    "strengths": ("Vi känner våra deltagare väl.", "Korta vägar till chefen.", "Vana vid att anpassa arbetsuppgifter."),
    "weaknesses": ("Trånga lokaler utan hiss.", "Planen för jämställdhet används inte.", "Svåra ord i breven."),
    "opportunities": ("Åtta enheter kan dela material.", "Arbetsgivare vill lära sig mer."),
    "threats": ("Pengarna tar slut när projektet är klart.", "Fler deltagare på samma tid."),
}
#: So many cases of each unit have Life Wheels of two days.
WHEELS = 3


def answer_all(programme: Programme, plan: dict[str, Any], cases: list[Case], staff: dict[Unit, User]) -> None:
    """Let the people of one programme answer what its kind of programme asks."""
    rng = random.Random(plan["seed"] + 5)  # noqa: S311 - made-up people, the same each time
    if programme.code == "ame-skane":
        _ask_staff(programme, cases, rng)
        _gather_for_a_workshop(programme, cases, staff, rng)
    elif programme.code == "asap":
        _ask_employers(programme, rng)
    elif programme.code == "kofa":
        _draw_wheels(cases, staff, rng)
        _score_coherence(programme, cases, staff, rng)


def _ask_staff(programme: Programme, cases: list[Case], rng: random.Random) -> None:
    """Ask the staff of all units twice, by the same questions, without names."""
    version = newest_by_code("development-needs")
    first: Wave | None = None
    for place, (title, opens) in enumerate((("Före, 2009", date(2009, 3, 2)), ("Efter, 2010", date(2010, 10, 4)))):
        wave = actions.open_wave(
            programme=programme,
            version=version,
            title=title,
            opens_on=opens,
            closes_on=opens + timedelta(days=28),
            follows=first,
        )
        whom = [
            actions.Asked(
                name=case.person.name if case.person else "",
                email=f"anstalld{number}@{programme.code}.example",
                unit=case.unit,
                case=case,
            )
            for number, case in enumerate(cases, 1)
        ]
        actions.ask(wave=wave, whom=whom)
        _answer_wave(wave, ANSWERED[place], rng, lambda rng, place=place: _need(rng, place))
        actions.close_wave(wave=wave, on=wave.closes_on)
        first = wave


def _gather_for_a_workshop(
    programme: Programme, cases: list[Case], staff: dict[Unit, User], rng: random.Random
) -> None:
    """Ask about accessibility and equality, and let a workshop weigh what was said and decide."""
    version = newest_by_code("accessibility-equality")
    wave = actions.open_wave(
        programme=programme,
        version=version,
        title="Tillgänglighet och jämställdhet, 2009",
        opens_on=date(2009, 4, 1),
        closes_on=date(2009, 4, 30),
    )
    whom = [
        actions.Asked(name="", email=f"medarbetare{n}@{programme.code}.example", unit=case.unit, case=case)
        for n, case in enumerate(cases, 1)
    ]
    actions.ask(wave=wave, whom=whom)
    _answer_wave(wave, WORKSHOP_ANSWERED, rng, _thoughts)
    actions.close_wave(wave=wave, on=wave.closes_on)
    on = date(2009, 5, 14)
    board = actions.make_board(programme=programme, title="Tillgänglighet", wave=wave, on=on)
    voters = list(staff.values())
    for note in board.notes.order_by("quadrant", "text"):
        for user in rng.sample(voters, rng.randint(0, len(voters))):
            actions.vote(note=note, by=user)
    for text, owner, days in (
        ("Gå igenom lokalerna med en checklista", 0, 60),
        ("Skriv om broschyren i klarspråk", 1, 90),
    ):
        due_on = on + timedelta(days=days)
        measure = actions.decide(board=board, text=text, owner=voters[owner], due_on=due_on, on=on)
        actions.finish(measure=measure, on=due_on)


def _thoughts(rng: random.Random) -> dict[str, Any]:
    """Return one answer about accessibility and equality, with a thought for the workshop."""
    definition = definition_of(newest_by_code("accessibility-equality"))
    values: dict[str, Any] = {
        code: {row.code: rng.randint(1, 5) for row in question.rows}
        for code, question in definition.questions.items()
        if question.rows
    }
    quadrant = rng.choice(list(THOUGHTS))
    return {**values, quadrant: rng.choice(THOUGHTS[quadrant])}


def _need(rng: random.Random, place: int) -> dict[str, Any]:
    """Return one answer about development needs."""
    definition = definition_of(newest_by_code("development-needs"))
    values: dict[str, Any] = {}
    for code, question in definition.questions.items():
        if question.rows:
            less = LESS_NEED[code] if place else 0
            values[code] = {row.code: max(1, min(5, round(rng.gauss(3.6, 1)) - less)) for row in question.rows}
        elif rng.random() < 0.2:
            values[code] = rng.choice(WORDS)
    return values


def _answer_wave(wave: Wave, answered: int, rng: random.Random, make: Any) -> None:
    """Send every link, and let so many answer."""
    recipients = list(wave.recipients.select_related("wave__version__questionnaire").order_by("email", "name"))
    tokens = {recipient: actions.give_link(recipient=recipient, on=wave.opens_on) for recipient in recipients}
    for recipient in rng.sample(recipients, answered):
        on = wave.opens_on + timedelta(days=rng.randint(0, 27))
        open_by_link(tokens[recipient])
        response = actions.begin_by_link(recipient=recipient, token=tokens[recipient], on=on)
        entries = {code: {"value": value} for code, value in make(rng).items()}
        actions.save_answers(response=response, entries=entries, seen=0)
        actions.hand_in(response=response, recipient=recipient, on=on)


#: Industries of those who answer, by SNI 2007: most are in manufacturing and in health and care.
INDUSTRIES = ("25", "87", "25", "16", "87", "88", "25", "47", "41", "87", "86", "56", "25", "85", "49")


def _ask_employers(programme: Programme, rng: random.Random) -> None:
    """Ask the employers that the project met what labour they need in the next five years."""
    wave = actions.open_wave(
        programme=programme,
        version=newest_by_code("labour-need"),
        title="Behov av arbetskraft 2018–2022",
        opens_on=date(2017, 10, 2),
        closes_on=date(2017, 11, 30),
        is_anonymous=False,
        goal=80,
    )
    employers = Employer.objects.filter(contacts__programme=programme).distinct().order_by("name")
    actions.ask(wave=wave, whom=[actions.Asked(name=each.name, employer=each) for each in employers])
    recruiting = iter([True] * RECRUITING + [False] * (EMPLOYERS_ANSWERED - RECRUITING))
    answered = min(EMPLOYERS_ANSWERED, employers.count())
    _answer_wave(wave, answered, rng, lambda rng: _labour(rng, is_recruiting=next(recruiting)))
    actions.close_wave(wave=wave, on=wave.closes_on)


def _labour(rng: random.Random, *, is_recruiting: bool) -> dict[str, Any]:
    """Return one employer's need: those who recruit need one or two a year."""
    values: dict[str, Any] = {
        "industry": INDUSTRIES[int(rng.choice(list(classifications.names(QuestionKind.INDUSTRY)))) % len(INDUSTRIES)],
        "employees": rng.choice([2, 5, 8, 14, 30, 75]),
        "recruits": "y" if is_recruiting else "n",
        "internship": rng.choice(["y", "y", "n", "unsure"]),
        "contact": "y",
    }
    if is_recruiting:
        needed = {str(year): rng.choice([1, 1, 2]) for year in range(2018, 2023)}
        values["needed"] = [{"occupation": rng.choice(OCCUPATIONS), **needed}]
    return values


def _draw_wheels(cases: list[Case], staff: dict[Unit, User], rng: random.Random) -> None:
    """Let some participants of each unit fill in the Life Wheel at the start and before the end."""
    version = newest_by_code("life-wheel")
    areas = [row.code for row in definition_of(version).questions["now"].rows]
    for case in _long_enough(cases, WHEELS):
        first = {area: rng.randint(2, 6) for area in areas}
        later = {area: min(10, step + rng.choice([0, 0, 1, 2, 3])) for area, step in first.items()}
        wished = {area: min(10, step + 3) for area, step in first.items()}
        for on, now in ((_start(case) + timedelta(days=7), first), (_end(case) - timedelta(days=14), later)):
            values = {"now": now, "wished": wished}
            _answer(case, version, Voice.PARTICIPANT, staff[case.unit], on, values)


def _score_coherence(programme: Programme, cases: list[Case], staff: dict[Unit, User], rng: random.Random) -> None:
    """Score the sense of coherence, by a unit's own copy of the frame with stand-ins for its licensed texts."""
    frame = newest_by_code("soc-13").definition
    copy = {
        **frame,
        "title": {"sv": "KASAM, 13 påståenden", "en": "Sense of coherence, 13 statements"},
        "is_frame": False,
    }
    own = Definition.model_validate(copy)
    organisation = programme.lead_unit.organisation
    version = actions.load_questionnaire(definition=own, organisation=organisation, on=programme.starts_on)
    for case in _long_enough([case for case in cases if case.unit.organisation_id == organisation.pk], WHEELS):
        for on, lift in ((_start(case) + timedelta(days=14), 0), (_end(case) - timedelta(days=10), 1)):
            values = {code: max(1, min(7, rng.randint(2, 6) + lift)) for code in own.questions}
            _answer(case, version, Voice.PARTICIPANT, staff[case.unit], on, values)


def _answer(case: Case, version: Version, voice: Voice, by: User, on: date, values: dict[str, Any]) -> None:
    response = actions.begin_response(case=case, version=version, voice=voice, by=by, on=on)
    entries = {code: {"value": value} for code, value in values.items()}
    actions.save_answers(response=response, entries=entries, seen=0)
    actions.hand_in(response=response, recipient=None, on=on)


def _long_enough(cases: list[Case], each: int) -> list[Case]:
    """Return the first cases of each unit that were there for four months, in the order of their names."""
    found: dict[Unit, list[Case]] = {}
    for case in sorted(cases, key=lambda case: case.person.sort_key if case.person else ""):
        if (_end(case) - _start(case)).days >= 120:
            found.setdefault(case.unit, []).append(case)
    return [case for own in found.values() for case in own[:each]]


def _start(case: Case) -> date:
    return case.started_on or case.referred_on


def _end(case: Case) -> date:
    return case.closed_on or case.programme.ends_on
