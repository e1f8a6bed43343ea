"""Who gets which page: every address x every kind of user, declared in one table (figures S1 and S2).

302: sign in first. 403: a colleague without the right. 404: not yours, as if it were not. The permission is asked
first, so a role without it gets 403 whatever the object.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.cases.models import Case, CaseQuerySet
from lotsen.core.privacy import own_models
from lotsen.people.models import NamedReader
from lotsen.programmes.models import Programme, ProgrammeQuerySet
from lotsen.reports.enums import ReportState, Section
from lotsen.reports.models import Report, ReportFile, ReportQuerySet, ReportText
from lotsen.reports.queries import report_content
from tests import factories
from tests.addresses import addresses

#: The kinds of user, in the order of the columns below. The programme is led by Piteå; Arvidsjaur takes part in it;
#: Älvsbyn has a programme of its own. The case and its person are Piteå's.
WHO = (
    *("nobody", "coach", "coach_arvidsjaur", "coach_alvsbyn", "manager", "manager_alvsbyn"),
    *("evaluator", "auditor", "administrator"),
)

EVERYBODY = (200,) * 9
NOT_BY_GET = (405,) * 9
SIGNED_IN = (302, *(200,) * 8)
OF_CASEWORK = (302, *(200,) * 6, 403, 403)
OF_PROGRAMME = (302, 200, 200, 404, 200, 404, 200, 403, 403)
OF_CASE = (302, 200, 404, 404, 200, 404, 200, 403, 403)
OF_PERSON = (302, 200, 404, 404, 404, 404, 404, 403, 403)
KEPT_BY_UNITS = (302, 200, 200, 200, *(403,) * 5)
OF_OWN_PERSON = (302, 200, 404, 404, *(403,) * 5)
DONE_TO_OWN_PERSON = (302, 302, 404, 404, *(403,) * 5)
BUTTON_OF_UNITS = (302, 405, 405, 405, *(403,) * 5)
AUDITED = (302, *(403,) * 6, 200, 403)
ADMINISTERING = (302, *(403,) * 7, 200)
ADMINISTERED = (302, *(403,) * 7, 302)
ADMINISTERING_POST_ONLY = (302, *(403,) * 7, 405)
OF_REPORT = (302, 403, 403, 403, 200, 404, 200, 403, 403)
WRITING = (302, 403, 403, 403, 200, 404, 403, 403, 403)
WRITTEN = (302, 403, 403, 403, 302, 404, 403, 403, 403)
POST_ONLY = (302, 403, 403, 403, 405, 405, 403, 403, 403)

EXPECTED: dict[tuple[str, str], tuple[int, ...]] = {
    ("alive", "GET"): EVERYBODY,
    ("language", "GET"): NOT_BY_GET,
    ("language", "POST"): (302,) * 9,
    ("account_login", "GET"): (200, *(302,) * 8),
    ("account_logout", "GET"): SIGNED_IN,
    # Not there without an identity provider; with one, tests/access/test_oidc.py and test_saml.py go through them.
    ("provider_login", "GET"): (404,) * 9,
    ("oidc_callback", "GET"): (404,) * 9,
    ("saml_acs", "POST"): (404,) * 9,
    ("saml_finish", "GET"): (404,) * 9,
    ("saml_metadata", "GET"): (404,) * 9,
    ("account_reauthenticate", "GET"): SIGNED_IN,
    ("password_change", "GET"): SIGNED_IN,
    # Only between the two steps of signing in.
    ("mfa_authenticate", "GET"): (302,) * 9,
    ("mfa_reauthenticate", "GET"): (302,) * 9,
    ("mfa_index", "GET"): SIGNED_IN,
    # Asks for the password first.
    ("mfa_activate_totp", "GET"): (302,) * 9,
    ("mfa_deactivate_totp", "GET"): (302, *(404,) * 8),
    ("mfa_reauthenticate_webauthn", "GET"): (302,) * 9,
    ("mfa_add_webauthn", "GET"): (302,) * 9,
    ("security_key_rename", "GET"): (302,) * 9,
    ("security_key_remove", "GET"): (302, *(404,) * 8),
    ("security_key_remove", "POST"): (302, *(404,) * 8),
    ("mfa_view_recovery_codes", "GET"): (302, *(404,) * 8),
    ("mfa_generate_recovery_codes", "GET"): (302,) * 9,
    ("usersessions_list", "GET"): SIGNED_IN,
    ("user_list", "GET"): ADMINISTERING,
    ("user_detail", "GET"): ADMINISTERING,
    ("role_give", "GET"): ADMINISTERING_POST_ONLY,
    ("role_give", "POST"): ADMINISTERED,
    ("role_take", "GET"): ADMINISTERING_POST_ONLY,
    ("role_take", "POST"): ADMINISTERED,
    ("user_deactivate", "GET"): ADMINISTERING_POST_ONLY,
    ("user_deactivate", "POST"): ADMINISTERED,
    ("user_reactivate", "GET"): ADMINISTERING_POST_ONLY,
    ("user_reactivate", "POST"): ADMINISTERED,
    ("second_factor_reset", "GET"): ADMINISTERING_POST_ONLY,
    ("second_factor_reset", "POST"): ADMINISTERED,
    ("invitation_list", "GET"): ADMINISTERING,
    ("invitation_list", "POST"): ADMINISTERED,
    ("invitation_resend", "GET"): ADMINISTERING_POST_ONLY,
    ("invitation_resend", "POST"): ADMINISTERED,
    ("invitation_withdraw", "GET"): ADMINISTERING_POST_ONLY,
    ("invitation_withdraw", "POST"): ADMINISTERED,
    # The address is the secret.
    ("invitation_accept", "GET"): EVERYBODY,
    ("start", "GET"): (302,) * 9,
    ("programme_list", "GET"): OF_CASEWORK,
    ("programme_overview", "GET"): OF_PROGRAMME,
    ("indicator_list", "GET"): OF_PROGRAMME,
    ("indicator_detail", "GET"): OF_PROGRAMME,
    ("indicator_members", "GET"): OF_PROGRAMME,
    ("person_detail", "GET"): OF_PERSON,
    ("person_number", "GET"): (302, 405, 405, 405, 405, 405, 405, 403, 403),
    ("person_number", "POST"): OF_PERSON,
    ("person_protection", "GET"): OF_OWN_PERSON,
    ("person_protection", "POST"): DONE_TO_OWN_PERSON,
    ("protection_end", "GET"): BUTTON_OF_UNITS,
    ("protection_end", "POST"): DONE_TO_OWN_PERSON,
    ("reader_dismiss", "GET"): BUTTON_OF_UNITS,
    ("reader_dismiss", "POST"): DONE_TO_OWN_PERSON,
    ("consent_new", "GET"): OF_OWN_PERSON,
    ("consent_new", "POST"): (302, 422, 404, 404, 403, 403, 403, 403, 403),
    ("consent_list", "GET"): OF_CASEWORK,
    ("consent_form", "GET"): KEPT_BY_UNITS,
    ("consent_withdraw", "GET"): OF_OWN_PERSON,
    ("consent_withdraw", "POST"): DONE_TO_OWN_PERSON,
    ("emergency_list", "GET"): KEPT_BY_UNITS,
    ("emergency_list", "POST"): (302, 422, 422, 422, 403, 403, 403, 403, 403),
    ("emergency_review", "GET"): BUTTON_OF_UNITS,
    # None of these manages a unit; tests/people/test_views.py has one who does.
    ("emergency_review", "POST"): (302, 404, 404, 404, 403, 403, 403, 403, 403),
    ("reading_list", "GET"): AUDITED,
    ("case_search", "GET"): OF_CASEWORK,
    ("case_search", "POST"): OF_CASEWORK,
    ("case_list", "GET"): OF_PROGRAMME,
    ("case_detail", "GET"): OF_CASE,
    ("report_overview", "GET"): OF_REPORT,
    ("report_text", "GET"): WRITING,
    ("report_text", "POST"): WRITTEN,
    ("report_draft", "GET"): POST_ONLY,
    ("report_draft", "POST"): WRITING,
    ("report_make", "GET"): POST_ONLY,
    ("report_make", "POST"): WRITTEN,
    ("report_detail", "GET"): OF_REPORT,
    ("report_progress", "GET"): OF_REPORT,
    ("report_file", "GET"): OF_REPORT,
}
SENT = {
    "language": {"language": "en", "next": "/"},
    "report_text": {"body": "Text", "version": "1"},
    "report_draft": {"body": "Text"},
    "report_make": {"as_of": "2026-10-01"},
    "case_search": {"q": "Zp"},
    "emergency_list": {"number": "0000", "reason": "Hon har ringt och mår dåligt."},
    "person_protection": {"protection": "confidentiality_mark"},
    "role_give": {"role": "matcher"},
    "invitation_list": {"email": "ny@exempel.se", "name": "Ny Personal", "role": "coach"},
}
#: Forms that name a unit are sent with one's own.
WITH_UNIT = {"role_give", "invitation_list"}
NOTHING: dict[str, list[str]] = {who: [] for who in WHO}
#: The lists that can also be had as a file.
EXPORTS = ("", "?export=csv", "?export=xlsx")

#: Family names and case numbers that occur nowhere else, by the unit that they belong to.
NAMES = {"pitea": "Zpiteasson", "arvidsjaur": "Zarvidsson", "alvsbyn": "Zalvsson"}
NUMBERS = {"pitea": "ZPITEA1", "arvidsjaur": "ZARVID1", "alvsbyn": "ZALVS1"}
#: Whose names and numbers each kind of user may meet. Who looks over a programme meets numbers, never names.
OWN_NAMES = {"coach": {"pitea"}, "coach_arvidsjaur": {"arvidsjaur"}, "coach_alvsbyn": {"alvsbyn"}}
OWN_NUMBERS = {
    **OWN_NAMES,
    "manager": {"pitea", "arvidsjaur"},
    "evaluator": {"pitea", "arvidsjaur"},
    "manager_alvsbyn": {"alvsbyn"},
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
def report(programme: Programme) -> Report:
    """Return a made report of the programme."""
    ReportText.objects.bulk_create(ReportText(programme=programme, section=section, body="Text") for section in Section)
    day = date(2026, 10, 1)
    content = report_content(programme, day, day)
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
    them = (None, responsible, colleague, stranger, manager, other_manager, evaluator, auditor, administrator)
    return dict(zip(WHO, them, strict=True))


@pytest.fixture
def account(pitea: Unit) -> dict[str, UUID]:
    """Return an account of Piteå, its role and an invitation, by the first word of their addresses."""
    user = factories.staff(pitea)
    invitation = factories.InvitationFactory(unit=pitea, invited_by=user)
    return {"accounts": user.pk, "roles": user.memberships.get().pk, "invitations": invitation.pk}


@pytest.fixture
def address_of(
    programme: Programme, planted: dict[str, Case], report: Report, account: dict[str, UUID]
) -> Callable[[str], str]:
    """Give a function that fills the arguments of an address: the object by the first word of the route."""
    case = planted["pitea"]
    reader = NamedReader.objects.get(person=case.person)
    objects = {
        "projects": programme.pk,
        "cases": case.pk,
        "reports": report.pk,
        "persons": case.person_id,
        "consents": case.person.consents.get().pk,
        "readers": reader.pk,
        "protected": reader.pk,
        # A security key that nobody has.
        "account": 1,
        **account,
    }
    others = {"section": "summary", "code": "participants", "format": "pdf", "token": factories.TOKEN}

    def filled(name: str) -> str:
        (address,) = (each for each in addresses() if each.name == name)
        of = {**others, "pk": objects.get(address.route.split("/")[0])}
        return reverse(name, kwargs={argument: of[argument] for argument in address.arguments})

    return filled


def ask(user: User | None, method: str, url: str, name: str) -> HttpResponse:
    """Send one request as a user."""
    client = Client()
    if user:
        client.force_login(user)
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


def met(people: dict[str, User | None], method: str, url: str, name: str) -> dict[str, list[str]]:
    """Return the foreign names and numbers that each kind of user meets on a page and in its files."""
    files = EXPORTS if method == "GET" else EXPORTS[:1]
    found = {}
    for who, user in people.items():
        text = "".join(body(ask(user, method, url + export, name)) for export in files)
        found[who] = [word for word in foreign_words(who) if word in text]
    return found


def test_matrix_names_every_address() -> None:
    declared = {name for name, _method in EXPECTED}
    assert declared == {address.name for address in addresses()}, "Say in EXPECTED who gets the page, and who does not."


@pytest.mark.parametrize(("name", "method"), EXPECTED)
def test_matrix_opens_each_page_to_those_who_may(
    name: str, method: str, people: dict[str, User | None], address_of: Callable[[str], str]
) -> None:
    url = address_of(name)
    answers = {who: ask(user, method, url, name).status_code for who, user in people.items()}
    assert answers == dict(zip(WHO, EXPECTED[name, method], strict=True))


@pytest.mark.parametrize(("name", "method"), EXPECTED)
def test_matrix_shows_no_foreign_name(
    name: str, method: str, people: dict[str, User | None], address_of: Callable[[str], str]
) -> None:
    assert met(people, method, address_of(name), name) == NOTHING


@pytest.fixture
def forgotten_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every `visible_to` return everything, as a page would that forgot to ask it."""
    querysets = {type(model._default_manager.all()) for model in own_models()}
    filtering = {queryset for queryset in querysets if hasattr(queryset, "visible_to")}
    assert {CaseQuerySet, ProgrammeQuerySet, ReportQuerySet} <= filtering
    for queryset in filtering:
        monkeypatch.setattr(queryset, "visible_to", lambda self, _user: self.all())


@pytest.mark.parametrize(("name", "method"), EXPECTED)
def test_matrix_shows_no_foreign_name_when_every_filter_is_forgotten(
    name: str,
    method: str,
    people: dict[str, User | None],
    address_of: Callable[[str], str],
    forgotten_filters: None,
) -> None:
    assert met(people, method, address_of(name), name) == NOTHING


def test_matrix_does_forget_every_filter(
    people: dict[str, User | None], address_of: Callable[[str], str], forgotten_filters: None
) -> None:
    """The page opens to a stranger, and only the rows stay away."""
    name = "case_list"
    assert ask(people["coach_alvsbyn"], "GET", address_of(name), name).status_code == 200


def test_matrix_would_find_a_foreign_name(people: dict[str, User | None], address_of: Callable[[str], str]) -> None:
    """The markers do stand on the pages of those who may see them."""
    url = address_of("case_list")
    text = body(ask(people["coach"], "GET", url, "case_list"))
    assert [NAMES["pitea"] in text, NAMES["arvidsjaur"] in text] == [True, False]
    text = body(ask(people["manager"], "GET", f"{url}?export=xlsx", "case_list"))
    assert [NUMBERS["pitea"] in text, NAMES["pitea"] in text] == [True, False]
