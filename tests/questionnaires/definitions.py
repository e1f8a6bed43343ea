"""Random questionnaires with random answers, and a slow way to say what follows from them."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from lotsen.questionnaires.definitions import Definition


def words(text="Fråga"):
    return {"sv": text, "en": text}


def question(code, kind="scale", **given):
    """Return a question: a scale from 1 to 5 unless it is said."""
    found = {"code": code, "kind": kind, "text": words(code), **given}
    return {**({"from": 1, "to": 5} if kind in {"scale", "grid"} else {}), **found}


def definition(*questions, **given):
    """Return a questionnaire of one section."""
    section = {"code": "one", "text": words("Del"), "questions": list(questions)}
    fields = {"lotsen": 1, "code": "prov", "title": words("Prov"), "purpose": "participant", "sections": [section]}
    return Definition.model_validate({**fields, **given})


OPTIONS = [{"code": code, "text": words(code), "value": place} for place, code in enumerate("abc")]
KINDS = ("scale", "single", "multiple", "number", "text", "grid")


@st.composite
def definitions(draw):
    """Draw a questionnaire of scales, choices, numbers, texts and grids, with conditions and scores."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8))
    questions = []
    for place, kind in enumerate(kinds):
        extra = {}
        if kind in {"single", "multiple"}:
            extra["options"] = OPTIONS
        if kind == "grid":
            extra["rows"] = [{"code": code, "text": words(code)} for code in ("x", "y")]
        before = [each for each in questions if each["kind"] in {"scale", "single", "multiple", "number"}]
        if before and draw(st.booleans()):
            extra["when"] = [draw(_condition(draw(st.sampled_from(before))))]
        questions.append(question(f"q{place}", kind, required=draw(st.booleans()), **extra))
    return definition(*questions, scores=draw(_scores(questions)))


@st.composite
def _condition(draw, asked):
    if asked["kind"] in {"single", "multiple"}:
        return {"question": asked["code"], "is": draw(st.lists(st.sampled_from("abc"), min_size=1, unique=True))}
    return {"question": asked["code"], draw(st.sampled_from(["at_least", "at_most"])): draw(st.integers(0, 6))}


@st.composite
def _scores(draw, questions):
    items = []
    for each in questions:
        if each["kind"] in {"scale", "single"}:
            items.append(each["code"])
        if each["kind"] == "grid":
            items += [f"{each['code']}.x", f"{each['code']}.y"]
    if not items:
        return []
    chosen = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    reverse = draw(st.lists(st.sampled_from(chosen), unique=True))
    missing = draw(st.integers(0, len(chosen) - 1))
    method = draw(st.sampled_from(["sum", "mean"]))
    score = {"items": chosen, "reversed": reverse, "missing": missing, "method": method}
    return [{"code": "score", "text": words("Poäng"), **score}]


@st.composite
def values_of(draw, asked):
    """Draw answers to some of the questions, as they are stored."""
    found = {}
    for code, each in asked.questions.items():
        made = {
            "scale": st.integers(1, 5),
            "single": st.sampled_from("abc"),
            "multiple": st.lists(st.sampled_from("abc"), min_size=1, unique=True),
            "number": st.integers(0, 9),
            "text": st.text(min_size=1, max_size=5),
            "grid": st.dictionaries(st.sampled_from("xy"), st.integers(1, 5), min_size=1),
        }[each.kind.value]
        if draw(st.booleans()):
            found[code] = draw(made)
    return found


def slow_asked(asked, values):
    """Say one by one which questions are asked: all that their conditions name is itself asked and answered so."""
    found = set()
    for code, each in asked.questions.items():
        holds = True
        for condition in each.when:
            value = values.get(condition.question) if condition.question in found else None
            if value is None:
                holds = False
            elif condition.is_:
                holds = holds and bool({*(value if isinstance(value, list) else [value])} & {*condition.is_})
            else:
                low = condition.at_least if condition.at_least is not None else -99
                high = condition.at_most if condition.at_most is not None else 99
                holds = holds and low <= value <= high
        if holds:
            found.add(code)
    return found


def slow_score(asked, score, values):
    """Say what a score is, item by item, by fractions."""
    counted = []
    there = slow_asked(asked, values)
    for item in score.items:
        code, _dot, row = item.partition(".")
        each = asked.questions[code]
        value = values.get(code) if code in there else None
        if row and value is not None:
            value = value.get(row)
        if value is None:
            continue
        value = "abc".index(value) if each.kind == "single" else value
        least, most = (0, 2) if each.kind == "single" else (1, 5)
        counted.append(least + most - value if item in score.reversed else value)
    if len(score.items) - len(counted) > score.missing:
        return None
    exact = Fraction(sum(counted), len(counted)) * (len(score.items) if score.method == "sum" else 1)
    return round(Decimal(exact.numerator) / Decimal(exact.denominator), 2)
