"""A small template file, what is changed in it, and what is kept of a programme that was loaded."""

import re
from typing import Any

from lotsen.access.models import Organisation, Unit
from lotsen.programmes.models import Programme

NAME = "prov.yaml"
SMALL = """\
lotsen: 1
code: prov
name: {sv: Provet, en: The trial}
summary: Ett projekt för prov.
period: {start: 2026-01-01, end: 2027-12-31}
fund: ESF+
lead: {organisation: Provkommunen, unit: Projektkontoret}
partners:
  - organisation: Provkommunen
    kind: municipality
    roles: [owner]
    units:
      - {name: Enheten, municipality: "2581", domain: prov}
  - {organisation: Fonden, kind: funder, roles: [funder]}
area: ["2581"]
budget:
  total: 300
  financing:
    - {source: funder, organisation: Fonden, amount: 100}
    - {source: co_financing, amount: 200}
phases:
  - {code: first, name: Första, start: 2026-01-01, end: 2026-12-31}
age_bands: [16, 25]
target_groups:
  - code: young
    name: Unga
    rule:
      - {fact: age, from: 16, to: 24}
steps:
  - {code: trust, name: Tillit, weeks: 4}
activities:
  - {code: course, name: Kurs}
exits:
  destinations:
    - {code: work, name: Arbete, outcome: work}
  reasons:
    - {code: done, name: Klar}
follow_up_days: [90]
goals:
  - {code: many, name: Deltagare, indicator: participants, target: 40, where: {sex: woman}}
"""


def changed(*changes: tuple[str, str]) -> bytes:
    """Return the small file with some of its text replaced. Each piece must stand in it once."""
    text = SMALL
    for old, new in changes:
        assert len(re.findall(re.escape(old), text)) == 1, old
        text = text.replace(old, new)
    return text.encode()


def kept(programme: Programme) -> dict[str, list[dict[str, Any]]]:
    """Return all that is kept of a programme, table by table. What hangs on it alone is told without its key."""
    rows = {
        name: list(getattr(programme, name).order_by("pk").values())
        for name in ("phases", "targetgroups", "steps", "kinds", "destinations", "exitreasons", "goals", "cases")
    }
    hanging = {
        name: [{key: value for key, value in row.items() if key != "id"} for row in getattr(programme, name).values()]
        for name in ("partners", "financing")
    }
    units = Unit.objects.filter(programmes=programme).order_by("pk").values()
    organisations = Organisation.objects.filter(partnerships__programme=programme).order_by("pk").values()
    return {
        **rows,
        **hanging,
        "programme": list(Programme.objects.filter(pk=programme.pk).values()),
        "area": sorted(programme.area.values_list("code", flat=True)),
        "units": list(units),
        "organisations": list(organisations),
    }
