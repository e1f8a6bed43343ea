"""A wave whose recipients' links are known, and how somebody answers by one."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from lotsen.core.acting import open_by_link
from lotsen.questionnaires import actions
from lotsen.questionnaires.queries import definition_of, newest_by_code
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def wave(programme):
    """Return an anonymous wave of staff, open today."""
    return factories.WaveFactory(programme=programme)


@pytest.fixture
def asked(wave, pitea, arvidsjaur):
    """Give a function that asks so many of a unit, and returns each with the link's token."""

    def ask(many, unit=pitea, of=None):
        of = of or wave
        place = of.recipients.count()
        whom = [actions.Asked(name=f"Prov {n}", email=f"prov{place + n}@exempel.se", unit=unit) for n in range(many)]
        actions.ask(wave=of, whom=whom)
        new = of.recipients.filter(links=[]).order_by("email")
        return [(each, actions.give_link(recipient=each, on=of.opens_on)) for each in new]

    return ask


def filled(step=3, wave_code="development-needs"):
    """Return answers to every grid of a questionnaire, as a browser sends them, by section."""
    sections = []
    for section in definition_of(newest_by_code(wave_code)).sections:
        sent = {"shown": [question.code for question in section.questions]}
        for question in section.questions:
            sent |= {f"q_{question.code}_{row.code}": str(step) for row in question.rows}
        sections.append(sent)
    return sections


def answer(token, step=3, client=None, **more):
    """Answer all of a wave by its link, as a browser does; return the last page."""
    client = client or Client()
    client.post(f"/answer/{token}/")
    for number, sent in enumerate(filled(step), 1):
        page = client.get(f"/answer/{token}/{number}/").content.decode()
        seen = page.split('name="seen" value="')[1].split('"')[0]
        reply = client.post(f"/answer/{token}/{number}/", {"seen": seen, **sent, **more})
        assert reply.status_code == 302, reply.content.decode()[:3000]
    client.post(f"/answer/{token}/check/")
    return client.get(f"/answer/{token}/")


def hand_in(recipient, token, step=3, **texts):
    """Answer all of a wave at one step, by the actions alone; return nothing."""
    open_by_link(token)
    today = timezone.localdate()
    response = actions.begin_by_link(recipient=recipient, token=token, on=today)
    questions = definition_of(response.version).questions
    grids = {code: {row.code: step for row in each.rows} for code, each in questions.items() if each.rows}
    entries = {code: {"value": value} for code, value in {**grids, **texts}.items()}
    actions.save_answers(response=response, entries=entries, seen=0)
    actions.hand_in(response=response, recipient=recipient, on=today)
