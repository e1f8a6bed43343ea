"""A project that runs, a workplace, and a coach who reads English."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from lotsen.employers.actions import register_workplace
from lotsen.employers.enums import Sector

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def running(programme):
    programme.starts_on, programme.ends_on = TODAY - timedelta(days=300), TODAY + timedelta(days=300)
    programme.save()
    return programme


@pytest.fixture
def workplace(pitea):
    told = {"employer_name": "Ek AB", "sector": Sector.PRIVATE, "municipality": pitea.municipality}
    return register_workplace(name="Köket", **told)


@pytest.fixture
def client(sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client
