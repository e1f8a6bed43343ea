"""Small worlds of the indicators over surveys (worlds.py)."""

from decimal import Decimal

from lotsen.employers.actions import log_contact
from lotsen.employers.enums import ContactKind
from lotsen.indicators.queries import Figure
from lotsen.programmes.enums import IndicatorCode
from lotsen.questionnaires.enums import QuestionKind
from lotsen.questionnaires.models import Change, Recipient, Response
from lotsen.questionnaires.queries import definition_of, newest_by_code
from tests import factories
from tests.indicators.worlds import DAY, EARLY, LATER, count, of


def _asked(w, wave, *answered, sent_on=EARLY):
    """Ask somebody for each day of an answer; None for no answer."""
    found = []
    for place, on in enumerate(answered):
        fields = {"email": f"prov{place}@exempel.se", "sent_on": sent_on, "answered_on": on}
        found.append(Recipient.objects.create(wave=wave, programme=wave.programme, **fields))
    return found


def _waves(programme, **given):
    """Return a wave, and one that follows it."""
    first = factories.WaveFactory(programme=programme, opens_on=EARLY, **given)
    return first, factories.WaveFactory(programme=programme, opens_on=EARLY, follows=first, **given)


def _response_rate(w, place):
    waves = _waves(w.programme)
    there, late, never = _asked(w, waves[place], DAY, LATER, None)
    _asked(w, waves[1 - place], DAY)
    # Not sent yet; and another programme's.
    Recipient.objects.create(wave=waves[place], programme=w.programme, email="sen@exempel.se", sent_on=LATER)
    _asked(w, _waves(w.other)[place], DAY)
    return {there: 1, late: 0, never: 0}, Figure(Decimal("33.3"), 1, 3, 0)


@of(IndicatorCode.RESPONSE_RATE_FIRST_WAVE)
def response_rate_first_wave(w):
    return _response_rate(w, 0)


@of(IndicatorCode.RESPONSE_RATE_SECOND_WAVE)
def response_rate_second_wave(w):
    return _response_rate(w, 1)


@of(IndicatorCode.AREAS_WHERE_NEED_FELL)
def areas_where_need_fell(w):
    _first, wave = _waves(w.programme, closed_on=DAY)
    _other, elsewhere = _waves(w.other, closed_on=DAY)
    late = factories.WaveFactory(programme=w.programme, opens_on=EARLY, closed_on=LATER)

    def change(wave, area, low, high, is_better):
        fields = {"names": factories.text(area, area), "before": 9, "after": 9, "is_paired": False}
        spread = {"effect": (low + high) / 2, "low": low, "high": high, "is_better": is_better}
        return Change.objects.create(wave=wave, programme=wave.programme, area=area, **fields, **spread)

    fell = change(wave, "metoder", 0.1, 0.5, True)
    change(wave, "lokaler", -0.1, 0.2, None)
    change(wave, "samverkan", -0.6, -0.2, False)
    change(elsewhere, "metoder", 0.1, 0.5, True)
    change(late, "metoder", 0.1, 0.5, True)
    return {fell: 1}, count(1)


@of(IndicatorCode.EMPLOYERS_REGISTERED)
def employers_registered(w):
    both, asked, met, _never, later = (w.workplace().employer for _ in range(5))
    for employer, day in ((both, DAY), (met, DAY), (later, LATER)):
        told = {"programme": w.programme, "unit": w.programme.lead_unit, "kind": ContactKind.VISIT, "on": day}
        log_contact(employer=employer, **told)
    for employers, day in (((both, asked), DAY), ((later,), LATER)):
        wave = factories.WaveFactory(programme=w.programme, opens_on=day)
        for employer in employers:
            Recipient.objects.create(wave=wave, programme=w.programme, employer=employer)
    return {both: 1, asked: 1, met: 1}, count(3)


@of(IndicatorCode.CONTACTS_MADE)
def contacts_made(w):
    often, once, later = (w.workplace().employer for _ in range(3))
    told = {"unit": w.programme.lead_unit, "kind": ContactKind.CALL}
    for employer, day in ((often, EARLY), (often, DAY), (often, LATER), (once, DAY), (later, LATER)):
        log_contact(employer=employer, programme=w.programme, on=day, **told)
    log_contact(employer=once, programme=w.other, on=DAY, **told)
    return {often: 2, once: 1}, Figure(Decimal(3), 2, None, 0)


@of(IndicatorCode.RECRUITMENTS_NEEDED)
def recruitments_needed(w):
    version = newest_by_code("labour-need")
    many, few, late, silent = (w.workplace().employer for _ in range(4))
    asked_for = definition_of(version).questions.values()
    needs = next(question.code for question in asked_for if question.kind == QuestionKind.NEEDS)
    for programme, employer, day, rows in (
        (w.programme, many, DAY, [{"occupation": "5330", "2026": 2, "2027": 4}, {"occupation": "", "2026": 1}]),
        (w.programme, few, DAY, [{"occupation": "7111", "2027": 1}]),
        (w.programme, late, LATER, [{"occupation": "7111", "2027": 9}]),
        (w.programme, silent, None, []),
        (w.other, few, DAY, [{"occupation": "7111", "2027": 9}]),
    ):
        wave = factories.WaveFactory(programme=programme, opens_on=EARLY, version=version)
        asked = Recipient.objects.create(wave=wave, programme=programme, employer=employer, sent_on=EARLY)
        if day:
            of = {"version": version, "programme": programme, "wave": wave, "recipient": asked, "voice": "employer"}
            answers = {needs: {"value": rows}}
            Response.objects.create(**of, answers=answers, began_on=day, completed_on=day)
    return {many: Decimal("3.5"), few: Decimal("0.5")}, Figure(Decimal(4), 2, None, 0)
