"""Indicators as a table, JSON and CSV."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lotsen.core.text import number
from lotsen.indicators.enums import Measure
from lotsen.indicators.queries import Figure, Group, Indicator
from lotsen.programmes.enums import Dimension
from lotsen.programmes.models import Programme


def as_json(programme: Programme, found: Sequence[Indicator]) -> str:
    """Write indicators as JSON. Numbers are numbers; a share is in per cent; what is not known is null."""
    body = {
        "programme": programme.code,
        "as_of": found[0].as_of.isoformat(),
        "indicators": {
            item.code: {
                "name": item.name,
                "value": _plain(item.total.value),
                "numerator": item.total.numerator,
                "denominator": item.total.denominator,
                "unknown": item.total.unknown,
                "target": _plain(item.target),
                "by": {
                    dim.value: {_name(dim, group): _plain(group.figure.value) for group in groups}
                    for dim, groups in item.by.items()
                },
            }
            for item in found
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def as_csv(programme: Programme, found: Sequence[Indicator]) -> str:
    """Write a line for each figure: the whole of each indicator, then its groups."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["programme", "as_of", "indicator", "dimension", "group", "value", "numerator", "denominator", "unknown"]
    )
    for item in found:
        for dim, name, figure in _lines(item):
            row = [programme.code, item.as_of.isoformat(), item.code, dim, name]
            writer.writerow([*row, _plain(figure.value), figure.numerator, figure.denominator, figure.unknown])
    return out.getvalue().rstrip("\n")


def as_table(programme: Programme, found: Sequence[Indicator]) -> str:
    """Write a table for the eye."""
    lines = [f"{programme.name}, {found[0].as_of}", ""]
    for item in found:
        lines.append(_line(f"{item.name} ({item.code})", item, item.total))
        lines += [f"    {need.label}" for need in item.lacks]
        for dim, groups in item.by.items():
            lines += [f"    {dim.label}"] if groups else []
            lines += [_line(f"      {group.label}", item, group.figure) for group in groups]
    return "\n".join(lines)


def _line(label: str, item: Indicator, figure: Figure) -> str:
    return f"{label:<78}{show(item, figure):>12}{_rest(figure)}"


def show(item: Indicator, figure: Figure) -> str:
    """Write a figure as it is shown to people."""
    if figure.value is None:
        return "–"
    decimals = 0 if figure.value == figure.value.to_integral_value() and item.definition.measure != "share" else 1
    sign = "\u00a0%" if item.definition.measure == "share" else ""
    return number(figure.value, decimals) + sign


def show_target(item: Indicator) -> str:
    """Write the target of an indicator, a share in per cent; a dash where there is none."""
    if item.target is None:
        return "–"
    sign = "\u00a0%" if item.definition.measure == Measure.SHARE else ""
    return number(item.target, 0 if item.target == item.target.to_integral_value() else 1) + sign


def unknown_text(measure: Measure, figure: Figure) -> str:
    """Write how many did not answer. Counts and sums ask nobody: a dash."""
    return number(figure.unknown) if measure in {Measure.SHARE, Measure.MEDIAN} else "–"


def _rest(figure: Figure) -> str:
    parts = []
    if figure.denominator is not None:
        parts.append(f"{figure.numerator} / {figure.denominator}")
    if figure.unknown:
        parts.append(f"{figure.unknown} ?")
    return "  " + ", ".join(parts) if parts else ""


def _lines(item: Indicator) -> list[tuple[str, str, Figure]]:
    groups = [(dim.value, _name(dim, group), group.figure) for dim, found in item.by.items() for group in found]
    return [("", "", item.total), *groups]


def _name(dim: Dimension, group: Group) -> str:
    """Return how a file names a group: municipalities by name, the rest by key."""
    return group.label if dim == Dimension.MUNICIPALITY else group.key


def _plain(value: Decimal | None) -> Any:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
