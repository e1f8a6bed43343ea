"""A consent opens what it names, to whom it names, while it holds; nothing else crosses a border."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lotsen.access.models import Unit
from lotsen.cases.models import Case, StepEntry, SupportEntry
from lotsen.core.acting import acting_as, open_by_consent
from lotsen.core.refused import Refused
from lotsen.people.actions import record_consent, withdraw_consent
from lotsen.people.enums import ALWAYS_OPENED, Basis, DataCategory
from lotsen.people.models import Consent, Person
from lotsen.plans.models import Plan
from tests import factories

#: One table of each kind of data that a consent can name.
TABLES = {DataCategory.CASE: StepEntry, DataCategory.SUPPORT: SupportEntry, DataCategory.PLAN: Plan}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def sign_in(sign_in):
    """Sign in to the pages in English."""

    def signed_in(user):
        client = sign_in(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


@pytest.fixture
def case(programme, pitea):
    """Return a case of Piteå's with a row in every table."""
    return factories.whole_case(programme=programme, unit=pitea, person__family_name="Zpiteasson")


@pytest.fixture
def consent(case, arvidsjaur, responsible):
    """Return a consent that opens the plan of the case to Arvidsjaur."""
    return factories.consent_to(arvidsjaur, case.person, responsible)


def seen(user, case, *, opened=True):
    """Return what a user sees of a case by the policies alone: the name, the case, and the kinds of data."""
    with acting_as(user.pk):
        if opened:
            open_by_consent()
        tables = {kind for kind, model in TABLES.items() if model.objects.filter(case=case.pk).exists()}
        person = Person.objects.filter(pk=case.person_id).exists()
        return person, Case.objects.filter(pk=case.pk).exists(), tables


NOTHING = (False, False, set())


def test_consent_opens_what_it_names_to_whom_it_names(case, consent, colleague, stranger):
    assert seen(colleague, case) == (True, True, {DataCategory.CASE, DataCategory.PLAN})
    assert seen(stranger, case) == NOTHING


def test_consent_opens_nothing_where_a_page_does_not_ask_for_it(case, consent, colleague):
    assert seen(colleague, case, opened=False) == NOTHING


@pytest.mark.parametrize(("begins", "ends"), [(1, 5), (-5, -1)])
def test_consent_opens_nothing_before_and_after_its_time(case, arvidsjaur, responsible, colleague, begins, ends):
    today = timezone.localdate()
    days = {"valid_from": today + timedelta(days=begins), "valid_until": today + timedelta(days=ends)}
    factories.consent_to(arvidsjaur, case.person, responsible, **days)
    assert seen(colleague, case) == NOTHING


def test_consent_withdrawn_closes_at_once(case, consent, colleague, responsible):
    assert seen(colleague, case) != NOTHING
    withdraw_consent(consent=consent, by=responsible, at=timezone.now())
    assert seen(colleague, case) == NOTHING


def test_consent_of_one_unit_opens_no_case_of_another(programme, case, alvsbyn, arvidsjaur, colleague, responsible):
    other = factories.whole_case(programme=factories.ProgrammeFactory(lead_unit=alvsbyn), unit=alvsbyn)
    factories.consent_to(arvidsjaur, other.person, responsible)
    assert seen(colleague, case) == NOTHING
    assert seen(colleague, other) != NOTHING


def test_consent_lets_nobody_change_anything(case, consent, colleague):
    with acting_as(colleague.pk):
        open_by_consent()
        assert Case.objects.filter(pk=case.pk).update(number="x") == 0
        assert Plan.objects.filter(case=case.pk).delete() == (0, {})
        assert Consent.objects.filter(pk=consent.pk).update(purpose="x") == 0


def test_consent_shows_its_case_on_the_page_and_on_what_it_rests(case, consent, colleague, sign_in):
    page = sign_in(colleague).get(reverse("case_detail", args=[case.pk])).content.decode()
    assert "Zpiteasson" in page
    assert f"You see this because {case.unit.name} may tell you" in page


BACKGROUND = ("Born abroad", "Reduced work ability", "Target groups")


@pytest.mark.parametrize(("category", "shown"), [("plan", False), ("background", True)])
def test_background_is_shown_where_a_consent_names_it(
    case, arvidsjaur, responsible, colleague, sign_in, category, shown
):
    factories.consent_to(arvidsjaur, case.person, responsible, categories=[category])
    page = sign_in(colleague).get(reverse("case_detail", args=[case.pk])).content.decode()
    assert [f"<dt>{label}</dt>" in page for label in BACKGROUND] == [shown] * 3
    own = sign_in(responsible).get(reverse("case_detail", args=[case.pk])).content.decode()
    assert [f"<dt>{label}</dt>" in own for label in BACKGROUND] == [True] * 3


def test_consent_puts_nobody_into_a_list_or_figure_of_the_receiver(programme, case, consent, colleague, sign_in):
    client = sign_in(colleague)
    for name, args in (("case_list", [programme.pk]), ("indicator_members", [programme.pk, "participants"])):
        page = client.get(reverse(name, args=args)).content.decode()
        assert ["Zpiteasson" in page, case.number in page] == [False, False]
    page = client.get(reverse("consent_list")).content.decode()
    assert "Zpiteasson" in page


def test_person_is_found_by_whom_a_consent_names(case, consent, colleague, stranger, sign_in):
    found = {
        user.name: case.number in sign_in(user).post(reverse("case_search"), {"q": "Zpiteasson"}).content.decode()
        for user in (colleague, stranger)
    }
    assert found == {colleague.name: True, stranger.name: False}


def test_consent_always_opens_name_and_case(consent):
    assert consent.categories == [*ALWAYS_OPENED, DataCategory.PLAN]


def consent_of(case, to_unit, by, **given):
    """Return the sentence with which a consent is refused, and its field."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        factories.consent_to(to_unit, case.person, by, **given)
    return str(caught.value), caught.value.field


def test_consent_that_cannot_be_is_refused_by_its_field(case, pitea, arvidsjaur, alvsbyn, responsible):
    yesterday = timezone.localdate() - timedelta(days=1)
    assert consent_of(case, arvidsjaur, responsible, valid_until=yesterday) == (
        "The end lies before the beginning.",
        "valid_until",
    )
    assert consent_of(case, pitea, responsible) == ("A unit needs no consent to see its own records.", "to_unit")
    assert consent_of(case, arvidsjaur, responsible, given_how="") == ("Say how the consent was given.", "given_how")
    assert consent_of(case, arvidsjaur, responsible, to_organisation=alvsbyn.organisation)[1] == "to_unit"


def test_other_ground_than_consent_needs_no_way_of_giving(case, arvidsjaur, responsible, colleague):
    factories.consent_to(arvidsjaur, case.person, responsible, basis=Basis.DUTY, given_how="")
    assert seen(colleague, case) != NOTHING


def test_consent_is_withdrawn_once(consent, responsible):
    withdraw_consent(consent=consent, by=responsible, at=timezone.now())
    with pytest.raises(Refused, match="withdrawn already"), transaction.atomic():
        withdraw_consent(consent=consent, by=responsible, at=timezone.now())


def form_of(case, to_unit: Unit, **given):
    """Return what the page of a new consent sends."""
    fields = {
        "basis": "consent",
        "from_unit": case.unit_id,
        "to_organisation": to_unit.organisation_id,
        "to_unit": to_unit.pk,
        "categories": ["plan"],
        "purpose": "Gemensam planering",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "given_how": "signed",
    }
    return {**fields, **given}


def test_coach_records_and_withdraws_a_consent_in_the_browser(case, arvidsjaur, responsible, sign_in):
    client = sign_in(responsible)
    case.person.consents.all().delete()
    answer = client.post(reverse("consent_new", args=[case.person_id]), form_of(case, arvidsjaur))
    assert answer.status_code == 302
    consent = case.person.consents.get()
    assert (consent.to_unit, consent.purpose, consent.wording) == (arvidsjaur, "Gemensam planering", "2026-1")
    assert client.post(reverse("consent_withdraw", args=[consent.pk]), {"sent": "1"}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_by == responsible


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_until": "2025-12-31"}, "The end lies before the beginning."),
        ({"valid_until": "2029-12-31"}, "At most two years. Ask the person again after that."),
        ({"given_how": ""}, "Say how the consent was given."),
        ({"valid_from": "snart"}, "Write a day, for example 2026-11-20, 20/11 or 20 nov."),
    ],
)
def test_consent_page_says_what_is_wrong_and_keeps_what_was_written(
    case, arvidsjaur, responsible, sign_in, changed, said
):
    client = sign_in(responsible)
    before = Consent.objects.count()
    answer = client.post(reverse("consent_new", args=[case.person_id]), form_of(case, arvidsjaur, **changed))
    page = answer.content.decode()
    assert (answer.status_code, said in page, "Gemensam planering" in page) == (422, True, True)
    assert Consent.objects.count() == before


def test_consent_of_ones_own_unit_alone_can_be_recorded(case, consent, colleague, arvidsjaur, alvsbyn, sign_in):
    answer = sign_in(colleague).post(reverse("consent_new", args=[case.person_id]), form_of(case, alvsbyn))
    assert answer.status_code == 403
    assert sign_in(colleague).post(reverse("consent_withdraw", args=[consent.pk]), {"sent": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Samtycke till"), ("en", "Consent to"), ("xx", "Samtycke till")]
)
def test_form_to_print_comes_in_its_languages(responsible, sign_in, language, title):
    page = sign_in(responsible).get(reverse("consent_form"), {"form_language": language}).content.decode()
    assert title in page


def test_consents_of_a_list_ask_as_many_queries_for_three_as_for_one(
    programme, pitea, arvidsjaur, responsible, colleague, sign_in
):
    counts = []
    for _n in range(2):
        for _m in range(1 if not counts else 2):
            case = factories.CaseFactory(programme=programme, unit=pitea)
            factories.consent_to(arvidsjaur, case.person, responsible)
        with CaptureQueriesContext(connection) as asked:
            sign_in(colleague).get(reverse("consent_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_record_consent_numbers_the_kinds_in_one_order(case, arvidsjaur, responsible):
    today = timezone.localdate()
    consent = record_consent(
        person=case.person,
        from_unit=case.unit,
        to_organisation=arvidsjaur.organisation,
        to_unit=None,
        categories=["placement", "plan"],
        valid_from=today,
        valid_until=today,
        by=responsible,
        basis=Basis.NECESSARY,
        purpose="Prov",
    )
    assert consent.categories == ["identity", "case", "plan", "placement"]
