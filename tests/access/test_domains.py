"""Where a domain limits the search, people are not compiled by name and by what is delicate (SoLPUF 15 §)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from lotsen.access.models import SecrecyDomain
from tests import factories


@pytest.fixture
def case(programme, pitea):
    """Return a case of somebody born abroad."""
    return factories.CaseFactory(
        programme=programme,
        unit=pitea,
        started=True,
        number="DOMAN-1",
        person__family_name="Zdomansson",
        facts={"sex": "woman", "age": 23, "born_abroad": True},
    )


def listed(client, case, **query):
    """Return whether the list behind a figure shows the number and the name, on the page and in the file."""
    address = reverse("indicator_members", args=[case.programme_id, "participants"])
    found = []
    for export in ({}, {"export": "csv"}):
        page = client.get(address, {**query, **export}).content.decode()
        found.append(("DOMAN-1" in page, "Zdomansson" in page))
    return found


NAMED, NUMBERED = [(False, True)] * 2, [(True, False)] * 2


def test_list_by_birth_abroad_shows_numbers_where_the_search_is_limited(case, responsible, sign_in):
    client = sign_in(responsible)
    assert listed(client, case, by="born_abroad", key="yes") == NUMBERED
    assert listed(client, case) == NAMED
    assert listed(client, case, by="sex", key="woman") == NAMED


def test_list_by_birth_abroad_shows_names_where_the_search_is_free(case, pitea, responsible, sign_in):
    call_command("domain", pitea.secrecy_domain_id, "free", stdout=StringIO())
    assert listed(sign_in(responsible), case, by="born_abroad", key="yes") == NAMED


def test_command_lists_the_domains_and_refuses_an_unknown_one(pitea):
    out = StringIO()
    call_command("domain", stdout=out)
    assert f"{pitea.secrecy_domain_id}  limited  {pitea.name}" in out.getvalue().splitlines()
    with pytest.raises(CommandError, match=r"There is no domain called|Det finns ingen domän"):
        call_command("domain", "x", "free")
    with pytest.raises(CommandError, match="limited or free"):
        call_command("domain", pitea.secrecy_domain_id)
    assert SecrecyDomain.objects.get(pk=pitea.secrecy_domain_id).limits_search
