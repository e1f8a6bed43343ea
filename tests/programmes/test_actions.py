"""A template is loaded whole or not at all, and again without a change."""

from datetime import date

import pytest
from django.db import transaction
from django.utils.translation import override

from lotsen.access.models import Organisation, Unit
from lotsen.activities.actions import plan_activity
from lotsen.core.refused import Refused
from lotsen.programmes.actions import load_template
from lotsen.programmes.exports import export_template
from lotsen.programmes.forms import parse_template
from lotsen.programmes.models import Kind, Programme
from tests import factories
from tests.programmes.files import NAME, SMALL, changed, kept


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def load(*changes):
    """Load the small file, with some of its text replaced, as a command would."""
    with transaction.atomic():
        return load_template(template=parse_template(changed(*changes), NAME))


def refusal(template):
    """Return the sentence with which a template is refused."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        load_template(template=template)
    return str(caught.value)


def test_template_becomes_a_programme(db):
    programme = load()
    assert (programme.name, programme.starts_on, programme.ends_on) == (
        "The trial",
        date(2026, 1, 1),
        date(2027, 12, 31),
    )
    assert (programme.budget, list(programme.financing.values_list("amount", flat=True))) == (30_000, [10_000, 20_000])
    assert str(programme.lead_unit.organisation) == "Provkommunen"
    assert [str(unit) for unit in programme.units.all()] == ["Enheten"]
    assert list(programme.area.values_list("code", flat=True)) == ["2581"]
    assert programme.age_bands == ["16-24", "25-"]
    assert [str(goal.target) for goal in programme.goals.all()] == ["40.00"]
    assert programme.targetgroups.get().rule == [{"fact": "age", "from": 16, "to": 24}]


def test_template_loaded_again_changes_nothing(db):
    before = kept(load())
    assert kept(load()) == before


def test_template_loaded_again_leaves_no_history(db):
    programme = load()
    load()
    assert [event.pgh_label for event in programme.events.all()] == ["insert"]


def test_template_mended_and_loaded_again_is_the_same_programme(db):
    programme, step = load(), load().steps.get()
    again = load(("The trial", "The test"), ("name: Tillit", "name: Förtroende"), ("weeks: 4", "weeks: 6"))
    assert (again.pk, again.name) == (programme.pk, "The test")
    assert [(s.pk, s.name, s.weeks) for s in again.steps.all()] == [(step.pk, "Förtroende", 6)]


def test_template_sets_the_order_of_its_lines(db):
    one, two = "  - {code: trust, name: Tillit, weeks: 4}", "  - {code: match, name: Matchning}"
    assert [step.code for step in load((one, f"{one}\n{two}")).steps.all()] == ["trust", "match"]
    assert [step.code for step in load((one, f"{two}\n{one}")).steps.all()] == ["match", "trust"]


def test_template_takes_away_what_it_leaves_out(db):
    load()
    programme = load(
        ("  - {code: many, name: Deltagare, indicator: participants, target: 40, where: {sex: woman}}\n", ""),
        ("goals:\n", ""),
        ("code: trust", "code: hope"),
        ("    - {source: co_financing, amount: 200}\n", ""),
        ("total: 300", "total: 100"),
        ('      - {name: Enheten, municipality: "2581", domain: prov}', "      - {name: Den nya, domain: prov}"),
    )
    found = [list(getattr(programme, name).values_list("code", flat=True)) for name in ("goals", "steps")]
    assert found == [[], ["hope"]]
    assert [str(unit) for unit in programme.units.all()] == ["Den nya"]
    assert programme.financing.count() == 1


def test_template_keeps_what_others_may_use_as_it_is(db):
    load()
    load(
        ("kind: municipality", "kind: agency"),
        ('municipality: "2581", domain: prov', 'municipality: "2505", domain: annan'),
        ("code: prov\n", "code: prov-2\n"),
    )
    assert Organisation.objects.get(name="Provkommunen").kind == "municipality"
    unit = Unit.objects.get(organisation__name="Provkommunen", name="Enheten")
    assert (unit.municipality_id, unit.secrecy_domain_id) == ("2581", "prov")
    assert [programme.code for programme in unit.programmes.order_by("code")] == ["prov", "prov-2"]


def test_template_gives_a_unit_without_a_domain_one_by_itself(db):
    units = load().lead_unit, Unit.objects.get(name="Enheten", organisation__name="Provkommunen")
    assert units[0].name == "Projektkontoret"
    assert units[0].secrecy_domain_id == str(units[0].organisation_id) != units[1].secrecy_domain_id


def test_template_without_a_sum_has_a_budget_that_is_not_known(db):
    financing = "  financing:\n    - {source: funder, organisation: Fonden, amount: 100}\n"
    rest = "    - {source: co_financing, amount: 200}\n"
    assert load((f"budget:\n  total: 300\n{financing}{rest}", "")).budget is None
    assert load(("  total: 300\n", "")).financing.count() == 2
    assert load(("total: 300", "total: 0"), (f"{financing}{rest}", "")).budget == 0


def test_goal_may_be_over_several_groups(db):
    goal = load(("where: {sex: woman}", "where: {age: [16-24, 25-]}")).goals.get()
    assert (goal.dimension, goal.keys) == ("age", ["16-24", "25-"])


@pytest.fixture
def lived(db):
    """Return a programme that a case has passed through, with its template."""
    programme = factories.ProgrammeFactory()
    programme.area.add("2581")
    factories.whole_case(programme=programme, unit=programme.lead_unit)
    return programme, parse_template(export_template(programme).encode(), NAME)


def without(template, name, code):
    """Return the template without a line, with its name changed and another line, so that a half load would show."""
    if name in {"destinations", "reasons"}:
        lines = [line for line in getattr(template.exits, name) if line.code != code]
        update = {"exits": template.exits.model_copy(update={name: lines})}
    else:
        update = {name: [line for line in getattr(template, name) if line.code != code]}
    phase = parse_template(SMALL.encode(), NAME).phases[0]
    return template.model_copy(update={**update, "phases": [phase], "summary": template.name})


@pytest.mark.parametrize(
    ("name", "code", "user"),
    [
        ("steps", "tillit", "case"),
        ("target_groups", "unga", "case"),
        ("destinations", "arbete", "case"),
        ("reasons", "klar", "case"),
        ("activities", "kurs", "activity"),
        ("placements", "praktik", "case"),
    ],
)
def test_template_that_leaves_out_a_used_line_is_refused_and_nothing_changes(lived, name, code, user):
    programme, template = lived
    before = kept(programme)
    assert refusal(without(template, name, code)) == (
        f"The template leaves out a line that {user} uses. Keep the line, or close what uses it first."
    )
    assert kept(Programme.objects.get(pk=programme.pk)) == before


@pytest.mark.parametrize(
    ("name", "code"),
    [("steps", "matchning"), ("destinations", "studier"), ("reasons", "flytt"), ("activities", "styrgrupp")],
)
def test_template_may_leave_out_a_line_that_nothing_uses(lived, name, code):
    programme, template = lived
    loaded = load_template(template=without(template, name, code))
    assert (loaded.pk, loaded.summary) == (programme.pk, programme.names)


def test_template_that_leaves_out_a_unit_with_cases_is_refused_and_nothing_changes(lived):
    programme, template = lived
    before = kept(programme)
    partners = [template.partners[0].model_copy(update={"units": []})]
    assert refusal(template.model_copy(update={"partners": partners})) == (
        "The template leaves out a line that case uses. Keep the line, or close what uses it first."
    )
    assert kept(programme) == before


def test_template_may_use_a_code_in_each_list(db):
    """A code names a line of its list: a kind of activity and one of placement may share it."""
    course = "activities:\n  - {code: course, name: Kurs}\n"
    load((course, f"{course}placements:\n  - {{code: course, name: Kursplats}}\n"))
    programme = load((course, f"placements:\n  - {{code: course, name: Kursplats}}\n{course}"))
    kinds = Kind.objects.filter(programme=programme).order_by("category")
    assert [(kind.category, kind.name) for kind in kinds] == [("activity", "Kurs"), ("placement", "Kursplats")]


def test_template_may_leave_out_a_kind_while_its_namesake_in_another_list_is_used(db):
    course = "activities:\n  - {code: course, name: Kurs}\n"
    programme = load((course, f"{course}placements:\n  - {{code: course, name: Kursplats}}\n"))
    plan_activity(kind=programme.kinds.get(category="activity"), title="Kurs", minutes=60, days=[date(2026, 4, 1)])
    assert [kind.category for kind in load().kinds.all()] == ["activity"]
