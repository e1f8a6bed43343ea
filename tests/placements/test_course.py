"""The course of a placement over its pages, from finding the workplace to the end; and what a link opens."""

import io
import re
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lotsen.access.models import Municipality
from lotsen.core.acting import acting_as
from lotsen.core.refused import Refused
from lotsen.employers.actions import keep_analysis, register_workplace
from lotsen.placements import actions
from lotsen.placements.enums import TRANSITIONS, Party, PlacementState, Purpose, SignedBy, StoppedBy, VisitWay, Voice
from lotsen.placements.models import Assessment, Placement, PlacementLink, Signature, Visit
from lotsen.placements.queries import next_visit
from lotsen.programmes.enums import CountsAs
from tests import factories

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def client(sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def phone():
    """Return the telephone of a supervisor, who is signed in nowhere."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def case(programme, pitea, responsible):
    started = TODAY - timedelta(days=90)
    told = {"referred_on": started, "started_on": started, "by": responsible, "person__given_name": "Fatima"}
    return factories.CaseFactory(programme=programme, unit=pitea, **told)


@pytest.fixture
def workplace(db):
    place = Municipality.objects.get(pk=factories.PITEA)
    return register_workplace(employer_name="Bageriet", sector="private", name="Köket", municipality=place)


@pytest.fixture
def analysis(workplace, pitea):
    told = {"made_on": TODAY - timedelta(days=100), "holds_until": TODAY + timedelta(days=100), "tasks": "Baka"}
    return keep_analysis(workplace=workplace, unit=pitea, by=None, **told)


@pytest.fixture
def planned(case, workplace, programme):
    kind = programme.kinds.get(code="praktik")
    told = {"from_on": TODAY - timedelta(days=20), "until": TODAY + timedelta(days=40), "tasks": "Baka bröd"}
    return actions.plan_placement(case=case, workplace=workplace, kind=kind, **told)


@pytest.fixture
def running(planned, analysis):
    actions.start_placement(placement=planned, on=planned.from_on)
    return planned


def state(placement) -> str:
    return Placement.objects.get(pk=placement.pk).state


def page_of(client, placement) -> str:
    return client.get(reverse("placement_detail", args=[placement.pk])).content.decode()


def test_placement_is_found_planned_and_begins_with_what_the_analysis_says(
    client, case, workplace, analysis, programme
):
    address = reverse("placement_new", args=[case.pk])
    found = client.get(address, {"q": "bager"}).content.decode()
    assert f"?workplace={workplace.pk}" in found
    form = client.get(f"{address}?workplace={workplace.pk}").content.decode()
    assert "Baka" in form
    kind = programme.kinds.get(code="praktik")
    sent = client.post(f"{address}?workplace={workplace.pk}", {"kind": kind.pk, "from_on": "imorgon", "tasks": "Baka"})
    placement = case.placements.get()
    assert (sent.status_code, placement.state, placement.from_on) == (302, "planned", TODAY + DAY)


def test_internship_without_an_analysis_is_refused_with_where_to_make_one(client, planned):
    answer = client.post(reverse("placement_start", args=[planned.pk]), {"on": "idag", "without_analysis": ""})
    assert (answer.status_code, b"Make one, or write why" in answer.content, state(planned)) == (422, True, "planned")
    told = {"on": "idag", "without_analysis": "Arbetsplatsen är stängd för besök"}
    assert client.post(reverse("placement_start", args=[planned.pk]), told).status_code == 302
    kept = Placement.objects.get(pk=planned.pk)
    assert (kept.state, kept.analysis, kept.without_analysis) == ("running", None, told["without_analysis"])


def test_database_refuses_a_placement_without_an_analysis(planned):
    with pytest.raises(IntegrityError, match="placement_has_analysis"), transaction.atomic():
        Placement.objects.filter(pk=planned.pk).update(state="running", began_on=TODAY)


def test_analysis_that_has_ended_does_not_hold(planned, analysis):
    analysis.holds_until = TODAY - timedelta(days=50)
    analysis.save()
    with pytest.raises(Refused, match="No workplace analysis holds"), transaction.atomic():
        actions.start_placement(placement=planned, on=planned.from_on)


def test_reason_can_be_written_where_the_analysis_ends_before_the_day_that_it_began(client, planned, analysis):
    analysis.holds_until = planned.from_on
    analysis.save()
    address, told = reverse("placement_start", args=[planned.pk]), {"on": "idag"}
    assert b"start_without_analysis" in client.post(address, told).content
    assert client.post(address, {**told, "without_analysis": "Samma kök som förut"}).status_code == 302
    assert state(planned) == "running"


def test_employment_begins_without_an_analysis(case, workplace, programme):
    kind = programme.kinds.get(code="praktik")
    kind.counts_as = CountsAs.EMPLOYMENT
    kind.save()
    assert actions.begin_placement(case=case, workplace=workplace, kind=kind, on=TODAY).state == "running"


def test_placement_rests_on_the_analysis_that_held_when_it_began(running, analysis, client):
    assert running.analysis == analysis
    assert reverse("analysis_detail", args=[analysis.pk]) in page_of(client, running)


def test_course_goes_by_the_table_of_states_and_no_other_way(case, workplace, programme):
    """Every action from every state: it leads where the table says, or is refused and leaves all as it was."""
    kind, days = programme.kinds.get(code="praktik"), iter(range(2000))
    stop = {"stopped_by": StoppedBy.TOGETHER, "stopped_why": "Prov"}
    acts = {
        "start_placement": lambda p: actions.start_placement(placement=p, on=p.from_on, without_analysis="Prov"),
        "call_off": lambda p: actions.call_off(placement=p, **stop),
        "pause_placement": lambda p: actions.pause_placement(placement=p),
        "resume_placement": lambda p: actions.resume_placement(placement=p),
        "complete_placement": lambda p: actions.complete_placement(placement=p, on=p.from_on),
        "stop_placement": lambda p: actions.stop_placement(placement=p, on=p.from_on, **stop),
    }
    table = {(before, name): after for before, name, after in TRANSITIONS}
    for before in PlacementState:
        for name, act in acts.items():
            Placement.objects.filter(case=case).delete()
            first = case.started_on + timedelta(days=next(days) % 40)
            told = {"began_on": first} if before in {"running", "paused", "completed", "ended_early"} else {}
            told |= {"ended_on": first} if before in {"completed", "ended_early"} else {}
            told |= {"stopped_by": "together"} if before in {"ended_early", "not_started"} else {}
            row = Placement.objects.create(
                case=case, workplace=workplace, kind=kind, from_on=first, state=before, without_analysis="Prov", **told
            )
            try:
                with transaction.atomic():
                    act(row)
            except Refused:
                assert (before, name) not in table
                assert state(row) == before
            else:
                assert state(row) == table[before, name]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30) | st.none()), min_size=2, max_size=5))
def test_placements_never_overlap_whatever_is_planned(case, workplace, programme, spans):
    kind = programme.kinds.get(code="praktik")
    with transaction.atomic():
        for first, length in spans:
            begins = case.started_on + timedelta(days=first)
            until = None if length is None else begins + timedelta(days=length)
            told = {"case": case, "workplace": workplace, "kind": kind}
            with suppress(Refused), transaction.atomic():
                actions.plan_placement(**told, from_on=begins, until=until)
        rows = [(row.from_on, row.until or date.max) for row in case.placements.all()]
        assert all(a == b or not (a[0] < b[1] and b[0] < a[1]) for a in rows for b in rows)
        assert rows
        transaction.set_rollback(True)


def test_placement_that_was_called_off_stands_in_nobodys_way(planned, case, workplace, programme):
    actions.call_off(placement=planned, stopped_by=StoppedBy.EMPLOYER, stopped_why="Semesterstängt")
    told = {"from_on": planned.from_on, "kind": planned.kind}
    assert actions.plan_placement(case=case, workplace=workplace, **told).state == "planned"


def test_end_before_its_time_says_on_whose_wish_and_why(client, running):
    address = reverse("placement_stop", args=[running.pk])
    assert client.post(address, {"on": "idag"}).status_code == 422
    told = {"on": "idag", "stopped_by": "employer", "stopped_why": "Ingen handledare kvar"}
    assert client.post(address, told).status_code == 302
    assert "The workplace: Ingen handledare kvar" in page_of(client, running)
    with pytest.raises(IntegrityError, match="placement_stopped_says_by_whom"), transaction.atomic():
        Placement.objects.filter(pk=running.pk).update(stopped_by="")


def test_agreement_is_signed_by_three_and_then_agreed(client, planned):
    address = reverse("agreement_sign", args=[planned.pk])
    for party in Party:
        assert state(planned) == "planned"
        sent = {"party": party, "how": "paper", "on": "idag", "name": "Prov"}
        assert client.post(address, sent).status_code == 302
    assert state(planned) == "agreed"


def test_what_was_signed_is_signed_anew_when_it_changes_and_stays_when_nothing_does(client, planned):
    for party in Party:
        actions.sign_agreement(placement=planned, party=party, how=SignedBy.PAPER, on=TODAY)
    address = reverse("placement_change", args=[planned.pk])
    told = {"from_on": planned.from_on, "until": planned.until, "tasks": "Baka bröd"}
    assert client.post(address, told).status_code == 302
    assert (state(planned), planned.signatures.count()) == ("agreed", 3)
    assert client.post(address, {**told, "tasks": "Sälja bröd"}).status_code == 302
    assert (state(planned), planned.signatures.count()) == ("planned", 0)


def test_agreement_is_a_pdf_in_swedish(client, planned):
    answer = client.get(reverse("agreement_pdf", args=[planned.pk]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in ("Överenskommelse", "Fatima", "Baka bröd", "Bageriet"):
        assert words in text


def link(client, placement, purpose) -> str:
    page = client.post(reverse("link_give", args=[placement.pk, purpose])).content.decode()
    return re.search(r"/at-work/([a-z0-9-]+)/", page)[1]


def test_workplace_sees_nothing_until_the_participant_says_yes(client, phone, planned):
    answer = client.post(reverse("link_give", args=[planned.pk, "agreement"]), follow=True)
    assert b"Ask the participant first" in answer.content
    assert not planned.links.exists()
    client.post(reverse("workplace_show", args=[planned.pk]))
    token = link(client, planned, "agreement")
    shown = phone.get(reverse("link_open", args=[token])).content.decode()
    assert [word in shown for word in ("Fatima", "Baka bröd", "Köket, Bageriet")] == [True] * 3
    person = planned.case.person
    hidden = (person.family_name, person.identity_number, planned.case.number, planned.case.programme.names["sv"])
    assert [word for word in hidden if word in shown] == []
    # Each opening is counted, and what is taken back ends the link at once.
    assert PlacementLink.objects.get().opened == 1
    client.post(reverse("workplace_show", args=[planned.pk]))
    assert phone.get(reverse("link_open", args=[token])).status_code == 404


def test_workplace_signs_by_link_once(client, phone, planned):
    for party in (Party.PARTICIPANT, Party.UNIT):
        actions.sign_agreement(placement=planned, party=party, how=SignedBy.PAPER, on=TODAY)
    actions.show_workplace(placement=planned, on=TODAY)
    address = reverse("link_open", args=[link(client, planned, "agreement")])
    assert phone.post(address, {"name": ""}).status_code == 422
    assert b"is signed for the workplace" in phone.post(address, {"name": "Kim Provsson"}).content
    phone.post(address, {"name": "Någon annan"})
    signature = planned.signatures.get(party="employer")
    assert (state(planned), signature.name, signature.how) == ("agreed", "Kim Provsson", "link")


def test_supervisor_says_by_link_how_it_went_and_the_participant_may_say_it_otherwise(client, phone, running):
    actions.complete_placement(placement=running, on=TODAY)
    actions.show_workplace(placement=running, on=TODAY)
    address = reverse("link_open", args=[link(client, running, "assessment")])
    said = {"went_well": "Kommer i tid", "was_hard": "", "hours_missed": "4", "would": "yes"}
    assert phone.post(address, {**said, "would": ""}).status_code == 422
    assert b"Your answers are sent" in phone.post(address, said).content
    phone.post(address, {**said, "went_well": "Ändrat"})
    told = {"went_well": "Lärde mig mycket", "would": "perhaps", "agrees": "false"}
    assert client.post(reverse("assessment_keep", args=[running.pk, "participant"]), told).status_code == 302
    supervisor, participant = (running.assessments.get(voice=voice) for voice in Voice)
    assert (supervisor.went_well, supervisor.hours_missed, supervisor.would) == ("Kommer i tid", 4, "yes")
    assert (participant.agrees, participant.would) == (False, "perhaps")
    page = page_of(client, running)
    assert "Kommer i tid" in page
    assert "Lärde mig mycket" in page


@pytest.mark.parametrize("why", ["expired", "guessed", "replaced"])
def test_links_that_open_nothing_look_alike(client, phone, planned, why):
    actions.show_workplace(placement=planned, on=TODAY)
    token = actions.give_link(placement=planned, purpose=Purpose.AGREEMENT, on=TODAY)
    if why == "expired":
        PlacementLink.objects.update(sent_on=TODAY - timedelta(days=61))
    if why == "guessed":
        token = "aaaa-bbbb-cccc-dddd"
    if why == "replaced":
        actions.give_link(placement=planned, purpose=Purpose.AGREEMENT, on=TODAY)
    for answer in (phone.get(reverse("link_open", args=[token])), phone.post(reverse("link_open", args=[token]))):
        assert (answer.status_code, b"This link opens nothing" in answer.content) == (404, True)
    assert not Signature.objects.filter(placement=planned).exists()


def test_name_of_a_protected_participant_is_not_shown_by_link(client, phone, planned):
    actions.show_workplace(placement=planned, on=TODAY)
    token = actions.give_link(placement=planned, purpose=Purpose.AGREEMENT, on=TODAY)
    person = planned.case.person
    person.protection = "confidentiality_mark"
    person.save()
    assert "Fatima" not in phone.get(reverse("link_open", args=[token])).content.decode()


def test_follow_ups_come_after_three_ten_and_thirty_days_and_then_monthly(client, running, responsible):
    began = running.began_on
    assert next_visit(running) == began + timedelta(days=3)
    told = {"on": began + timedelta(days=4), "way": "visit", "workplace_says": "Bra", "participant_says": "Trivs"}
    assert client.post(reverse("visit_keep", args=[running.pk]), told).status_code == 302
    assert next_visit(Placement.objects.get(pk=running.pk)) == began + timedelta(days=11)
    for day in (11, 15):
        how = {"way": VisitWay.PHONE, "by": responsible, "today": TODAY}
        actions.visit(placement=running, on=began + timedelta(days=day), **how)
    assert next_visit(Placement.objects.get(pk=running.pk)) == began + timedelta(days=45)
    assert "Trivs" in page_of(client, running)


@pytest.mark.parametrize("on", ["imorgon", "2001-01-01"])
def test_follow_up_lies_within_the_placement_and_has_been(client, running, on):
    answer = client.post(reverse("visit_keep", args=[running.pk]), {"on": on, "way": "visit", "agreed": "Sagt"})
    assert (answer.status_code, b"Sagt" in answer.content, running.visits.exists()) == (422, True, False)


def test_placement_and_what_hangs_on_it_are_its_units_alone(
    client, running, responsible, colleague, stranger, manager, sign_in
):
    how = {"way": VisitWay.PHONE, "by": responsible, "today": TODAY}
    actions.visit(placement=running, on=TODAY, **how)
    actions.assess(placement=running, voice=Voice.PARTICIPANT, on=TODAY, would="yes")
    Signature.objects.create(placement=running, party="unit", how="paper", on=TODAY)
    for user, sees, hangs in ((responsible, 1, 1), (colleague, 0, 0), (stranger, 0, 0), (manager, 1, 0)):
        with acting_as(user.pk):
            assert Placement.objects.filter(pk=running.pk).count() == sees, user
            own = (Visit, Assessment, Signature)
            assert [model.objects.filter(placement=running).count() for model in own] == [hangs] * 3, user
    for user in (colleague, stranger):
        assert sign_in(user).get(reverse("placement_detail", args=[running.pk])).status_code == 404


def test_list_asks_as_often_for_many_placements_as_for_one(client, programme, pitea, workplace, responsible):
    address = reverse("placement_list", args=[programme.pk])
    kind = programme.kinds.get(code="praktik")

    def more(count: int) -> None:
        for _n in range(count):
            case = factories.CaseFactory(programme=programme, unit=pitea, started=True, by=responsible)
            actions.plan_placement(case=case, workplace=workplace, kind=kind, from_on=case.started_on)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    more(1)
    asked()
    before = asked()
    more(5)
    assert asked() == before


@pytest.mark.parametrize(
    ("told", "found"), [({"q": "bager"}, True), ({"q": "smedja"}, False), ({"state": "running"}, False)]
)
def test_list_is_narrowed(client, planned, told, found):
    page = client.get(reverse("placement_list", args=[planned.case.programme_id]), told).content.decode()
    assert ("Köket, Bageriet" in page) is found
