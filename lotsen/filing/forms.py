"""The schema of files of layouts; making, sending and correcting a participant file."""

from datetime import date
from typing import Annotated, Any, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field, model_validator

from lotsen.access.models import Unit, User
from lotsen.core.datafiles import Line, Name, Part, Text, expected, parse_file
from lotsen.core.forms import Form
from lotsen.programmes.enums import FundPeriod, Sex
from lotsen.programmes.models import Programme

from .enums import Value


def _of_rows(value: Value) -> Value:
    if value not in Value.of_rows():
        raise ValueError(expected(_("expected what a row has: %s") % ", ".join(Value.of_rows()), value.value))
    return value


def _of_file(value: Value) -> Value:
    if value in set(Value.of_rows()) - {Value.TEXT}:
        raise ValueError(expected(_("expected what the whole file has, not what a row has"), value.value))
    return value


class _Labelled(Part):
    """A label and what stands by it. A fixed text is written out."""

    label: Name
    text: Line | None = None

    @model_validator(mode="after")
    def _has_text(self) -> "_Labelled":
        if (getattr(self, "value", None) == Value.TEXT) != (self.text is not None):
            raise ValueError(_("`text` goes with the value `text`, and with no other"))
        return self


class ColumnPart(_Labelled):
    """A column of the table."""

    value: Annotated[Value, AfterValidator(_of_rows)]


class LinePart(_Labelled):
    """A line above the table."""

    value: Annotated[Value, AfterValidator(_of_file)]
    required: bool = False


def _with_birth(pattern: str) -> str:
    if pattern.count("{birth}") != 1 or "{" in pattern.replace("{birth}", ""):
        raise ValueError(expected(_("expected a pattern with {birth} once"), pattern))
    return pattern


def _of_name(pattern: str) -> str:
    plain = pattern
    for name in ("{month}", "{year}", "{reference}", "{unit}"):
        plain = plain.replace(name, "")
    if "{" in plain or "/" in plain or "\\" in plain:
        raise ValueError(expected(_("expected a name of {month}, {year}, {reference}, {unit} and letters"), pattern))
    return pattern


class LayoutPart(Part):
    """One layout: for which period of the fund, from which day, and how the file looks."""

    fund_period: FundPeriod
    valid_from: date
    name: Text
    confirmed: bool
    file_name: Annotated[Name, AfterValidator(_of_name)]
    sheet: Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\\x00]+$")]
    heading: list[LinePart] = Field(default=[])
    columns: list[ColumnPart] = Field(min_length=1)
    substitutes: dict[Sex, Annotated[Name, AfterValidator(_with_birth)]] = Field(default={})
    weeks_open: Annotated[int, Field(ge=1, le=52)]
    most_hours: Annotated[int, Field(ge=1, le=744)]

    @model_validator(mode="after")
    def _tells_whom(self) -> "LayoutPart":
        if [column.value for column in self.columns].count(Value.IDENTITY) != 1:
            raise ValueError(_("one column, and no more, holds the identity number"))
        return self


class Layouts(Part):
    """A file of layouts."""

    lotsen: Literal[1]
    layouts: list[LayoutPart] = Field(min_length=1)


def parse_layouts(text: bytes, file: str) -> Layouts:
    """Read a file of layouts. Raises `FileFaults` with file, line, field and what was expected."""
    return parse_file(text, file, Layouts)


class MakeForm(Form):
    """A unit and a month, as the row of the page has them."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), widget=forms.HiddenInput)
    month = forms.DateField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, user: User, **kwargs: Any) -> None:
        """Take the user's own units in the programme."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = programme.units.filter(pk__in=user.own_units)  # type: ignore[attr-defined]  # of a model's field


class CorrectForm(MakeForm):
    """The same, and why the months from there on are sent again."""

    why = forms.CharField(label=gettext_lazy("What was corrected?"), max_length=300)


class ReceiptForm(Form):
    """What the receiver has answered."""

    receipt = forms.CharField(label=gettext_lazy("Receipt"), max_length=200)
