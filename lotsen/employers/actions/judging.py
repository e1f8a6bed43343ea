"""What is found of the rows of a list: new, known, twice, alike, or to be corrected."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from lotsen.core.models import change
from lotsen.core.text import search_key
from lotsen.employers.enums import Verdict
from lotsen.employers.forms import Reader
from lotsen.employers.models import Employer, ImportRow, Workplace, searched_as, sound_of


@dataclass(frozen=True)
class _Known:
    """An employer of the register, or a row before this one, that may be the same."""

    number: str
    employer: UUID | None = None
    twin: int | None = None

    def is_other(self, number: str) -> bool:
        """Tell whether it is another one for certain: both have a number, and not the same."""
        return bool(number and self.number and number != self.number)


@dataclass
class Seen:
    """The rows of a list before the one that is looked at: by number, name in a municipality, workplace and sound."""

    numbers: dict[str, _Known] = field(default_factory=dict)
    names: dict[tuple[str, str], _Known] = field(default_factory=dict)
    sounds: dict[str, list[_Known]] = field(default_factory=lambda: defaultdict(list))
    workplaces: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, row: ImportRow, reader: Reader) -> "Seen":
        """Return what stands before one row of a list, as far as it may be the same."""
        kept = reader.read(row.told)[0]
        name, number = kept.get("name", ""), kept.get("organisation_number", "")
        like = Q(search_key=searched_as(name)) | Q(sound_key=sound_of(name)) | Q(number=number, number__gt="")
        seen = cls()
        for before in row.batch.rows.filter(like, place__lt=row.place).exclude(verdict=Verdict.REFUSED):
            seen.remember(before, reader.read(before.told)[0])
        return seen

    def remember(self, row: ImportRow, kept: dict[str, str]) -> None:
        """Take a row in."""
        known = _Known(row.number, twin=row.place)
        if row.number:
            self.numbers.setdefault(row.number, known)
        self.names.setdefault((row.search_key, kept["municipality"]), known)
        if row.sound_key:
            self.sounds[row.sound_key].append(known)
        self.workplaces.add(_workplace(row, kept))


def _workplace(row: ImportRow, kept: dict[str, str]) -> tuple[str, ...]:
    return (row.number or row.search_key, search_key(kept["workplace"]), kept["municipality"])


class _Register:
    """The employers of the register that rows may be, read for many rows at once."""

    def __init__(self, rows: Sequence[ImportRow]) -> None:
        """Read them."""
        numbers = [row.number for row in rows if row.number]
        keys = {row.search_key for row in rows}
        sounds = {row.sound_key for row in rows if row.sound_key}
        like = Q(organisation_number__in=numbers) | Q(search_key__in=keys) | Q(sound_key__in=sounds)
        self.numbers: dict[str, _Known] = {}
        self.sounds: dict[str, list[_Known]] = defaultdict(list)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        found = Employer.objects.filter(like).order_by("sort_key", "pk")
        for key, number, name, sound in found.values_list("pk", "organisation_number", "search_key", "sound_key"):
            known = _Known(number, employer=key)
            if number:
                self.numbers[number] = known
            self._by_name[name].append(known)
            if sound:
                self.sounds[sound].append(known)
        there = Workplace.objects.filter(employer__search_key__in=keys)
        self._towns = set(there.values_list("employer_id", "municipality_id"))

    def named(self, key: str, town: str) -> Iterator[_Known]:
        """Return those of a name that have a workplace in a municipality."""
        return (known for known in self._by_name[key] if (known.employer, town) in self._towns)


def judge(rows: Sequence[ImportRow], reader: Reader, seen: Seen) -> None:
    """Say of rows, in their order, what is found of them. Saves nothing."""
    read = [reader.read(row.told) for row in rows]
    for row, (kept, faults) in zip(rows, read, strict=True):
        name = "" if faults else kept["name"]
        keys = {"search_key": searched_as(name), "sound_key": sound_of(name)}
        number = "" if faults else kept["organisation_number"]
        change(row, verdict=Verdict.REFUSED, employer_id=None, twin=None, number=number, **keys)
    right = [(row, kept) for row, (kept, faults) in zip(rows, read, strict=True) if not faults]
    register = _Register([row for row, _kept in right])
    for row, kept in right:
        verdict, found = _verdict(row, kept, register, seen)
        change(row, verdict=verdict, employer_id=found and found.employer, twin=found and found.twin)
        seen.remember(row, kept)


def _verdict(row: ImportRow, kept: dict[str, str], register: _Register, seen: Seen) -> tuple[Verdict, _Known | None]:
    town = kept["municipality"]
    known = register.numbers.get(row.number) if row.number else None
    named = (each for each in register.named(row.search_key, town) if not each.is_other(row.number))
    known = known or next(named, None)
    before = seen.numbers.get(row.number) if row.number else None
    before = before or seen.names.get((row.search_key, town))
    before = None if before and before.is_other(row.number) else before
    if _workplace(row, kept) in seen.workplaces:
        return Verdict.TWICE, before
    if known:
        return Verdict.KNOWN, known
    if before:
        return Verdict.NEW, before
    alike = (*register.sounds.get(row.sound_key, ()), *seen.sounds.get(row.sound_key, ()))
    found = next((each for each in alike if not each.is_other(row.number)), None)
    return (Verdict.ALIKE, found) if found else (Verdict.NEW, None)
