"""What a fault of a file is called, in the words of those who write one."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from .parts import CODE_PATTERN

#: How much of what was found is repeated.
_SHOWN = 60


def sentence(found: Any) -> str:
    """Return what was expected where a fault was found. `found` is an error as pydantic tells it."""
    kind = found["type"]
    if kind == "value_error":
        # The schema's own sentence.
        return str(found["ctx"]["error"])
    if kind == "missing":
        return _("this field must be there")
    if kind == "extra_forbidden":
        return _("no such field here")
    return expected(_EXPECTED.get(kind, _other)(found.get("ctx", {})), found["input"])


def expected(said: str, found: object) -> str:
    """Return a sentence of what was expected and what stood there."""
    return _("%(expected)s; found %(found)s") % {"expected": said, "found": repr(str(found)[:_SHOWN])}


def _other(_context: Any) -> str:
    return _("expected another value; see docs/templates.md")


def _text(_context: Any) -> str:
    return _("expected a text; put quotation marks around it")


def _whole_number(_context: Any) -> str:
    return _("expected a whole number")


def _number(_context: Any) -> str:
    return _("expected a number")


def _day(_context: Any) -> str:
    return _("expected a day such as 2015-10-01")


def _list(_context: Any) -> str:
    return _("expected a list")


def _mapping(_context: Any) -> str:
    return _("expected fields with values, `name: value`")


def _yes_no(_context: Any) -> str:
    return _("expected true or false, or for sex woman or man")


def _pattern(context: Any) -> str:
    if context["pattern"] == CODE_PATTERN:
        return _("expected a code: small letters a-z, digits and single hyphens")
    return _("expected a text that can be stored")


def _choice(context: Any) -> str:
    # pydantic joins its choices in English.
    choices = context["expected"].replace("'", "").replace(" or ", ", ")
    return _("expected one of: %(choices)s") % {"choices": choices}


_EXPECTED: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("string_type", "string_sub_type"), _text),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _whole_number),
    **dict.fromkeys(("decimal_type", "decimal_parsing", "decimal_max_digits", "decimal_whole_digits"), _number),
    **dict.fromkeys(("finite_number", "float_type", "float_parsing"), _number),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _day),
    **dict.fromkeys(("list_type", "tuple_type"), _list),
    **dict.fromkeys(("model_type", "dict_type", "model_attributes_type"), _mapping),
    **dict.fromkeys(("bool_type", "bool_parsing"), _yes_no),
    **dict.fromkeys(("enum", "literal_error"), _choice),
    "string_pattern_mismatch": _pattern,
    "string_unicode": lambda _c: _("expected a text that can be stored"),
    "string_too_short": lambda _c: _("expected a text that is not empty"),
    "string_too_long": lambda c: _("expected at most %(most)s characters") % {"most": c["max_length"]},
    "too_short": lambda c: _("expected at least %(least)s line in the list") % {"least": c["min_length"]},
    "too_long": lambda c: _("expected at most %(most)s line here") % {"most": c["max_length"]},
    "greater_than_equal": lambda c: _("expected a number from %(least)s") % {"least": c["ge"]},
    "less_than_equal": lambda c: _("expected a number up to %(most)s") % {"most": c["le"]},
    "decimal_max_places": lambda c: _("expected at most %(most)s decimals") % {"most": c["decimal_places"]},
}

#: What PyYAML says, and what is meant by it. The first that fits.
_YAML: tuple[tuple[str, Callable[[], str]], ...] = (
    ("\\t", lambda: _("here stands a tabulator; begin lines with blanks")),
    ("mapping values are not allowed", lambda: _("a colon too many; put quotation marks around a text that has one")),
    ("could not find expected ':'", lambda: _("here a colon is missing after the name of a field")),
    ("expected ',' or", lambda: _("a bracket is not closed, or a comma is missing")),
    ("end of stream", lambda: _("a quotation mark or a bracket is not closed")),
    ("undefined alias", lambda: _("anchors (&name) and aliases (*name) are not allowed")),
    ("tag handle", lambda: _("tags (!name) are not allowed")),
)


def yaml_sentence(error: Any) -> str:
    """Return what is wrong where a file is no YAML."""
    problem = f"{error.problem} {error.context or ''}"
    other = _("this cannot be read as YAML; look at blanks, brackets and quotation marks here and one line above")
    return next((said() for sign, said in _YAML if sign in problem), other)
