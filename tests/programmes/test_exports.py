"""What is exported can be loaded, here or elsewhere, and gives the same programme."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lotsen.programmes
from lotsen.access.enums import OrganisationKind
from lotsen.access.models import Unit
from lotsen.programmes.actions import load_template
from lotsen.programmes.enums import CountsAs, Fact, Outcome, PartnerRole, Sex, Source, Support
from lotsen.programmes.exports import export_template
from lotsen.programmes.forms import parse_template
from lotsen.programmes.models import Programme
from tests.programmes.files import NAME, SMALL, changed, kept

DATA = Path(lotsen.programmes.__file__).parent / "data"
FIVE = ["ame-skane", "asap", "jobbfokus-e18", "kofa", "navigator"]


class Plain(yaml.SafeDumper):
    """YAML without anchors: two fields may hold the same day and nothing more."""

    def ignore_aliases(self, data):
        return True


def read(text):
    """Return the template that a text holds."""
    return parse_template(text.encode(), NAME)


def in_order(template):
    """Return what a template says, with that in order which has none: the area, and the units of a partner."""
    said = template.model_dump(mode="json", by_alias=True)
    said["area"] = sorted(said["area"])
    for partner in said["partners"]:
        partner["units"] = sorted(partner["units"], key=lambda unit: unit["name"])
    for goal in said["goals"]:
        # 40.0 is 40.
        goal["target"] = goal["target"] and float(goal["target"])
    return said


@pytest.mark.parametrize("code", FIVE)
def test_export_says_what_the_shipped_template_says(db, code):
    shipped = parse_template((DATA / f"{code}.yaml").read_bytes(), NAME)
    assert in_order(read(export_template(load_template(template=shipped)))) == in_order(shipped)


@pytest.mark.parametrize("code", FIVE)
def test_export_loaded_again_changes_nothing(db, code):
    programme = Programme.objects.get(code=code)
    before = kept(programme)
    text = export_template(programme)
    load_template(template=read(text))
    assert kept(programme) == before
    assert export_template(programme) == text


@pytest.mark.parametrize("code", FIVE)
def test_export_loaded_under_another_code_is_a_programme_like_it(db, code):
    text = export_template(Programme.objects.get(code=code))
    other = load_template(template=read(text.replace(f"code: {code}\n", "code: another\n", 1)))
    assert export_template(other) == text.replace(f"code: {code}\n", "code: another\n", 1)


def test_export_keeps_the_secrecy_domain_of_a_unit(db):
    programme = load_template(template=read(SMALL))
    text = export_template(programme)
    Unit.objects.filter(programmes=programme).update(name="Den gamla")
    load_template(template=read(text))
    assert Unit.objects.get(programmes=programme).secrecy_domain_id == "prov"


@pytest.mark.parametrize(
    "text", ["yes", "null", "2581", "2026-01-01", "a: b", "# x", "- x", "'", '"', "{x}", "&a *b", "1e3"]
)
def test_export_keeps_a_text_that_means_something_to_yaml(db, text):
    fund = yaml.safe_dump({"fund": text}).strip()
    programme = load_template(template=parse_template(changed(("fund: ESF+", fund)), NAME))
    assert read(export_template(programme)).fund.model_dump() == {"sv": text, "en": text}


def test_export_of_a_target_keeps_its_decimals_and_its_nought(db):
    for target, written in (("0", 0), ("40", 40), ("33.35", 33.35), ("9999999999.99", 9999999999.99)):
        programme = load_template(template=parse_template(changed(("target: 40", f"target: {target}")), NAME))
        assert yaml.safe_load(export_template(programme))["goals"][0]["target"] == written


# A random template: whole by how it is made, and odd wherever it may be.
CODES = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
LINES = st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=9
).filter(lambda text: text == text.strip())
TEXTS = LINES | st.fixed_dictionaries({"sv": LINES, "en": LINES})
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
FLAGS = [f.value for f in Fact if f not in {Fact.AGE, Fact.SEX, Fact.SUPPORT, Fact.MONTHS_WITHOUT_WORK}]
CONDITIONS = st.one_of(
    st.fixed_dictionaries({"fact": st.sampled_from(FLAGS), "is": st.booleans()}),
    st.fixed_dictionaries({"fact": st.just("sex"), "is": st.sampled_from(Sex.values)}),
    st.fixed_dictionaries({"fact": st.just("support"), "in": st.lists(st.sampled_from(Support.values), min_size=1)}),
    st.fixed_dictionaries({"fact": st.sampled_from(["age", "months_without_work"]), "from": st.integers(0, 99)}),
    st.fixed_dictionaries({"fact": st.just("age"), "from": st.integers(0, 40), "to": st.integers(41, 99)}),
)


def items(least=0, *, optional=None, **fields):
    """Return a strategy for one of the lists of a template: lines with a code each."""
    line = st.fixed_dictionaries({"code": CODES, "name": TEXTS, **fields}, optional=optional or {})
    return st.lists(line, min_size=least, max_size=3, unique_by=lambda item: item["code"])


@st.composite
def partners_and_budget(draw):
    """Return partners of which each stands once, who leads, and a budget whose parts add up."""
    names = draw(st.lists(LINES, min_size=1, max_size=3, unique=True))
    # Organisations are found by name, so they are called as none is that is there already.
    partners = [
        {
            "organisation": f"Prov {name}",
            "kind": draw(st.sampled_from(OrganisationKind.values)),
            "municipality": draw(st.sampled_from(["2581", "2505"])),
            "roles": draw(st.lists(st.sampled_from(PartnerRole.values), min_size=1, max_size=3, unique=True)),
            "units": [
                {"name": unit, "municipality": "2560", "domain": draw(CODES)}
                for unit in draw(st.lists(LINES, max_size=2, unique=True))
            ],
        }
        for name in names
    ]
    paying = st.none() | st.sampled_from([partner["organisation"] for partner in partners])
    financing = [
        {"source": source, "organisation": draw(paying), "amount": draw(st.integers(0, 10**9))}
        for source in draw(st.lists(st.sampled_from(Source.values), max_size=3))
    ]
    total = sum(part["amount"] for part in financing) if financing else draw(st.integers(0, 10**12))
    total = draw(st.sampled_from([total, None]))
    return {
        "partners": partners,
        "lead": {"organisation": partners[0]["organisation"], "unit": "Projektkontoret"},
        "budget": {"total": total, "financing": financing},
    }


OF_ACTIVITIES = st.sampled_from([each for each in CountsAs.values if each != CountsAs.EMPLOYMENT])


@st.composite
def templates(draw):
    """Return a random template as data."""
    start = draw(DAYS)
    end = start + timedelta(days=draw(st.integers(1, 2000)))
    within = st.dates(start, end)
    phases = [
        {**phase, "start": first, "end": draw(st.dates(first, end)), "checklist": draw(st.lists(TEXTS, max_size=2))}
        for phase, first in ((phase, draw(within)) for phase in draw(items()))
    ]
    groups = draw(items(1, rule=st.lists(CONDITIONS, max_size=2), of=st.sampled_from(["persons", "employers"])))
    where = st.sampled_from(
        [{}, {"sex": "man"}, {"born_abroad": "yes"}, {"target_group": groups[0]["code"]}, {"sex": ["man", "woman"]}]
    )
    measured = {
        "indicator": st.sampled_from(["participants", "share_with_plan"]),
        "target": st.decimals(0, 10**9, places=2).map(float),
        "where": where,
    }
    return {
        "lotsen": 1,
        "code": "prov-random",
        "name": draw(TEXTS),
        "summary": draw(TEXTS),
        "period": {"start": start, "end": end},
        "fund": draw(TEXTS),
        "reference": draw(st.just("") | LINES),
        **draw(partners_and_budget()),
        "area": sorted(draw(st.sets(st.sampled_from(["2581", "2505", "2560"]), min_size=1))),
        "phases": phases,
        "age_bands": sorted(draw(st.sets(st.integers(0, 120), min_size=1, max_size=4))),
        "target_groups": groups,
        "steps": draw(
            items(
                1,
                optional={"weeks": st.integers(1, 260), "weeks_at_most": st.integers(260, 520)},
                requires=st.lists(TEXTS, max_size=2),
            )
        ),
        "activities": draw(items(optional={"counts_as": OF_ACTIVITIES})),
        "measures": draw(items()),
        "placements": draw(items()),
        "exits": {"destinations": draw(items(1, outcome=st.sampled_from(Outcome.values))), "reasons": draw(items(1))},
        "follow_up_days": draw(st.lists(st.integers(1, 1000), max_size=3)),
        "goals": [
            {**goal, **(draw(st.fixed_dictionaries(measured)) if n % 2 else {})} for n, goal in enumerate(draw(items()))
        ],
    }


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    # Each example is undone by itself, and a template is large.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(templates())
def test_export_of_any_template_says_what_the_template_said(db, data):
    template = read(yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False))
    with transaction.atomic():
        programme = load_template(template=template)
        exported = export_template(programme)
        transaction.set_rollback(True)
    assert in_order(read(exported)) == in_order(template)
