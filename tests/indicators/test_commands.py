"""`lotsen indicators`: what it writes, and the sentence and exit code with which it says no."""

import csv
import io
import json

import pytest
from django.core.management import call_command, execute_from_command_line
from django.utils.translation import override


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Give a function that runs the command as from the command line: exit code, and what was said as an error.

    Such a run closes its connection, so it needs a database of its own. The checks of the system do not fit the
    settings of the tests.
    """

    def ran(*words: str) -> tuple[int, str]:
        with override("en"), pytest.raises(SystemExit) as ended:
            execute_from_command_line(["lotsen", "indicators", *words, "--skip-checks"])
        return ended.value.code, capsys.readouterr().err

    return ran


def said(*words: str) -> str:
    out = io.StringIO()
    with override("en"):
        call_command("indicators", *words, stdout=out)
    return out.getvalue()


def test_command_refuses_what_it_cannot_count_with_a_sentence_and_exit_code_2(committed_db: None, run):
    programmes = "ame-skane, asap, jobbfokus-e18, klivet, kofa, navigator"
    day = ("--as-of", "2018-08-31")
    answers = {
        "There is no project with the code luck. There are: " + programmes: run("luck", *day),
        "2015-09-30 lies before the project began (2015-10-01)": run("kofa", "--as-of", "2015-09-30"),
        "there is no breakdown by luck; there are: sex, age, born_abroad": run("kofa", *day, "--by", "sex,luck"),
        "'soon' is not a day; write for example 2018-08-31": run("kofa", "--as-of", "soon"),
        "'2018-02-30' is not a day; write for example 2018-08-31": run("kofa", "--as-of", "2018-02-30"),
        "the following arguments are required: --as-of": run("kofa"),
        "invalid choice: 'pdf'": run("kofa", *day, "--format", "pdf"),
    }
    assert [(sentence, answer) for sentence, answer in answers.items() if answer[0] != 2] == []
    assert [(sentence, answer) for sentence, answer in answers.items() if sentence not in answer[1]] == []
    assert [answer for answer in answers.values() if "Traceback" in answer[1]] == []


def test_csv_has_a_line_for_the_whole_and_one_for_each_group(db: None):
    rows = list(csv.DictReader(io.StringIO(said("kofa", "--as-of", "2018-08-31", "--format", "csv"))))
    wanted = [row for row in rows if row["indicator"] in {"participants", "share_in_work_day_90"}]
    assert [tuple(row.values()) for row in wanted] == [
        ("kofa", "2018-08-31", "participants", "", "", "247", "247", "", "0"),
        ("kofa", "2018-08-31", "participants", "sex", "woman", "89", "89", "", "0"),
        ("kofa", "2018-08-31", "participants", "sex", "man", "158", "158", "", "0"),
        ("kofa", "2018-08-31", "share_in_work_day_90", "", "", "44.8", "56", "125", "26"),
        ("kofa", "2018-08-31", "share_in_work_day_90", "sex", "woman", "53.8", "21", "39", "15"),
        ("kofa", "2018-08-31", "share_in_work_day_90", "sex", "man", "40.7", "35", "86", "11"),
    ]


def test_table_shows_figures_with_what_they_rest_on(db: None):
    lines = said("kofa", "--as-of", "2018-08-31", "--by", "municipality").splitlines()
    assert lines[0] == "Competence for all (KOFA), 2018-08-31"
    places = [at for at, line in enumerate(lines) if "(participants)" in line or "(share_in_work_day_90)" in line]
    shown = [" ".join(line.split()) for at in places for line in lines[at : at + 3]]
    assert shown == [
        "Participants (participants) 247",
        "Municipality",
        "Arvidsjaur 42",
        "In work on day 90 (share_in_work_day_90) 44.8 % 56 / 125, 26 ?",
        "Municipality",
        "Arvidsjaur 50.0 % 10 / 20, 6 ?",
    ]


def test_table_is_what_the_command_writes_by_itself(db: None):
    day = ("kofa", "--as-of", "2018-08-31")
    assert said(*day) == said(*day, "--format", "table", "--by", "sex")


@pytest.mark.parametrize("typed", ["2018-08-31", "31/8 2018", "31 aug 2018", "20180831"])
def test_day_is_read_as_people_write_it(typed: str, db: None):
    assert json.loads(said("kofa", "--as-of", typed, "--format", "json"))["as_of"] == "2018-08-31"


def test_json_says_unknown_as_null_and_never_as_no(db: None):
    found = json.loads(said("ame-skane", "--as-of", "2010-12-31", "--format", "json"))["indicators"]
    share = found["share_standing_closer"]
    assert (share["value"], share["numerator"], share["denominator"], share["unknown"]) == (None, None, None, 0)
    assert share["by"] == {"sex": {}}
    assert (found["participants"]["value"], found["ended"]["value"]) == (112, 112)


def test_table_says_why_a_figure_is_missing(db: None):
    lines = said("ame-skane", "--as-of", "2010-12-31").splitlines()
    at = next(at for at, line in enumerate(lines) if "(share_standing_closer)" in line)
    assert lines[at].split()[-1] == "–"
    assert lines[at + 1].strip() == "No exit of the project leads to work or studies."


def test_table_names_groups_in_the_language_in_use(db: None):
    lines = [line.strip() for line in said("kofa", "--as-of", "2018-08-31", "--by", "age,born_abroad").splitlines()]
    assert {"Age at start", "Born abroad"} <= set(lines)
    assert any(line.startswith("16–24 ") for line in lines)
    assert any(line.startswith("Born in Sweden ") for line in lines)


def test_json_has_the_shape_that_it_is_promised_to_have(db: None):
    found = json.loads(said("kofa", "--as-of", "2018-08-31", "--format", "json"))["indicators"]
    shape = ["name", "value", "numerator", "denominator", "unknown", "target", "by"]
    assert {code: list(item) for code, item in found.items()} == dict.fromkeys(found, shape)
    assert found["participants"]["by"] == {"sex": {"woman": 89, "man": 158}}
    assert found["share_women"]["by"] == {}
