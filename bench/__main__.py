"""`python -m bench [PREFIX]`: measure what begins with PREFIX."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOTSEN_DATA", "var/bench")
# Nobody is there to set one up.
os.environ.setdefault("LOTSEN_SECOND_FACTOR", "optional")

import django

from lotsen.core import embedded


def main(only: str) -> None:
    """Prepare the database, then measure part by part."""
    embedded.ensure()
    django.setup()
    from bench import (
        allpairs,
        casework,
        database,
        employers,
        hours,
        indicators,
        labour,
        matching,
        money,
        pages,
        quality,
        questionnaires,
        records,
        reports,
        rights,
    )

    database.prepare()
    for part in (
        pages,
        indicators,
        reports,
        rights,
        records,
        questionnaires,
        hours,
        money,
        employers,
        labour,
        matching,
        allpairs,
        quality,
        casework,
    ):
        part.run(only)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
