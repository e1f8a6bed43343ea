"""The pages of the final report: who gets them, what they tell the writer, and that no text is lost on the way."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from lotsen.access.enums import Role
from lotsen.access.models import Unit, User
from lotsen.core.drafts import save_draft
from lotsen.core.models import Draft
from lotsen.programmes.models import Programme
from lotsen.reports import actions
from lotsen.reports.enums import ReportState, Section
from lotsen.reports.models import Report, ReportText
from tests import factories

DAY = date(2026, 6, 1)


@pytest.fixture
def in_english(sign_in: Callable[[User], Client]) -> Callable[[User], Client]:
    """Give a function that signs somebody in to pages in English."""

    def signed_in(user: User) -> Client:
        client = sign_in(user)
        client.cookies["django_language"] = "en"
        return client

    return signed_in


@pytest.fixture
def written(programme: Programme) -> Programme:
    """Return the programme with a text under each heading."""
    for section in Section:
        actions.write_text(programme=programme, section=section, body="Så gick det.")
    return programme


@pytest.fixture
def made(written: Programme, manager: User) -> Report:
    """Return a made report, without the work of drawing it."""
    content = {"title": "Slutrapport", "appendix": []}
    report = Report.objects.create(
        programme=written, as_of=DAY, state=ReportState.MADE, done=actions.STEPS, content=content, made_by=manager
    )
    report.files.create(format="docx", data=b"Word")
    report.files.create(format="pdf", data=b"%PDF")
    return report


def page(answer) -> html.HtmlElement:
    return html.fromstring(answer.content.decode())


def text(tree: html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(xpath)]


def fields(tree: html.HtmlElement, **typed: str) -> dict[str, str]:
    """Return what the browser would send: every field of the page's own form, with what was typed."""
    (form,) = (form for form in tree.forms if "form" in (form.get("class") or "").split())
    # A browser leaves the line break out that begins a text area.
    return {name: (value or "").removeprefix("\n") for name, value in form.fields.items()} | typed


def test_report_opens_to_the_manager_and_to_no_coach_and_no_manager_of_another_programme(
    made: Report, responsible, colleague, stranger, manager, evaluator, alvsbyn: Unit, sign_in
):
    other = factories.staff(alvsbyn, Role.PROGRAMME_MANAGER)
    factories.ProgrammeFactory(lead_unit=alvsbyn)
    users = (manager, evaluator, responsible, colleague, stranger, other)
    urls = [reverse("report_overview", args=[made.programme_id]), reverse("report_detail", args=[made.pk])]
    urls += [reverse("report_file", args=[made.pk, "pdf"]), reverse("report_progress", args=[made.pk])]
    answers = {url: [sign_in(user).get(url).status_code for user in users] for url in urls}
    assert answers == {url: [200, 200, 403, 403, 403, 404] for url in urls}


def test_evaluator_reads_and_does_not_write(made: Report, evaluator: User, in_english):
    client = in_english(evaluator)
    tree = page(client.get(reverse("report_overview", args=[made.programme_id])))
    assert tree.xpath("//section[@id='texts']//a | //section[@id='make']") == []
    assert text(tree, "//section[@id='made']//a") == ["Figures as of 1 June 2026"]
    section = reverse("report_text", args=[made.programme_id, "summary"])
    assert (client.get(section).status_code, client.post(section, {"body": "Min"}).status_code) == (403, 403)


def test_overview_tells_what_is_written_and_what_is_missing(programme: Programme, manager: User, in_english):
    actions.write_text(programme=programme, section="summary", body="Det gick bra till slut.")
    save_draft(user=manager, key=f"report/{programme.pk}/idea", body="Inte klar")
    tree = page(in_english(manager).get(reverse("report_overview", args=[programme.pk])))
    assert text(tree, "//section[@id='texts']//li")[:3] == [
        "Summary 5 words",
        "Project idea and expected results You have a draft Not written",
        "Results, goals and indicators Not written",
    ]
    assert text(tree, "//section[@id='make']/p") == [
        "8 texts are not written yet. The report can be made when they are."
    ]


def test_report_without_its_texts_is_refused_and_says_which(programme: Programme, manager: User, in_english):
    answer = in_english(manager).post(reverse("report_make", args=[programme.pk]), {"as_of": "2026-06-01"})
    assert answer.status_code == 422
    (said,) = text(page(answer), "//*[@id='errors']//li")
    assert said.startswith("The report has no text yet under: Summary, Project idea")
    assert not Report.objects.filter(programme=programme).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "This field is required."),
        ("snart", "Write a day, for example 2026-11-20, 20/11 or 20 nov."),
        ("2025-12-31", "2025-12-31 lies before the project began (2026-01-01). Choose a later day."),
    ],
)
def test_bad_day_is_said_by_its_field_and_keeps_what_was_typed(
    typed: str, sentence: str, written: Programme, manager: User, in_english
):
    answer = in_english(manager).post(reverse("report_make", args=[written.pk]), {"as_of": typed})
    tree = page(answer)
    assert answer.status_code == 422
    assert tree.xpath("string(//title)").strip().startswith("Error:")
    assert text(tree, "//*[@id='errors']//li/a[@href='#id_as_of']") == [f"Figures as of – {sentence}"]
    assert (text(tree, "//*[@id='id_as_of_error']"), fields(tree)["as_of"]) == ([sentence], typed)


def test_second_sending_of_a_form_leads_to_the_same_report(written: Programme, manager: User, sign_in):
    client, url = sign_in(manager), reverse("report_make", args=[written.pk])
    sent = fields(page(client.get(reverse("report_overview", args=[written.pk]))), as_of="2026-06-01")
    first, again = client.post(url, sent), client.post(url, sent)
    fresh = client.post(
        url, fields(page(client.get(reverse("report_overview", args=[written.pk]))), as_of="2 jun 2026")
    )
    made = [reverse("report_detail", args=[report.pk]) for report in written.reports.order_by("as_of")]
    assert [answer["Location"] for answer in (first, again, fresh)] == [made[0], made[0], made[1]]


def test_report_shows_how_far_it_has_come_until_it_is_made(written: Programme, manager: User, in_english):
    report = Report.objects.create(programme=written, as_of=DAY, state=ReportState.MAKING, done=1, made_by=manager)
    client, url = in_english(manager), reverse("report_detail", args=[report.pk])
    tree = page(client.get(url))
    (bar,) = tree.xpath("//progress")
    assert (bar.get("value"), bar.get("max")) == ("1", "3")
    assert text(tree, "//*[@id='progress']//*[@role='status']") == ["1 of 3 parts are done. Look again"]
    part = client.get(reverse("report_progress", args=[report.pk]))
    assert "HX-Refresh" not in part
    assert page(part).get("id") == "progress"
    Report.objects.filter(pk=report.pk).update(state=ReportState.FAILED, error="Det gick inte.")
    assert client.get(reverse("report_progress", args=[report.pk]))["HX-Refresh"] == "true"
    assert text(page(client.get(url)), "//*[@id='progress']/*") == ["Could not be made", "Det gick inte."]


def test_made_report_gives_its_files_with_names_that_tell_what_they_are(made: Report, manager: User, sign_in):
    client = sign_in(manager)
    found = [client.get(reverse("report_file", args=[made.pk, ending])) for ending in ("docx", "pdf")]
    assert [answer.content for answer in found] == [b"Word", b"%PDF"]
    name = f"slutrapport-{made.programme.code}-2026-06-01"
    assert [answer["Content-Disposition"] for answer in found] == [
        f'attachment; filename="{name}.docx"',
        f'attachment; filename="{name}.pdf"',
    ]
    assert found[1]["Content-Type"] == "application/pdf"
    assert client.get(reverse("report_file", args=[made.pk, "exe"])).status_code == 404


def test_made_report_names_the_figures_that_have_changed(made: Report, manager: User, in_english):
    row = {"mark": 1, "code": "participants", "name": "Participants", "value": "0", "unknown": "–"}
    made.content |= {"appendix": [{**row, "numerator": "0", "denominator": "–"}]}
    made.save()
    client, url = in_english(manager), reverse("report_detail", args=[made.pk])
    assert "Nothing. Every figure is the same today" in " ".join(text(page(client.get(url)), "//*[@id='changes']"))
    factories.CaseFactory(programme=made.programme, started=True)
    tree = page(client.get(url))
    assert text(tree, "//*[@id='changes']//tbody/tr/*") == ["Participants", "0", "1"]
    assert "One figure is another today than in the report" in " ".join(text(tree, "//*[@id='changes']/p"))


def test_overview_takes_as_many_queries_for_three_reports_as_for_one(made: Report, manager: User, sign_in):
    client, url = sign_in(manager), reverse("report_overview", args=[made.programme_id])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    queries()
    one = queries()
    for _ in range(2):
        Report.objects.create(programme=made.programme, as_of=DAY, made_by=factories.staff(made.programme.lead_unit))
    assert queries() == one


@pytest.mark.parametrize(("name", "method"), [("report_text", "get"), ("report_draft", "post")])
def test_heading_that_there_is_not_is_no_page(name: str, method: str, programme: Programme, manager: User, sign_in):
    url = reverse(name, args=[programme.pk, "luck"])
    assert getattr(sign_in(manager), method)(url).status_code == 404


def test_text_that_somebody_else_has_saved_meanwhile_is_shown_and_put_together(
    written: Programme, manager: User, pitea: Unit, in_english
):
    client, url = in_english(manager), reverse("report_text", args=[written.pk, "summary"])
    mine = fields(page(client.get(url)), body="Min text.")
    other = factories.staff(pitea, Role.PROGRAMME_MANAGER)
    assert in_english(other).post(url, fields(page(client.get(url)), body="Den andras text.")).status_code == 302
    refused = client.post(url, mine)
    tree = page(refused)
    assert refused.status_code == 422
    assert text(tree, "//section[@aria-labelledby='other-h']/div") == ["Den andras text."]
    assert fields(tree)["body"] == "Min text."
    together = client.post(url, fields(tree, body="Min text. Den andras text."))
    assert together.status_code == 302
    assert ReportText.objects.get(programme=written, section="summary").body == "Min text. Den andras text."


def test_draft_stands_beside_a_text_that_somebody_else_has_saved_since(
    written: Programme, manager: User, pitea: Unit, in_english
):
    client, url = in_english(manager), reverse("report_text", args=[written.pk, "summary"])
    client.post(reverse("report_draft", args=[written.pk, "summary"]), {"body": "Mitt utkast."})
    other = in_english(factories.staff(pitea, Role.PROGRAMME_MANAGER))
    other.post(url, fields(page(other.get(url)), body="Den andras text."))
    tree = page(client.get(url))
    assert fields(tree)["body"] == "Mitt utkast."
    assert "Den andras text." in " ".join(text(tree, "//main"))


def test_first_text_under_a_heading_is_not_lost_to_the_second(programme: Programme, manager: User, pitea, in_english):
    client, url = in_english(manager), reverse("report_text", args=[programme.pk, "summary"])
    mine = fields(page(client.get(url)), body="Min text.")
    other = in_english(factories.staff(pitea, Role.PROGRAMME_MANAGER))
    other.post(url, fields(page(other.get(url)), body="Den andras text."))
    assert client.post(url, mine).status_code == 422
    assert ReportText.objects.get(programme=programme).body == "Den andras text."


def test_draft_is_shown_to_its_writer_alone_until_the_text_is_saved(
    written: Programme, manager: User, pitea: Unit, in_english
):
    client, url = in_english(manager), reverse("report_text", args=[written.pk, "summary"])
    said = client.post(reverse("report_draft", args=[written.pk, "summary"]), {"body": "Mitt utkast."})
    assert said.content.decode().startswith("Draft saved ")
    tree = page(client.get(url))
    assert fields(tree)["body"] == "Mitt utkast."
    assert "This is your draft of" in " ".join(text(tree, "//main"))
    other = page(in_english(factories.staff(pitea, Role.PROGRAMME_MANAGER)).get(url))
    assert fields(other)["body"] == "Så gick det."
    client.post(url, fields(tree, body="Klar."))
    assert not Draft.objects.filter(user=manager).exists()
    assert fields(page(client.get(url)))["body"] == "Klar."


def test_text_that_is_too_long_is_kept_in_the_form_and_said(written: Programme, manager: User, in_english):
    url = reverse("report_text", args=[written.pk, "summary"])
    answer = in_english(manager).post(url, {"body": "x" * 20_001, "version": "1"})
    tree = page(answer)
    assert answer.status_code == 422
    assert (len(fields(tree)["body"]), len(text(tree, "//*[@id='id_body_error']"))) == (20_001, 1)
    assert ReportText.objects.get(programme=written, section="summary").body == "Så gick det."


def test_form_without_its_secret_is_refused_with_a_sentence(written: Programme, manager: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("report_text", args=[written.pk, "summary"]), {"body": "Min text."})
    assert answer.status_code == 403
    assert text(page(answer), "//h1") == ["The form could not be sent"]
    assert ReportText.objects.get(programme=written, section="summary").body == "Så gick det."
