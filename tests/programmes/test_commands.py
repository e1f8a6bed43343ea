"""`lotsen programme check | load | export`: what is printed, and how the command ends."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from lotsen.access.models import Organisation
from lotsen.core.acting import acting_as_operator
from lotsen.programmes.exports import export_template
from lotsen.programmes.forms import parse_template
from lotsen.programmes.models import Programme
from tests.programmes.files import SMALL, changed


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    """Return the small file, stored."""
    file = tmp_path / "prov.yaml"
    file.write_text(SMALL)
    return file


def said(*words):
    """Run the command, and return what it prints."""
    out = io.StringIO()
    call_command("programme", *map(str, words), stdout=out)
    return out.getvalue()


def fault(*words):
    """Run the command, and return its exit code and what it complains of."""
    with pytest.raises(CommandError) as caught:
        call_command("programme", *map(str, words))
    return caught.value.returncode, str(caught.value)


def test_programme_check_finds_no_fault_and_saves_nothing(db, file):
    assert said("check", file) == f"{file}: The trial (prov), no faults found\n"
    assert not Programme.objects.filter(code="prov").exists()


def test_programme_load_makes_the_programme(db, file):
    assert said("load", file) == "The trial (prov) is loaded\n"
    assert Programme.objects.get(code="prov").name == "The trial"


def test_programme_load_tells_the_history_what_loaded_it(db, file):
    said("load", file)
    (event,) = Programme.objects.get(code="prov").events.select_related("pgh_context")
    assert (event.pgh_label, event.pgh_context.metadata["command"]) == ("insert", "programme load")


def test_programme_load_is_kept(committed_db, file):
    said("load", file)
    said("load", file)
    with acting_as_operator("tests"):
        assert Programme.objects.filter(code="prov").count() == 1


def test_programme_export_writes_a_file_that_passes_the_check(db, file, tmp_path):
    said("load", file)
    copy = tmp_path / "copy.yaml"
    copy.write_text(said("export", "prov"))
    assert said("check", copy) == f"{copy}: The trial (prov), no faults found\n"
    assert parse_template(copy.read_bytes(), "copy") == parse_template(
        export_template(Programme.objects.get(code="prov")).encode(), "copy"
    )


@pytest.mark.parametrize("act", ["check", "load"])
def test_programme_tells_every_fault_and_ends_with_2(db, file, act):
    file.write_bytes(changed(("code: prov\n", "code: x y\n"), ("weeks: 4", "week: 4")))
    code, sentences = fault(act, file)
    assert code == 2
    assert sentences.splitlines() == [
        f"{file}:2: code: expected a code: small letters a-z, digits and single hyphens; found 'x y'",
        f"{file}:30: steps.1.week: no such field here",
    ]


@pytest.mark.parametrize("act", ["check", "load"])
def test_programme_says_that_there_is_no_file_and_ends_with_2(db, tmp_path, act):
    file = tmp_path / "borta.yaml"
    assert fault(act, file) == (2, f"{file}: there is no such file or folder")
    assert fault(act, tmp_path) == (2, f"{tmp_path}: this is a folder, not a file")


def test_programme_load_refused_ends_with_2_and_makes_nothing(db, file):
    file.write_bytes(changed(('area: ["2581"]', 'area: ["9999"]')))
    sentence = "there is no municipality with this code; see lotsen/access/data/municipalities.csv"
    assert fault("load", file) == (2, f"{file}:15: area.1: {sentence}")
    assert not Organisation.objects.filter(name="Provkommunen").exists()


def test_programme_export_of_an_unknown_code_names_those_that_there_are(db):
    assert fault("export", "borta") == (
        2,
        "There is no project with the code borta. There are: ame-skane, asap, jobbfokus-e18, klivet, kofa, navigator.",
    )


@pytest.mark.parametrize("words", [["forget", "asap"], ["check"], []])
def test_programme_knows_three_words(words):
    with pytest.raises(CommandError):
        call_command("programme", *words)
