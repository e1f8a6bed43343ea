"""Small worlds of the indicators over surveys (worlds.py)."""

from decimal import Decimal

from lotsen.employers.actions import log_contact
from lotsen.employers.enums import ContactKind
from lotsen.indicators.queries import Figure
from lotsen.programmes.enums import IndicatorCode
from lotsen.questionnaires.models import Change, Recipient
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
