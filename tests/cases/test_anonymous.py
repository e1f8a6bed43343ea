"""Who may not be registered is counted with sex and year alone."""

import pytest
from django.db import transaction
from django.urls import reverse

from lotsen.cases.actions import count_anonymous
from lotsen.cases.models import AnonymousParticipant
from lotsen.core.refused import Refused


def test_somebody_is_counted_without_a_name(programme, pitea, responsible, sign_in):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = reverse("anonymous_new", args=[programme.pk])
    answer = client.post(address, {"unit": pitea.pk, "sex": "woman", "year": "2026"})
    assert answer.status_code == 302
    counted = AnonymousParticipant.objects.get(programme=programme)
    assert (counted.sex, counted.year, counted.unit) == ("woman", 2026, pitea)
    page = client.get(reverse("programme_overview", args=[programme.pk])).content.decode()
    assert "One more participant is counted without a name" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sex": "woman", "year": "1999"}, "Choose a year of the project, 2026 to 2027."),
        ({"sex": "", "year": "2026"}, "This field is required."),
    ],
)
def test_page_says_what_cannot_be_counted(programme, pitea, responsible, sign_in, sent, said):
    client = sign_in(responsible)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post(reverse("anonymous_new", args=[programme.pk]), {"unit": pitea.pk, **sent})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not AnonymousParticipant.objects.filter(programme=programme).exists()


def test_anonymous_are_counted_by_a_unit_of_the_programme(programme, alvsbyn):
    with pytest.raises(Refused, match=r"does not take part|deltar inte"), transaction.atomic():
        count_anonymous(programme=programme, unit=alvsbyn, sex="man", year=2026)
