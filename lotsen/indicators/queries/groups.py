"""What figures are broken down by: each dimension with its SQL, its keys and its words, in one table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lotsen.core.text import sort_key
from lotsen.programmes.enums import Dimension, Outcome, Sex
from lotsen.programmes.models import Programme

#: The key of those about whom a fact is not known.
UNKNOWN = "unknown"

Words = Callable[[Programme], dict[str, str]]


@dataclass(frozen=True)
class _Breakdown:
    """How a case gets its key in the statement, and what that key is called by people, in files and in addresses."""

    sql: str
    #: Where a case may have several keys: the rows that give them, up to a last condition.
    rows: str = ""
    #: The words for the statement's keys, in the order in which they are shown.
    words: Words = lambda _programme: {}
    #: The statement's keys that files and addresses write in another way.
    written: Words = lambda _programme: {}


def _births(_programme: Programme) -> dict[str, str]:
    return {"true": _("Born abroad"), "false": _("Born in Sweden")}


def _abilities(_programme: Programme) -> dict[str, str]:
    return {"true": _("Reduced work ability"), "false": _("No reduced work ability")}


def _yes_no_written(_programme: Programme) -> dict[str, str]:
    return {"true": "yes", "false": "no"}


def _bands(programme: Programme) -> dict[str, str]:
    return {str(place): band for place, band in enumerate(programme.age_bands, start=1)}


def _band_words(programme: Programme) -> dict[str, str]:
    return {key: band.replace("-", "–") for key, band in _bands(programme).items()}


def _municipalities(programme: Programme) -> dict[str, str]:
    units = programme.units.exclude(municipality=None).select_related("municipality")
    names = {unit.municipality_id or "": str(unit.municipality) for unit in units}
    return dict(sorted(names.items(), key=lambda pair: sort_key(pair[1])))


_BREAKDOWNS = {
    Dimension.SEX: _Breakdown(
        "coalesce(nullif(c.sex, ''), 'unknown')", words=lambda _p: {sex.value: str(sex.label) for sex in Sex}
    ),
    Dimension.AGE: _Breakdown(
        "case when c.age >= (%(age_bounds)s::int[])[1] then width_bucket(c.age, %(age_bounds)s::int[])::text "
        "else 'unknown' end",
        words=_band_words,
        written=_bands,
    ),
    Dimension.BORN_ABROAD: _Breakdown(
        "coalesce(c.born_abroad::text, 'unknown')", words=_births, written=_yes_no_written
    ),
    Dimension.REDUCED_WORK_ABILITY: _Breakdown(
        "coalesce(c.reduced_work_ability::text, 'unknown')", words=_abilities, written=_yes_no_written
    ),
    Dimension.MUNICIPALITY: _Breakdown("coalesce(u.municipality_id, 'unknown')", words=_municipalities),
    Dimension.TARGET_GROUP: _Breakdown(
        "g.code",
        rows="from cases_casetargetgroup cg join programmes_targetgroup g on g.id = cg.target_group_id "
        "where cg.case_id = c.id and",
        words=lambda programme: {group.code: group.name for group in programme.targetgroups.all()},
    ),
    Dimension.START_YEAR: _Breakdown("coalesce(extract(year from day.started)::text, 'unknown')"),
    Dimension.START_MONTH: _Breakdown("coalesce(to_char(day.started, 'YYYY-MM'), 'unknown')"),
    Dimension.CLOSE_MONTH: _Breakdown("coalesce(to_char(day.closed, 'YYYY-MM'), 'unknown')"),
    Dimension.OUTCOME: _Breakdown(
        "coalesce(o.outcome, 'unknown')",
        words=lambda _p: {outcome.value: str(outcome.label) for outcome in Outcome},
    ),
}

#: A case falls once under each wanted dimension, or as often as it has target groups; and once under the whole.
KEYS = "select 'all', ''" + "".join(
    f" union all select '{dim}', {found.sql} {found.rows or 'where'} '{dim}' = any(%(dims)s)"
    for dim, found in _BREAKDOWNS.items()
)


@dataclass(frozen=True)
class Labels:
    """The words for the keys of each dimension, in the order in which they are shown."""

    words: dict[str, dict[str, str]]

    def of(self, dim: str, key: str) -> str:
        """Return the word for a key."""
        return self.words.get(dim, {}).get(key) or (_("Not known") if key == UNKNOWN else key)

    def order(self, dim: str, keys: Iterable[str]) -> list[str]:
        """Sort keys as their list has them; others by themselves; the unknown last."""
        rank = {key: place for place, key in enumerate(self.words.get(dim, {}))}
        return sorted(keys, key=lambda key: (key == UNKNOWN, rank.get(key, len(rank)), key))


def group_labels(programme: Programme) -> Labels:
    """Return the words of a programme's groups: two queries, whatever the number of figures."""
    return Labels({dim.value: found.words(programme) for dim, found in _BREAKDOWNS.items()})


def written_key(programme: Programme, dim: str, raw: str) -> str:
    """Turn the statement's key into the one of files and addresses: `2` -> `25-64`, `true` -> `yes`."""
    return _BREAKDOWNS[Dimension(dim)].written(programme).get(raw, raw)


def raw_key(programme: Programme, dim: str, key: str) -> str:
    """Turn the key of files and addresses back into the statement's."""
    if dim not in Dimension.values:
        return key
    written = _BREAKDOWNS[Dimension(dim)].written(programme)
    return next((raw for raw, found in written.items() if found == key), key)
