"""Every address x every kind of user, as tests/access/expected.py declares it (figures S1 and S2)."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.core.models import Heartbeat
from lotsen.core.privacy import own_models
from lotsen.employers.models import EmployerImport, ImportRow
from lotsen.funding.models import SampleItem
from lotsen.notes.models import Snippet
from lotsen.people.enums import Protection
from lotsen.people.models import NamedReader, Person
from lotsen.placements.models import Opening, TrainingOffer
from lotsen.plans.models import PlanGoal
from lotsen.programmes.models import Programme, ProgrammeQuerySet
from lotsen.questionnaires.queries import newest_by_code
from lotsen.records.models import LogReview
from lotsen.referrals.enums import ReferralState
from lotsen.referrals.models import Referral
from lotsen.reports.enums import ReportState, Section
from lotsen.reports.models import Report, ReportFile, ReportQuerySet, ReportText
from lotsen.reports.queries import report_content
from lotsen.worklist.models import Selection
from tests import factories
from tests.access.expected import EXPECTED, SENT, WHO, WITH_UNIT, expected
from tests.addresses import addresses

NOTHING: dict[str, list[str]] = {who: [] for who in WHO}
#: A list that can also be had as a file links to it.
FILES = ("?export=csv", "?export=xlsx")

#: Family names and case numbers that occur nowhere else, by the unit that they belong to.
NAMES = {"pitea": "Zpiteasson", "arvidsjaur": "Zarvidsson", "alvsbyn": "Zalvsson"}
NUMBERS = {"pitea": "ZPITEA1", "arvidsjaur": "ZARVID1", "alvsbyn": "ZALVS1"}
#: Whose names and numbers each kind of user may meet. Who looks over a programme meets numbers, never names.
OWN_NAMES = {
    **{key: {"pitea"} for key in ("coach", "unit_manager", "told")},
    "coach_arvidsjaur": {"arvidsjaur"},
    "coach_alvsbyn": {"alvsbyn"},
}
OWN_NUMBERS = {
    **OWN_NAMES,
    "manager": {"pitea", "arvidsjaur"},
    "evaluator": {"pitea", "arvidsjaur"},
    "manager_alvsbyn": {"alvsbyn"},
}


#: The other arguments of addresses.
OTHERS = {
    "section": "summary",
    "code": "participants",
    "by": "sex",
    "asked": "placed",
    "format": "pdf",
    "token": factories.TOKEN,
    "number": 1,
    "purpose": "assessment",
    "voice": "supervisor",
    "day": 90,
    # The month of the whole case's session.
    "year": 2026,
    "month": 4,
}


@pytest.fixture
def planted(programme: Programme, pitea: Unit, arvidsjaur: Unit, alvsbyn: Unit) -> dict[str, Case]:
    """Return a whole case of each unit, with a name and a number that are found again in any page."""
    other = factories.ProgrammeFactory(lead_unit=alvsbyn)
    places = {"pitea": (programme, pitea), "arvidsjaur": (programme, arvidsjaur), "alvsbyn": (other, alvsbyn)}
    return {
        place: factories.whole_case(
            programme=of, unit=unit, number=NUMBERS[place], person__family_name=NAMES[place], person__unit=unit
        )
        for place, (of, unit) in places.items()
    }


@pytest.fixture
def report(request: pytest.FixtureRequest, programme: Programme) -> Report:
    """Return a made report of the programme. Its figures are counted where a page shows them: that takes a while."""
    ReportText.objects.bulk_create(ReportText(programme=programme, section=section, body="Text") for section in Section)
    day = date(2026, 10, 1)
    asked = getattr(request.node, "callspec", None)
    is_shown = asked is None or str(asked.params.get("name", "report")).startswith("report")
    content = report_content(programme, day, day) if is_shown else {}
    report = Report.objects.create(programme=programme, as_of=day, state=ReportState.MADE, content=content)
    ReportFile.objects.create(report=report, format="pdf", data=b"%PDF-1.7")
    return report


@pytest.fixture
def people(
    pitea: Unit, responsible: User, colleague: User, stranger: User, manager: User, evaluator: User, alvsbyn: Unit
) -> dict[str, User | None]:
    """Return somebody of each kind."""
    other_manager = factories.staff(alvsbyn, Role.PROGRAMME_MANAGER)
    auditor = factories.staff(pitea, Role.AUDITOR)
    administrator = factories.staff(pitea, Role.ADMINISTRATOR)
    unit_manager = factories.staff(pitea, Role.UNIT_MANAGER)
    told = factories.staff(factories.UnitFactory())
    them = (None, responsible, colleague, stranger, manager, other_manager, evaluator, auditor, administrator)
    them = (*them, unit_manager, told)
    for user in them[1:]:
        # Signed in once: that costs as much as a page.
        user.client = Client()
        user.client.force_login(user)
    return dict(zip(WHO, them, strict=True))


@pytest.fixture
def account(pitea: Unit) -> dict[str, UUID]:
    """Return an account of Piteå, its role and an invitation, by the first word of their addresses."""
    user = factories.staff(pitea)
    invitation = factories.InvitationFactory(unit=pitea, invited_by=user)
    return {"accounts": user.pk, "roles": user.memberships.get().pk, "invitations": invitation.pk}


@pytest.fixture
def kept(planted: dict[str, Case], pitea: Unit) -> dict[str, UUID]:
    """Return a hold, an erasure and a review of Piteå, by the first word of their addresses."""
    person, by = planted["pitea"].person, factories.UserFactory()
    day = {"since": date(2026, 1, 1), "until": date(2026, 1, 31)}
    review = LogReview.objects.create(
        organisation=pitea.organisation, readings=0, begun_by=by, begun_at=timezone.now(), **day
    )
    Heartbeat.objects.update_or_create(name="nightly", defaults={"at": timezone.now()})
    return {
        "holds": person.holds.get().pk,
        "erasures": person.erasure_items.get().erasure_id,
        "reviews": review.pk,
        "meetings": person.agenda_items.get().meeting_id,
        "agenda": person.agenda_items.get().pk,
        "units": pitea.pk,
    }


@pytest.fixture
def surveys(planted: dict[str, Case]) -> dict[str, UUID]:
    """Return a survey, a questionnaire and a board of the programme, by the first word of their addresses."""
    case = planted["pitea"]
    board = factories.board_of(case.programme)
    return {
        "boards": board.pk,
        "notes": board.notes.get().pk,
        "measures": board.measures.get().pk,
        "surveys": case.programme.waves.get(recipients__case=case).pk,
        "questionnaires": newest_by_code("distance").questionnaire_id,
    }


@pytest.fixture
def casework(planted: dict[str, Case], people: dict[str, User | None]) -> dict[str, UUID]:
    """Return what a coach works with in Piteå's case, by the first word of its addresses."""
    case, coach = planted["pitea"], people["coach"]
    goal = PlanGoal.objects.get(plan=case.plans.get(agreed_on=None))
    note = case.notes.create(written_by=coach, on=date(2026, 5, 4), body="Prov")
    named = {"given_name": "Prov", "family_name": NAMES["pitea"]}
    return {
        "members": case.team.get().pk,
        "written": note.pk,
        "appointments": case.appointments.get().pk,
        "referrals": factories.ReferralFactory(programme=case.programme, unit=case.unit, **named).pk,
        "competences": case.competences.get().pk,
        "references": case.references.get().pk,
        "plans": goal.plan_id,
        "goals": goal.pk,
        "actions": goal.actions.get().pk,
        "activities": case.enrolments.get().activity_id,
        "employers": case.placements.get().workplace.employer_id,
        "placements": case.placements.get().pk,
        "workplaces": case.placements.get().workplace_id,
        "people-met": case.placements.get().workplace.people.get().pk,
        "analyses": case.placements.get().workplace.analyses.get().pk,
        "imports": EmployerImport.objects.get(unit=case.unit).pk,
        "import-rows": ImportRow.objects.get(batch__unit=case.unit).pk,
        "openings": Opening.objects.get(unit=case.unit).pk,
        "decisions": case.match_decisions.get().pk,
        "shown-lists": case.shown_lists.get().pk,
        "training": TrainingOffer.objects.get(unit=case.unit).pk,
        "employments": case.employments.get().pk,
        "wishes": case.wishes.get().pk,
        "materials": case.programme.materials.get().pk,
        "certified": case.certified_months.get().pk,
        "files": case.file_rows.get().file_id,
        "payments": case.programme.payments.get().pk,
        "drawn": SampleItem.objects.get(certified__case=case).pk,
        "staff-hours": factories.worked(case, coach).pk,
        "enrolments": case.enrolments.get().pk,
        "tasks": case.attendances.get().session.tasks.get().pk,
        "sessions": case.attendances.get().session_id,
        "snippets": Snippet.objects.create(unit=case.unit, name="Prov", body="Prov").pk,
        "selections": Selection.objects.create(user=coach, name="Prov", query="late=1").pk,
    }


@pytest.fixture
def address_of(
    programme: Programme,
    planted: dict[str, Case],
    report: Report,
    account: dict[str, UUID],
    kept: dict[str, UUID],
    surveys: dict[str, UUID],
    casework: dict[str, UUID],
    people: dict[str, User | None],
) -> Callable[[str], str]:
    """Give a function that fills the arguments of an address: the object by the first word of the route."""
    case = planted["pitea"]
    told = people["told"]
    unit = told and told.memberships.get().unit
    factories.consent_to(unit, case.person, factories.UserFactory(), from_unit=case.unit, purpose="told")
    reader = NamedReader.objects.get(person=case.person)
    objects = {
        "projects": programme.pk,
        "cases": case.pk,
        "reports": report.pk,
        "persons": case.person_id,
        "consents": case.person.consents.exclude(purpose="told").get().pk,
        "mergings": case.person.mergings.get().pk,
        "readers": reader.pk,
        "protected": reader.pk,
        # A security key that nobody has.
        "account": 1,
        **surveys,
        **casework,
        **account,
        **kept,
    }
    others = {**OTHERS, "opening": casework["openings"], "other": case.person_id, "user": people["coach"].pk}
    others["kept"] = planted["alvsbyn"].placements.get().workplace.employer_id
    sent, draft = (case.responses.get(completed_on__isnull=is_draft).pk for is_draft in (False, True))

    def filled(name: str) -> str:
        (address,) = (each for each in addresses() if each.name == name)
        responses = {"responses": sent if name == "response_detail" else draft}
        # A section of a questionnaire is named by its place, one of a report by its heading.
        sections = {"section": 0} if name.startswith("question_") else {}
        of = {**others, **sections, "pk": {**objects, **responses}.get(address.route.split("/")[0])}
        return reverse(name, kwargs={argument: of[argument] for argument in address.arguments})

    return filled


def ask(user: User | None, method: str, url: str, name: str) -> HttpResponse:
    """Send one request as a user."""
    client = getattr(user, "client", None) or Client()
    if user and not hasattr(user, "client"):
        client.force_login(user)
        user.client = client
    if method == "GET":
        return client.get(url)
    unit = {"unit": user.memberships.get().unit_id} if user and name in WITH_UNIT else {}
    return client.post(url, {"sent": "1", **SENT.get(name, {}), **unit})


def body(response: HttpResponse) -> str:
    """Return all text of an answer, also of a spreadsheet."""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(part) for part in book.namelist())
    return content.decode(errors="replace") + str(response.headers)


def foreign_words(who: str) -> list[str]:
    """Return what a kind of user must never meet."""
    names = [word for place, word in NAMES.items() if place not in OWN_NAMES.get(who, set())]
    return names + [word for place, word in NUMBERS.items() if place not in OWN_NUMBERS.get(who, set())]


def shown(user: User | None, method: str, url: str, name: str) -> tuple[int, str]:
    """Return the status that a user gets of an address, and all that it shows: the page, and the files it offers."""
    answer = ask(user, method, url, name)
    page = body(answer)
    files = FILES if "export=csv" in page else ()
    return answer.status_code, page + "".join(body(ask(user, method, url + file, name)) for file in files)


def foreign_in(pages: dict[str, tuple[int, str]]) -> dict[str, list[str]]:
    """Return the foreign names and numbers that each kind of user meets."""
    return {who: [word for word in foreign_words(who) if word in text] for who, (_status, text) in pages.items()}


def test_matrix_names_every_address() -> None:
    declared = {name for name, _method in EXPECTED}
    assert declared == {address.name for address in addresses()}, (
        "Say in tests/access/expected.py who gets the page, and who does not."
    )


@contextmanager
def undone() -> Iterator[None]:
    """Let what happens inside never have been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def forget_filters(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give a function that lets every `visible_to` return everything, as a page would that forgot to ask it."""
    querysets = {type(model._default_manager.all()) for model in own_models()}
    filtering = {queryset for queryset in querysets if hasattr(queryset, "visible_to")}
    assert {CaseQuerySet, ProgrammeQuerySet, ReportQuerySet} <= filtering

    def forget() -> None:
        for queryset in filtering:
            monkeypatch.setattr(queryset, "visible_to", lambda self, _user: self.all())

    return forget


@pytest.mark.parametrize("name", sorted({name for name, _method in EXPECTED}))
def test_matrix_opens_each_page_to_those_who_may_and_shows_no_foreign_name(
    name: str,
    people: dict[str, User | None],
    address_of: Callable[[str], str],
    forget_filters: Callable[[], None],
) -> None:
    """First as it is; then once more with every filter forgotten, when only the database draws the line."""
    url = address_of(name)
    methods = [method for method in ("GET", "POST") if (name, method) in EXPECTED]
    for method in methods:
        with undone():
            pages = {who: shown(user, method, url, name) for who, user in people.items()}
            assert {who: status for who, (status, _text) in pages.items()} == expected(name, method)
            assert foreign_in(pages) == NOTHING
    forget_filters()
    for method in methods:
        # Who lacks the permission has been turned away before any row is asked for.
        status = expected(name, method)
        reaching = {who: user for who, user in people.items() if status[who] != 403}
        with undone():
            pages = {who: shown(user, method, url, name) for who, user in reaching.items()}
            assert foreign_in(pages) == {who: [] for who in reaching}


def test_matrix_shows_nobody_a_protected_person(
    planted: dict[str, Case], people: dict[str, User | None], address_of: Callable[[str], str]
) -> None:
    """The coach of the unit, the manager, the told: everybody is a stranger now, on every page and in every file."""
    Person.objects.filter(pk=planted["pitea"].person_id).update(protection=Protection.CONFIDENTIALITY_MARK)
    hidden = (NAMES["pitea"], NUMBERS["pitea"])
    # It is of nobody who is known, and its form says that a protected identity is not written there.
    Referral.objects.filter(state=ReferralState.WAITING).update(given_name="Prov", family_name="Prov")
    found = []
    for name, method in EXPECTED:
        # What a button does would change what the next page shows.
        if method == "GET" or name == "case_search":
            for who, user in people.items():
                _status, text = shown(user, method, address_of(name), name)
                found += [(name, who, word) for word in hidden if word in text]
    assert found == []


def test_matrix_shows_a_named_reader_the_protected_person(
    planted: dict[str, Case], people: dict[str, User | None], address_of: Callable[[str], str]
) -> None:
    case = planted["pitea"]
    Person.objects.filter(pk=case.person_id).update(protection=Protection.CONFIDENTIALITY_MARK)
    NamedReader.objects.create(person=case.person, unit=case.unit, user=people["coach"], named_by=people["coach"])
    text = body(ask(people["coach"], "GET", address_of("case_detail"), "case_detail"))
    assert NAMES["pitea"] in text


def test_matrix_does_forget_every_filter(
    people: dict[str, User | None], address_of: Callable[[str], str], forget_filters: Callable[[], None]
) -> None:
    """The page opens to a stranger, and only the rows stay away."""
    forget_filters()
    name = "case_list"
    assert ask(people["coach_alvsbyn"], "GET", address_of(name), name).status_code == 200


def test_matrix_would_find_a_foreign_name(people: dict[str, User | None], address_of: Callable[[str], str]) -> None:
    """The markers do stand on the pages of those who may see them."""
    url = address_of("case_list")
    text = body(ask(people["coach"], "GET", url, "case_list"))
    assert [NAMES["pitea"] in text, NAMES["arvidsjaur"] in text] == [True, False]
    text = body(ask(people["manager"], "GET", f"{url}?export=xlsx", "case_list"))
    assert [NUMBERS["pitea"] in text, NAMES["pitea"] in text] == [True, False]
