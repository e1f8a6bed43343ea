"""What happens to a referral, and what is kept of whom it is about."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from lotsen.cases.models import Case
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.people.models import Person
from lotsen.programmes.enums import PartnerRole
from lotsen.programmes.models import Partner
from lotsen.referrals import actions
from lotsen.referrals.enums import TRANSITIONS, Priority, ReferralState
from lotsen.referrals.models import Referral
from lotsen.referrals.queries import fits, known_already, next_case_number, sent_twice
from tests import factories

SENT, ANSWERED = date(2026, 2, 1), date(2026, 2, 5)
NUMBER = "199001272385"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def office(programme):
    """Return an organisation that refers people to the programme."""
    unit = factories.UnitFactory()
    Partner.objects.create(
        programme=programme, organisation=unit.organisation, roles=[PartnerRole.REFERRER], position=9
    )
    return unit.organisation


@pytest.fixture
def send(programme, pitea, office):
    """Give a function that sends somebody."""

    def sent(**told):
        who = {"given_name": "Prov", "family_name": "Personsson", "identity_number": NUMBER}
        given = {**who, "on": SENT, "facts": {}, **told}
        return actions.send_referral(programme=programme, unit=pitea, from_organisation=office, **given)

    return sent


def accepted(referral, by, person=None):
    return actions.accept_referral(referral=referral, person=person, by=by, on=ANSWERED)


def test_number_tells_sex_and_day_of_birth(send):
    referral = send()
    assert (referral.sex, referral.birth_date) == ("woman", date(1990, 1, 27))
    assert Referral.objects.get(pk=referral.pk).identity_number == NUMBER


def test_those_that_go_first_wait_first_and_then_the_oldest(send):
    newer = send(on=SENT + timedelta(days=1))
    older = send(given_name="Äldre")
    first = send(on=SENT + timedelta(days=2), priority=Priority.FIRST)
    sent = [newer.pk, older.pk, first.pk]
    assert list(Referral.objects.waiting().filter(pk__in=sent)) == [first, older, newer]


def test_accepting_makes_person_and_case_and_moves_who_it_is(send, responsible, office):
    referral = send(facts={"months_without_work": 14, "born_abroad": None}, contact="070-000 00 00")
    case = accepted(referral, responsible)
    person = case.person
    assert (person.name, person.identity_number, person.contact) == ("Prov Personsson", NUMBER, "070-000 00 00")
    assert (case.referred_on, case.referred_by, case.sex, case.age) == (SENT, office, "woman", 36)
    assert (case.months_without_work, case.born_abroad, case.started_on) == (14, None, None)
    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.state, kept.case, kept.name, kept.identity_number) == (ReferralState.ACCEPTED, case, "", "")


def test_accepting_can_use_a_record_that_is_there(send, responsible, pitea):
    person = factories.PersonFactory(unit=pitea, identity_number=NUMBER)
    case = accepted(send(), responsible, person)
    assert case.person == person
    assert Person.objects.filter(unit=pitea).count() == 1


def test_no_second_record_is_made_of_a_number(send, responsible, pitea):
    factories.PersonFactory(unit=pitea, identity_number=NUMBER)
    with pytest.raises(Refused, match="already registered"), transaction.atomic():
        accepted(send(), responsible)
    assert not Case.objects.filter(unit=pitea).exists()


def test_known_are_found_by_number_and_by_name_and_day(send, pitea, arvidsjaur):
    told = {"given_name": "Prov", "family_name": "Personsson"}
    by_number = factories.PersonFactory(unit=pitea, identity_number=NUMBER, family_name="Annat")
    by_name = factories.PersonFactory(unit=pitea, identity_number="", birth_date=date(1990, 1, 27), **told)
    factories.PersonFactory(unit=pitea, identity_number="", birth_date=date(1991, 1, 27), **told)
    factories.PersonFactory(unit=arvidsjaur, identity_number=NUMBER)
    assert set(known_already(send())) == {by_number, by_name}


def test_same_person_referred_twice_is_found(send):
    first, second, other = send(), send(given_name="Annan"), send(given_name="Tredje", identity_number="", sex="man")
    assert sent_twice(first) == [second]
    assert sent_twice(other) == []


@pytest.mark.parametrize(
    ("facts", "holds", "conditions"),
    [
        ({"birth_date": date(2004, 1, 1)}, True, [("age: 16–24", True)]),
        ({"birth_date": date(1990, 1, 1)}, False, [("age: 16–24", False)]),
        ({}, None, [("age: 16–24", None)]),
    ],
)
def test_eligibility_says_why(send, facts, holds, conditions):
    young = fits(send(identity_number="", sex="", **facts))[0]
    assert (young.group.name, young.holds) == ("The young", holds)
    assert [(each.words, each.holds) for each in young.conditions] == conditions


def act(name, referral, by):
    told = {"decline_referral": {"answer": "Fullt just nu."}, "accept_referral": {"person": None}}.get(name, {})
    getattr(actions, name)(referral=referral, by=by, on=ANSWERED, **told)


@pytest.mark.parametrize(("_before", "name", "after"), TRANSITIONS)
def test_referral_is_answered_once(send, responsible, _before, name, after):  # a value of the table
    referral = send()
    act(name, referral, responsible)
    assert Referral.objects.get(pk=referral.pk).state == after
    for again in ("accept_referral", "decline_referral", "withdraw_referral"):
        with pytest.raises(Refused, match="answered already"), transaction.atomic():
            act(again, referral, responsible)


def test_declining_says_why(send, responsible):
    with pytest.raises(Refused, match="Say why"), transaction.atomic():
        actions.decline_referral(referral=send(), answer=" ", by=responsible, on=ANSWERED)


def test_withdrawn_referral_is_forgotten_at_once_and_a_declined_one_after_sixty_days(send, responsible):
    taken_back, declined = send(), send()
    act("withdraw_referral", taken_back, responsible)
    act("decline_referral", declined, responsible)

    def names():
        return [Referral.objects.get(pk=each.pk).name for each in (taken_back, declined)]

    assert names() == ["", "Prov Personsson"]
    assert actions.forget_referrals(on=ANSWERED + timedelta(days=60)) == 0
    assert actions.forget_referrals(on=ANSWERED + timedelta(days=61)) == 1
    assert names() == ["", ""]
    kept = Referral.objects.get(pk=declined.pk)
    assert (kept.identity_sealed, kept.reason, kept.answer, kept.facts) == (None, "", "", {})


def test_programme_that_is_over_takes_nobody(programme, pitea, office):
    with pytest.raises(Refused, match="The programme ended"), transaction.atomic():
        actions.send_referral(
            programme=programme, unit=pitea, from_organisation=office, on=date(2028, 1, 1), facts={}, given_name="P"
        )


def test_unit_outside_the_programme_takes_nobody(programme, alvsbyn, office):
    with pytest.raises(Refused, match="does not take part"), transaction.atomic():
        actions.send_referral(programme=programme, unit=alvsbyn, from_organisation=office, on=SENT, facts={})


def test_case_numbers_are_given_out_in_order(programme, pitea):
    assert next_case_number(programme) == f"{programme.code.upper()}-0001"
    factories.CaseFactory(programme=programme, unit=pitea, number="X-41")
    assert next_case_number(programme) == f"{programme.code.upper()}-0042"


def test_case_number_is_told_to_nobody_outside(programme, stranger, responsible):
    with acting_as(stranger.pk), pytest.raises(Refused, match="not one of yours"):
        next_case_number(programme)
    with acting_as(responsible.pk):
        assert next_case_number(programme).endswith("-0001")


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("referral_state_is_known", {"state": "lost", "decided_on": ANSWERED}),
        ("referral_priority_is_known", {"priority": "never"}),
        ("referral_that_waits_has_a_name", {"family_name": ""}),
        ("referral_answer_has_a_day", {"decided_on": ANSWERED}),
        ("referral_accepted_has_a_case", {"state": "accepted", "decided_on": ANSWERED}),
        ("referral_declined_says_why", {"state": "declined", "decided_on": ANSWERED}),
        ("referral_identity_is_whole", {"identity_index": None}),
    ],
)
def test_database_refuses_what_cannot_be(send, constraint, changes):
    referral = send()
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**changes)


class TestTransfer:
    """Somebody is sent on, and the answer is the receipt."""

    @pytest.fixture
    def case(self, programme, pitea, responsible):
        """Return a case that is going on."""
        return factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)

    @pytest.fixture
    def other(self, alvsbyn):
        """Return another programme that runs."""
        return factories.ProgrammeFactory(lead_unit=alvsbyn)

    def offer(self, case, other, by):
        told = {"programme": other, "unit": other.lead_unit, "reason": "Flyttar."}
        return actions.offer_transfer(case=case, by=by, on=date(2026, 6, 1), **told)

    def test_it_needs_a_consent(self, case, other, responsible):
        with pytest.raises(Refused, match="No consent covers"), transaction.atomic():
            self.offer(case, other, responsible)
        assert not case.transfers.exists()

    def test_it_is_sent_once_with_what_is_known_and_taken_in_there(self, case, other, responsible, stranger):
        days = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
        factories.consent_to(other.lead_unit, case.person, responsible, from_unit=case.unit, **days)
        sent = self.offer(case, other, responsible)
        assert (sent.name, sent.identity_number, sent.support) == (
            case.person.name,
            case.person.identity_number,
            "income_support",
        )
        with pytest.raises(Refused, match="waits for an answer"), transaction.atomic():
            self.offer(case, other, responsible)
        taken = actions.accept_referral(referral=sent, person=None, by=stranger, on=date(2026, 6, 3))
        assert (taken.programme, taken.unit, taken.person.name) == (other, other.lead_unit, case.person.name)
        assert taken.person_id != case.person_id
        assert Case.objects.get(pk=case.pk).state == "active"
