"""A list of employers that is uploaded: the file, what its columns hold, and what a row says when it is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotsen.access.models import Municipality
from lotsen.core.forms import Form
from lotsen.core.pages import Filters
from lotsen.core.sheets import SheetField
from lotsen.core.text import search_key
from lotsen.employers.enums import HEADINGS, Choice, Listed, Sector, Size, Verdict, classifications
from lotsen.employers.models import EmployerImport

from .register import parse_number

#: How lists name the owner of an employer: the beginning of the word, folded.
_SECTORS = (
    *((word, Sector.PRIVATE) for word in ("priv", "aktiebolag", "bolag")),
    *((word, Sector.PUBLIC) for word in ("offentlig", "publ", "kommun", "region", "stat", "landsting")),
    *((word, Sector.ASSOCIATION) for word in ("foren", "ideell", "assoc", "stiftelse")),
)


class UploadForm(Form):
    """The file."""

    file = SheetField(
        label=_("Excel file or CSV"),
        help_text=_("One row for each workplace, with headings in the first row. At most 50,000 rows."),
    )


def guess(headings: list[str]) -> dict[str, int]:
    """Guess what each column holds by its heading."""
    found: dict[str, int] = {}
    for listed, words in HEADINGS:
        for place, heading in enumerate(headings):
            if place not in found.values() and any(word in search_key(heading) for word in words):
                found[listed] = place
                break
    return found


class ColumnsForm(Form):
    """What each column of a list holds, and what holds for rows that say nothing of it."""

    def __init__(self, *args: Any, batch: EmployerImport, **kwargs: Any) -> None:
        """Offer the columns, each with what stands in the first rows."""
        chosen = batch.columns or guess(batch.headings)
        columns = [("", gettext("Not in the list"))]
        for place, (heading, sample) in enumerate(zip(batch.headings, batch.samples, strict=True)):
            named = heading or gettext("Without a heading")
            columns.append((str(place), f"{named} ({sample})" if sample else named))
        initial: dict[str, Any] = {listed: str(place) for listed, place in chosen.items()}
        initial |= {"default_sector": batch.sector, "default_municipality": batch.municipality_id}
        super().__init__(*args, initial=initial, **kwargs)
        for listed in Listed:
            self.fields[listed] = forms.ChoiceField(label=listed.label, choices=columns, required=listed == Listed.NAME)
            self.fields[listed].widget.attrs["class"] = "ds-input"
        self.order_fields([*Listed, "default_sector", "default_municipality"])

    default_sector = forms.ChoiceField(label=_("Sector, where the row says none"), choices=Sector.choices)
    default_municipality = forms.ModelChoiceField(
        label=_("Municipality, where the row says none"),
        queryset=Municipality.objects.order_by("name"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Every row has a municipality, from its column or from here."""
        data = super().clean() or {}
        if not data.get(Listed.MUNICIPALITY) and not data.get("default_municipality"):
            self.add_error(
                "default_municipality", _("Choose the column of the municipality, or one that holds for all rows.")
            )
        return data

    @property
    def columns(self) -> dict[str, int]:
        """What is in the list -> the place of its column."""
        return {str(listed): int(self.cleaned_data[listed]) for listed in Listed if self.cleaned_data[listed]}


@dataclass
class Reader:
    """Reads the rows of one list: from texts to what the register keeps, or to sentences on what is wrong."""

    batch: EmployerImport

    @cached_property
    def _municipalities(self) -> dict[str, str]:
        found = {}
        for place in Municipality.objects.all():
            found[search_key(place.name)] = found[place.code] = place.code
        return found

    def read(self, told: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return what the register would keep of a row, and a sentence for each field that must be corrected."""
        kept: dict[str, str] = {}
        faults: dict[str, str] = {}
        readers: dict[Listed, Callable[[str], str]] = {
            Listed.NAME: _name,
            Listed.NUMBER: lambda text: parse_number(text) if text else "",
            Listed.INDUSTRY: _industry,
            Listed.SIZE: _size,
            Listed.SECTOR: lambda text: _sector(text) if text else self.batch.sector,
            Listed.WORKPLACE: _short,
            Listed.MUNICIPALITY: self._municipality,
            Listed.ADDRESS: _short,
        }
        for listed, read in readers.items():
            try:
                kept[str(listed)] = read(told.get(str(listed), ""))
            except forms.ValidationError as error:
                faults[str(listed)] = error.messages[0]
        kept["workplace"] = kept.get("workplace") or kept.get("name", "")
        return kept, faults

    def _municipality(self, text: str) -> str:
        if not text and self.batch.municipality_id:
            return self.batch.municipality_id
        words = search_key(text).removesuffix(" kommun")
        keys = (words, words.zfill(4), words.removesuffix("s"))
        found = next((self._municipalities[key] for key in keys if key in self._municipalities), "")
        if not found:
            raise forms.ValidationError(_("Write one of Sweden's municipalities, by its name or its code."))
        return found


def _short(text: str) -> str:
    if len(text) > 200:
        raise forms.ValidationError(_("Write at most 200 characters."))
    return text


def _name(text: str) -> str:
    if not text:
        raise forms.ValidationError(_("Write the name of the employer."))
    return _short(text)


def _industry(text: str) -> str:
    """Read a code of SNI 2007 with two to five digits, or the name of a division."""
    if not text:
        return ""
    digits = re.match(r"[0-9]{1,2}(?:[.]?[0-9]{1,3})?(?![0-9])", text)
    known = classifications.names(classifications.INDUSTRY)
    code = digits.group().replace(".", "")[:2].zfill(2) if digits else ""
    found = code if code in known else classifications.code_of(classifications.INDUSTRY, text)
    if not found:
        raise forms.ValidationError(_("Write the industry by its code of SNI 2007, for example 10 or 10.710."))
    return found


def _size(text: str) -> str:
    """Read how many work there: a number, or a class of which the first one counts."""
    if not text:
        return ""
    digits = re.search(r"[0-9]+", text.replace(" ", "").replace("\xa0", ""))
    if not digits:
        raise forms.ValidationError(_("Write how many work there, as a number or a class like 10–19."))
    many = int(digits.group()[:9])
    return max((size for size in Size if int(size) <= many), key=int)


def _sector(text: str) -> str:
    words = search_key(text)
    for beginning, sector in _SECTORS:
        if words.startswith(beginning):
            return sector
    raise forms.ValidationError(_("Write private, public or association."))


class RowForm(Form):
    """A row of a list, corrected."""

    name = forms.CharField(label=Listed.NAME.label, max_length=200, required=False)
    organisation_number = forms.CharField(label=Listed.NUMBER.label, max_length=40, required=False)
    industry = forms.CharField(label=Listed.INDUSTRY.label, max_length=200, required=False)
    size = forms.CharField(label=Listed.SIZE.label, max_length=60, required=False)
    sector = forms.CharField(label=Listed.SECTOR.label, max_length=60, required=False)
    workplace = forms.CharField(label=Listed.WORKPLACE.label, max_length=200, required=False)
    municipality = forms.CharField(label=Listed.MUNICIPALITY.label, max_length=60, required=False)
    address = forms.CharField(label=Listed.ADDRESS.label, max_length=200, required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        """Take the rules of the list."""
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean(self) -> dict[str, Any]:
        """Read the row as the list is read."""
        data = super().clean() or {}
        for field, sentence in self.reader.read(data)[1].items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return data


class ChoiceForm(Form):
    """What somebody says of a row that may be the same as another one."""

    choice = forms.ChoiceField(choices=Choice.choices)


class RowFilters(Filters):
    """Rows of a list by what is found of them."""

    verdict = forms.ChoiceField(
        label=_("What is found"), choices=lambda: [("", gettext("All")), *Verdict.choices], required=False
    )

    def apply(self, queryset: Any) -> Any:
        """Narrow the rows."""
        verdict = self.cleaned_data["verdict"]
        return queryset.filter(verdict=verdict) if verdict else queryset
