"""Every fault of a template file is told with its file, its line, its field and what was expected there."""

import re
from pathlib import Path

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

import lotsen.programmes
from lotsen.core.datafiles import Fault, FileFaults, reading
from lotsen.core.datafiles.reading import MAX_BYTES
from lotsen.programmes.forms import parse_template
from tests.programmes.files import NAME, SMALL, changed

SHIPPED = sorted((Path(lotsen.programmes.__file__).parent / "data").glob("*.yaml"))
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "templates.md"
KINDS = "municipality, agency, region, company, association, school, funder"
FUND = "  - {organisation: Fonden, kind: funder, roles: [funder]}"
STEP = "  - {code: trust, name: Tillit, weeks: 4}"


def faults_of(data):
    """Return the faults of a file as line, field and message."""
    with pytest.raises(FileFaults) as caught:
        parse_template(data, NAME)
    assert {fault.file for fault in caught.value.faults} == {NAME}
    return [(fault.line, fault.field, fault.message) for fault in caught.value.faults]


#: What is changed in the small file, and the fault: its line, field and message.
BROKEN = {
    "version to come": (("lotsen: 1", "lotsen: 2"), (1, "lotsen", "expected one of: 1; found '2'")),
    "code with a blank": (
        ("code: prov\n", "code: Prov 1\n"),
        (2, "code", "expected a code: small letters a-z, digits and single hyphens; found 'Prov 1'"),
    ),
    "code left out": (("code: prov\n", ""), (1, "code", "this field must be there")),
    "language left out": (("{sv: Provet, en: The trial}", "{sv: Provet}"), (3, "name.en", "this field must be there")),
    "end before the start": (
        ("end: 2027-12-31}", "end: 2025-12-31}"),
        (5, "period", "the end (2025-12-31) must lie after the start (2026-01-01)"),
    ),
    "day that there is not": (
        ("end: 2027-12-31}", "end: 2027-02-31}"),
        (
            *(5, "period.end"),
            "expected a day such as 2015-10-01; found '2027-02-31'",
        ),
    ),
    "number beyond all numbers": (
        ("total: 300", f"total: {'9' * 5000}"),
        (
            *(17, "budget.total"),
            f"expected a whole number; found '{'9' * 60}'",
        ),
    ),
    "lead that is no partner": (
        ("lead: {organisation: Provkommunen", "lead: {organisation: Kommunen"),
        (7, "lead.organisation", "Kommunen is not among the partners"),
    ),
    "unknown kind": (
        ("kind: municipality", "kind: kommun"),
        (10, "partners.1.kind", f"expected one of: {KINDS}; found 'kommun'"),
    ),
    "no role": (
        ("roles: [owner]", "roles: []"),
        (11, "partners.1.roles", "expected at least 1 line in the list; found '[]'"),
    ),
    "municipality as a number": (
        ('municipality: "2581"', "municipality: 2581"),
        (13, "partners.1.units.1.municipality", "expected a text; put quotation marks around it; found '2581'"),
    ),
    "name too long to store": (
        ("name: Enheten", f"name: {'x' * 201}"),
        (13, "partners.1.units.1.name", f"expected at most 200 characters; found '{'x' * 60}'"),
    ),
    "partner twice": (
        (FUND, f"{FUND}\n{FUND}"),
        (15, "partners.3", "Fonden stands twice; give it one line with several roles"),
    ),
    "financing that does not add up": (
        ("total: 300", "total: 301"),
        (16, "budget", "the parts of the financing add up to 300, the total is 301"),
    ),
    "negative sum": (
        ("total: 300", "total: -300"),
        (17, "budget.total", "expected a number from 0; found '-300'"),
    ),
    "payer that is no partner": (
        ("organisation: Fonden, amount", "organisation: Banken, amount"),
        (19, "budget.financing.1", "Banken is not among the partners"),
    ),
    "phase outside the period": (
        ("start: 2026-01-01, end: 2026-12-31", "start: 2025-12-31, end: 2026-12-31"),
        (22, "phases.1", "must lie within the period, its end not before its start"),
    ),
    "phase that ends before it starts": (
        ("start: 2026-01-01, end: 2026-12-31", "start: 2026-12-31, end: 2026-01-01"),
        (22, "phases.1", "must lie within the period, its end not before its start"),
    ),
    "age bands that fall": (
        ("[16, 25]", "[25, 16]"),
        (23, "age_bands", "each band must begin higher than the one before"),
    ),
    "two tests in one condition": (
        ("{fact: age, from: 16, to: 24}", "{fact: age, from: 16, is: true}"),
        (28, "target_groups.1.rule.1", "give one of `is`, `in` and `from`/`to`"),
    ),
    "fact asked in the wrong way": (
        ("{fact: age, from: 16, to: 24}", "{fact: age, is: true}"),
        (
            *(28, "target_groups.1.rule.1"),
            "the fact age cannot be asked in this way; see docs/templates.md",
        ),
    ),
    "unknown field": (("weeks: 4", "week: 4"), (30, "steps.1.week", "no such field here")),
    "no whole number": (
        ("weeks: 4", "weeks: fyra"),
        (
            *(30, "steps.1.weeks"),
            "expected a whole number; found 'fyra'",
        ),
    ),
    "code twice": ((STEP, f"{STEP}\n{STEP}"), (31, "steps.2.code", "the code trust stands twice")),
    "unknown outcome": (
        ("outcome: work}", "outcome: job}"),
        (35, "exits.destinations.1.outcome", "expected one of: work, studies, other; found 'job'"),
    ),
    "municipality that there is not": (
        ('area: ["2581"]', 'area: ["2581", "9999"]'),
        (*(15, "area.2"), "there is no municipality with this code; see lotsen/access/data/municipalities.csv"),
    ),
    "municipality with letters": (
        ('municipality: "2581"', 'municipality: "Piteå"'),
        (
            *(13, "partners.1.units.1.municipality"),
            "expected a municipality's four digits in quotation marks; found 'Piteå'",
        ),
    ),
    "less at most than at least": (
        ("weeks: 4", "weeks: 8, weeks_at_most: 4"),
        (30, "steps.1", "`weeks_at_most` (4) must not be less than `weeks` (8)"),
    ),
    "value of neither kind": (
        ("from: 16, to: 24", "is: 3"),
        (28, "target_groups.1.rule.1.is", "expected true or false, or for sex woman or man; found '3'"),
    ),
    "group of a goal twice": (
        ("where: {sex: woman}", "where: {sex: [woman, woman]}"),
        (40, "goals.1.where.sex", "the group woman stands twice"),
    ),
    "goal over no group": (
        ("where: {sex: woman}", "where: {sex: []}"),
        (40, "goals.1.where.sex", "expected at least 1 line in the list; found '[]'"),
    ),
    "no list": (
        ("follow_up_days: [90]", "follow_up_days: 90"),
        (38, "follow_up_days", "expected a list; found '90'"),
    ),
    "goal over an age band that is not": (
        ("where: {sex: woman}", "where: {age: 16-25}"),
        (40, "goals.1.where.age", "16-25 is no group of age; there are: 16-24, 25-"),
    ),
    "goal over a target group that is not": (
        ("where: {sex: woman}", "where: {target_group: old}"),
        (40, "goals.1.where.target_group", "old is no group of target_group; there are: young"),
    ),
    "goal over a dimension without groups of its own": (
        ("where: {sex: woman}", "where: {start_month: 2026-01}"),
        (40, "goals.1.where.start_month", "no goal can be over a group of start_month"),
    ),
    "goal over a group of what has none": (
        ("indicator: participants", "indicator: employer_contacts"),
        (40, "goals.1", "`where` needs an indicator that counts cases"),
    ),
    "indicator without a target": (
        ("target: 40, ", ""),
        (40, "goals.1", "`indicator` and `target` go together; a goal judged in words has neither"),
    ),
    "target too exact": (
        ("target: 40", "target: 40.123"),
        (40, "goals.1.target", "expected at most 2 decimals; found '40.123'"),
    ),
    "field twice": (("code: prov\n", "code: prov\ncode: prov-2\n"), (3, "code", "the field stands twice")),
    "field twice, further in": (
        ("weeks: 4", "weeks: 4, weeks: 5"),
        (30, "steps.1.weeks", "the field stands twice"),
    ),
    "bracket left open": (("fund: ESF+", "fund: [ESF+"), (7, "", "a bracket is not closed, or a comma is missing")),
    "tabulator": (("fund: ESF+", "\tfund: ESF+"), (6, "", "here stands a tabulator; begin lines with blanks")),
}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize("name", BROKEN)
def test_fault_tells_line_field_and_what_was_expected(name):
    change, fault = BROKEN[name]
    assert faults_of(changed(change)) == [fault]


@pytest.mark.parametrize("name", BROKEN)
def test_fault_is_told_in_swedish_without_a_word_of_pydantic(name):
    with override("sv"):
        ((_line, _field, said),) = faults_of(changed(BROKEN[name][0]))
    assert said != BROKEN[name][1][2]
    assert not re.search("Input|String|should|valid|required", said)


@pytest.mark.parametrize("ending", ["\0", "\ud800"])
def test_fault_is_a_text_that_cannot_be_stored(ending):
    written = {"\0": "\\0", "\ud800": "\\ud800"}[ending]
    places = [(line, field) for line, field, _message in faults_of(changed(("fund: ESF+", f'fund: "ESF{written}"')))]
    assert places == [(6, "fund")]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", (1, "", "a template begins with the line `lotsen: 1`")),
        (b"# only a remark\n", (1, "", "a template begins with the line `lotsen: 1`")),
        (b"Kara projekt,\nhej", (1, "", "a template begins with the line `lotsen: 1`")),
        (b"- a\n- b", (1, "", "a template begins with the line `lotsen: 1`")),
        (b"x" * (MAX_BYTES + 1), (0, "", "larger than 1000000 bytes: this is no template")),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00",
            (1, "", "the file must be UTF-8; here stands the byte 0x89, which is none. Save it anew as UTF-8."),
        ),
        (
            SMALL.encode("latin-1"),
            (4, "", "the file must be UTF-8; here stands the byte 0xF6, which is none. Save it anew as UTF-8."),
        ),
        (b"lotsen: 1\nx: !!python/object/apply:os.system [ls]", (2, "", "tags (!name) are not allowed")),
        (b"lotsen: 1\nx: !!str 2", (2, "", "tags (!name) are not allowed")),
        (b"lotsen: 1\nx: &x 2", (2, "", "anchors (&name) and aliases (*name) are not allowed")),
        (b"lotsen: 1\nx: \x00", (2, "", "the sign U+0000 cannot stand in a template")),
        (b'lotsen: 1\nx: "2', (2, "", "a quotation mark or a bracket is not closed")),
        (b"a: 1\nb: " + b"{a: " * 13 + b"1" + b"}" * 13, (2, "", "nested too deep")),
        (b"[" * MAX_BYTES, (1, "", "nested too deep")),
        (b"\n".join(b" " * n + b"a:" for n in range(1000)), (13, "", "nested too deep")),
    ],
)
def test_fault_is_told_of_what_is_no_template_at_all(data, fault):
    assert faults_of(data) == [fault]


def test_fault_is_told_of_an_alias_before_it_grows():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    assert faults_of(bomb.encode()) == [(1, "", "anchors (&name) and aliases (*name) are not allowed")]


def test_file_may_be_as_large_as_the_limit(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", len(SMALL.encode()))
    assert parse_template(SMALL.encode(), NAME).code == "prov"
    assert faults_of(SMALL.encode() + b"\n") == [
        (0, "", f"larger than {len(SMALL.encode())} bytes: this is no template")
    ]


def test_faults_are_told_all_at_once_in_the_order_of_the_file():
    data = changed(
        ("code: done", "code: Ja"),
        ("code: prov\n", "code: x y\n"),
        ("weeks: 4", "weeks: 0"),
        ("end: 2027-12-31}", "end: 2025-12-31}"),
        ("total: 300", "total: 299"),
        ("indicator: participants, ", ""),
    )
    assert [(line, field) for line, field, _message in faults_of(data)] == [
        *((2, "code"), (5, "period"), (16, "budget"), (30, "steps.1.weeks"), (37, "exits.reasons.1.code")),
        (40, "goals.1"),
    ]


def test_faults_between_parts_of_the_file_are_told_all_at_once():
    data = changed(
        ("lead: {organisation: Provkommunen", "lead: {organisation: Kommunen"),
        ("start: 2026-01-01, end: 2026-12-31", "start: 2025-12-31, end: 2026-12-31"),
        (STEP, f"{STEP}\n{STEP}"),
        ("where: {sex: woman}", "where: {target_group: old}"),
    )
    places = [(line, field) for line, field, _message in faults_of(data)]
    assert places == [
        (7, "lead.organisation"),
        (22, "phases.1"),
        (31, "steps.2.code"),
        (41, "goals.1.where.target_group"),
    ]


def test_faults_of_one_line_are_told_in_the_order_of_the_guide():
    required = [field for _line, field, _message in faults_of(b"lotsen: 1")]
    assert required == [
        *("code", "name", "summary", "period", "fund", "lead", "partners", "area", "age_bands"),
        *("target_groups", "steps", "exits"),
    ]


def test_fault_is_one_line_of_text():
    assert str(Fault("new.yaml", 12, "steps.1.week", "no such field here")) == (
        "new.yaml:12: steps.1.week: no such field here"
    )
    assert str(Fault("new.yaml", 0, "", "nested too deep")) == "new.yaml: nested too deep"


def test_faults_of_a_file_are_a_line_each():
    with pytest.raises(FileFaults) as caught:
        parse_template(changed(("code: prov\n", "code: x y\n"), ("weeks: 4", "weeks: 0")), NAME)
    lines = str(caught.value).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["prov.yaml:2:", "prov.yaml:30:"]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_template_that_is_shipped_has_no_fault(file):
    assert parse_template(file.read_bytes(), file.name).code == file.stem


def test_template_of_each_of_the_five_programmes_is_shipped():
    assert [file.stem for file in SHIPPED] == ["ame-skane", "asap", "jobbfokus-e18", "kofa", "navigator"]


def test_template_of_the_guide_has_no_fault():
    (example,) = [
        text for text in re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL) if text.startswith("lotsen")
    ]
    assert parse_template(example.encode(), "docs/templates.md").code == "way-in"


@pytest.mark.parametrize(
    "data",
    [SMALL.encode(), b"\xef\xbb\xbf" + SMALL.encode(), SMALL.replace("\n", "\r\n").encode()],
    ids=["plain", "byte-order mark", "Windows"],
)
def test_template_is_read_as_editors_save_it(data):
    template = parse_template(data, NAME)
    assert (template.name.sv, template.name.en, template.steps[0].name.en) == ("Provet", "The trial", "Tillit")


def test_template_gives_a_plain_text_to_both_languages():
    assert parse_template(SMALL.encode(), NAME).summary.model_dump() == {
        "sv": "Ett projekt för prov.",
        "en": "Ett projekt för prov.",
    }


#: Pieces that mean something to YAML or to the schema.
PIECES = st.sampled_from(
    [
        *("lotsen: 1\n", "code: x\n", "period: {start: 2026-01-01, end: 2026-02-30}\n", "- ", "  ", "{", "}", "[", "]"),
        *("? ", ": ", "|\n", ">-\n", "!!int a", "!!timestamp x", "!!bool x", "!!binary x", "!!set {a}", "<<: ", "~"),
        *(
            "&a",
            "*a",
            "---\n",
            "...\n",
            "'",
            '"',
            "\\x00",
            "\n",
            "\t",
            "%YAML 9.9\n",
            "0x_",
            "1e999",
            ".nan",
            "2026-13-45",
        ),
    ]
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(PIECES | st.text(max_size=4), max_size=10).map("".join).map(lambda s: s.encode("utf-8", "ignore")))
def test_any_file_is_a_template_or_has_faults(data):
    assert faults_of(data) != []


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.data())
def test_template_with_a_value_of_another_kind_is_read_or_has_faults_with_line_and_field(data):
    tree = yaml.safe_load(SMALL)
    parent, key = tree, data.draw(st.sampled_from(sorted(tree)))
    while isinstance(parent[key], dict | list) and parent[key] and data.draw(st.booleans()):
        parent = parent[key]
        key = data.draw(st.sampled_from(sorted(parent) if isinstance(parent, dict) else range(len(parent))))
    parent[key] = data.draw(st.sampled_from([None, True, -1, 1.5, "x y", "", [], {}, [None], {"sv": 1}, 10**20]))
    try:
        faults = []
        parse_template(yaml.safe_dump(tree, allow_unicode=True).encode(), NAME)
    except FileFaults as caught:
        faults = caught.faults
    assert [fault for fault in faults if not (fault.line and fault.field and fault.message)] == []
