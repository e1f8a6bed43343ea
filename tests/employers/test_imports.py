"""A list of employers, from the file to the register: nothing is registered unseen, and nothing twice."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lotsen.access.models import Municipality
from lotsen.core.acting import acting_as_operator
from lotsen.employers.actions import check_list, forget_lists, keep_employer, keep_workplace, register_list
from lotsen.employers.enums import Sector, Size, Verdict
from lotsen.employers.forms import Reader
from lotsen.employers.models import Employer, EmployerImport, Workplace

HEADINGS = "Företag;Org.nr;SNI-kod;Antal anställda;Arbetsställe;Kommun;Besöksadress"
PITEA = "2581"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def client(sign_in, responsible):
    client = sign_in(responsible)
    client.cookies["django_language"] = "en"
    return client


def send(client, *lines, headings=HEADINGS, name="lista.csv"):
    """Send a list; return it as it is kept."""
    content = "\r\n".join([headings, *lines]).encode()
    answer = client.post(reverse("import_new"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return EmployerImport.objects.get(pk=answer.url.split("/")[-2])


def checked(client, *lines):
    """Send a list, take the columns as they are guessed, and let the worker check it."""
    batch = send(client, *lines)
    page = client.get(reverse("import_detail", args=[batch.pk]))
    form = page.context["form"]
    told = {name: form[name].value() or "" for name in form.fields if name != "submission"}
    answer = client.post(reverse("import_columns", args=[batch.pk]), {**told, "default_municipality": PITEA})
    assert answer.status_code == 302
    check_list(batch_id=str(batch.pk))
    batch.refresh_from_db()
    return batch


def registered(client, batch):
    """Press the button, and let the worker register the list."""
    assert client.post(reverse("import_register", args=[batch.pk])).status_code == 302
    register_list(batch_id=str(batch.pk))
    batch.refresh_from_db()
    return batch


def found(batch):
    return [(row.verdict, row.twin, row.employer and row.employer.name) for row in batch.rows.all()]


def page_of(client, batch):
    return client.get(reverse("import_detail", args=[batch.pk])).content.decode()


def test_columns_are_guessed_by_their_headings(client):
    batch = send(client, "Ek AB;555555-5555;10.710;12;Köket;Piteå;Gatan 1")
    form = client.get(reverse("import_detail", args=[batch.pk])).context["form"]
    guessed = {name: form[name].value() for name in form.fields if str(form[name].value() or "").isdigit()}
    assert guessed == {
        "name": "0",
        "organisation_number": "1",
        "industry": "2",
        "size": "3",
        "workplace": "4",
        "municipality": "5",
        "address": "6",
    }
    assert "Företag (Ek AB)" in str(form["name"])


def test_list_is_registered_when_somebody_says_so_and_not_before(client):
    batch = checked(client, "Ek AB;555555-5555;10.710;12;Köket;Piteå;Gatan 1", ";;;;;;", "Ask;;;;;;")
    assert not Employer.objects.filter(name__in=["Ek AB", "Ask"]).exists()
    assert found(batch) == [(Verdict.NEW, None, None)] * 2
    registered(client, batch)
    employer = Employer.objects.get(name="Ek AB")
    assert (employer.organisation_number, employer.industry, employer.size) == ("5555555555", "10", Size.SMALL)
    assert (employer.sort_key, employer.sound_key) != ("", "")
    workplace = employer.workplaces.get()
    assert (workplace.name, workplace.municipality_id, workplace.address) == ("Köket", PITEA, "Gatan 1")
    assert Employer.objects.get(name="Ask").workplaces.get().name == "Ask"
    assert "2 rows stand in the register" in page_of(client, batch)


def test_workbook_is_read_like_csv(client):
    book = openpyxl.Workbook()
    book.active.append(["Arbetsgivare", "Orgnr", "Kommun"])
    book.active.append(["Ek AB", 5555555555, "Piteå kommun"])
    buffer = io.BytesIO()
    book.save(buffer)
    answer = client.post(reverse("import_new"), {"file": SimpleUploadedFile("lista.xlsx", buffer.getvalue())})
    batch = EmployerImport.objects.get(pk=answer.url.split("/")[-2])
    assert (batch.headings, batch.lines) == (
        ["Arbetsgivare", "Orgnr", "Kommun"],
        [["Ek AB", "5555555555", "Piteå kommun"]],
    )


def test_what_is_no_table_is_refused_by_the_field(client):
    answer = client.post(reverse("import_new"), {"file": SimpleUploadedFile("bild.xlsx", b"PK\x03\x04")})
    assert (answer.status_code, b"cannot be read as Excel" in answer.content) == (422, True)
    assert not EmployerImport.objects.exists()


def test_workplaces_of_one_number_become_one_employer_and_a_row_twice_becomes_none(client):
    row = "Ek AB;555555-5555;;;{};Piteå;"
    batch = checked(client, row.format("Köket"), row.format("Caféet"), row.format("Köket"))
    assert found(batch) == [(Verdict.NEW, None, None), (Verdict.NEW, 2, None), (Verdict.TWICE, 2, None)]
    registered(client, batch)
    assert sorted(Employer.objects.get(name="Ek AB").workplaces.values_list("name", flat=True)) == ["Caféet", "Köket"]


def test_known_employer_is_filled_in_and_never_changed(client):
    known = keep_employer(name="Ek AB", sector=Sector.PUBLIC, organisation_number="5555555555", industry="86")
    batch = checked(client, "Ek och Ask AB;5555555555;10;300;Köket;Piteå;")
    assert found(batch) == [(Verdict.KNOWN, None, "Ek AB")]
    registered(client, batch)
    known.refresh_from_db()
    assert (known.name, known.sector, known.industry, known.size) == ("Ek AB", Sector.PUBLIC, "86", Size.LARGE)
    assert known.workplaces.get().name == "Köket"


def test_name_in_the_same_municipality_is_known_and_elsewhere_may_be(client):
    known = keep_employer(name="Pizzeria Ek", sector=Sector.PRIVATE)
    keep_workplace(employer=known, name="Torget", municipality=Municipality.objects.get(pk=PITEA))
    batch = checked(client, "Pizzeria Ek;;;;;Piteå;", "Pizzeria Ek;;;;;Arvidsjaur;")
    assert found(batch)[0] == (Verdict.KNOWN, None, "Pizzeria Ek")
    assert batch.rows.get(place=3).verdict == Verdict.ALIKE


@pytest.mark.parametrize(("choice", "employers", "workplaces"), [("same", 1, 1), ("another", 2, 1), ("skip", 1, 0)])
def test_what_sounds_alike_waits_for_somebody_to_say_what_it_is(client, choice, employers, workplaces):
    keep_employer(name="Ekorren & Söner Bageri AB", sector=Sector.PRIVATE)
    batch = checked(client, "Eckorren och Söhner Bageri;;;;;Piteå;")
    assert found(batch) == [(Verdict.ALIKE, None, "Ekorren & Söner Bageri AB")]
    assert "1 row may be the same" in page_of(client, batch)
    row = batch.rows.get()
    client.post(reverse("row_choose", args=[row.pk]), {"choice": choice})
    registered(client, batch)
    named = Employer.objects.filter(name__icontains="korren")
    assert (named.count(), Workplace.objects.filter(employer__in=named).count()) == (employers, workplaces)


def test_what_nobody_has_said_is_left_out(client):
    keep_employer(name="Ekorren & Söner Bageri AB", sector=Sector.PRIVATE)
    batch = checked(client, "Eckorren och Söhner Bageri;;;;;Piteå;", "Ask;;;;;Piteå;")
    registered(client, batch)
    assert not Employer.objects.filter(name__startswith="Eckorren").exists()
    assert "1 row is left out" in page_of(client, batch)


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (";5555555555;;;;;", "name", "Write the name"),
        ("Ek;555555-5556;;;;;", "organisation_number", "ten digits"),
        ("Ek;121212-1212;;;;;", "organisation_number", "trades alone"),
        ("Ek;;tusen;;;;", "industry", "SNI 2007"),
        ("Ek;;;många;;;", "size", "how many"),
        ("Ek;;;;;Lilleby;", "municipality", "municipalities"),
        (f"{'E' * 201};;;;;;", "name", "200 characters"),
    ],
)
def test_row_that_is_wrong_says_where_and_is_corrected(client, row, field, said):
    batch = checked(client, row)
    (wrong,) = batch.rows.all()
    assert wrong.verdict == Verdict.REFUSED
    page = client.get(reverse("import_row", args=[wrong.pk])).content.decode()
    assert (said in page, f"#id_{field}" in page) == (True, True)
    right = {
        **wrong.told,
        "name": "Ek",
        "organisation_number": "",
        "industry": "10",
        "size": "3",
        "municipality": "Piteå",
    }
    assert client.post(reverse("import_row", args=[wrong.pk]), right).status_code == 302
    wrong.refresh_from_db()
    assert wrong.verdict == Verdict.NEW
    registered(client, batch)
    assert Employer.objects.get(name="Ek").industry == "10"


def test_corrected_row_is_compared_with_the_rows_before_it(client):
    batch = checked(client, "Ek AB;555555-5555;;;;Piteå;", "Ek AB;555555-5556;;;;Piteå;")
    wrong = batch.rows.get(place=3)
    client.post(reverse("import_row", args=[wrong.pk]), {**wrong.told, "organisation_number": "555555-5555"})
    wrong.refresh_from_db()
    assert (wrong.verdict, wrong.twin) == (Verdict.TWICE, 2)


def test_refused_rows_are_a_file_that_can_be_corrected_and_sent_again(client):
    batch = checked(client, "Ek;555555-5556;;;;;", "=cmd();;;;;Lilleby;")
    answer = client.get(reverse("import_rows", args=[batch.pk]), {"verdict": "refused", "export": "csv"})
    headings, first, second = answer.content.decode("utf-8-sig").splitlines()
    assert headings.startswith("Row;Employer;What is found;Why;Name of the employer;Organisation number")
    assert ("ten digits" in first, "555555-5556" in first) == (True, True)
    assert "'=cmd()" in second


def test_name_whose_keys_are_longer_than_itself_is_registered(client):
    name = "Å" * 100 + "æ" * 100
    registered(client, checked(client, f"{name};;;;;Piteå;"))
    assert Employer.objects.get(name=name).workplaces.get().name == name


def test_same_list_once_more_registers_nothing(client):
    lines = ("Ek AB;555555-5555;;;Köket;Piteå;", "Ask;;;;;Piteå;")
    registered(client, checked(client, *lines))
    before = (Employer.objects.count(), Workplace.objects.count())
    again = checked(client, *lines)
    assert [verdict for verdict, _twin, _name in found(again)] == [Verdict.KNOWN] * 2
    registered(client, again)
    assert (Employer.objects.count(), Workplace.objects.count()) == before


def test_worker_that_begins_twice_registers_once(client):
    batch = checked(client, "Ek AB;;;;;;")
    client.post(reverse("import_register", args=[batch.pk]))
    register_list(batch_id=str(batch.pk))
    register_list(batch_id=str(batch.pk))
    check_list(batch_id=str(batch.pk))
    assert Employer.objects.filter(name="Ek AB").count() == 1


def test_employer_registered_meanwhile_is_not_made_once_more(client):
    batch = checked(client, "Ek AB;555555-5555;;;Köket;;")
    meanwhile = keep_employer(name="Ek Aktiebolag", sector=Sector.PRIVATE, organisation_number="5555555555")
    registered(client, batch)
    assert meanwhile.workplaces.get().name == "Köket"


def test_list_belongs_to_its_unit(client, sign_in, colleague, stranger):
    batch = checked(client, "Ek AB;555555-5556;;;;;")
    row = batch.rows.get()
    pages = [reverse("import_detail", args=[batch.pk]), reverse("import_rows", args=[batch.pk])]
    pages.append(reverse("import_row", args=[row.pk]))
    assert [client.get(page).status_code for page in pages] == [200] * 3
    for user in (colleague, stranger):
        other = sign_in(user)
        assert [other.get(page).status_code for page in pages] == [404] * 3
        for name in ("import_register", "import_drop", "import_choose", "import_columns"):
            assert other.post(reverse(name, args=[batch.pk])).status_code == 404
        assert "lista.csv" not in other.get(reverse("import_new")).content.decode()


def test_list_is_thrown_away_by_hand_and_after_thirty_days(client):
    kept, dropped = send(client, "Ek AB;;;;;;"), send(client, "Ask;;;;;;")
    client.post(reverse("import_drop", args=[dropped.pk]))
    with acting_as_operator("test"):
        assert forget_lists(at=timezone.now()) == 0
        assert forget_lists(at=timezone.now() + timedelta(days=31)) == 1
    assert not EmployerImport.objects.filter(pk__in=[kept.pk, dropped.pk]).exists()


def test_unit_keeps_no_more_lists_than_it_can_look_through(client):
    for _n in range(20):
        send(client, "Ek AB;;;;;;")
    content = SimpleUploadedFile("lista.csv", f"{HEADINGS}\nEk AB;;;;;;".encode())
    answer = client.post(reverse("import_new"), {"file": content})
    assert (answer.status_code, b"Throw some of them away first" in answer.content) == (422, True)


@given(st.text(max_size=12), st.text(max_size=12))
def test_reader_gives_what_the_register_takes_or_says_why_not(size, industry):
    reader = Reader(EmployerImport(sector=Sector.PRIVATE, municipality_id=PITEA))
    reader.__dict__["_municipalities"] = {}
    kept, faults = reader.read({"name": "Ek", "size": size, "industry": industry})
    assert kept.get("size", "") in {"", *Size.values}
    assert ("size" in kept) != ("size" in faults)
    assert len(kept.get("industry", "")) in {0, 2}
