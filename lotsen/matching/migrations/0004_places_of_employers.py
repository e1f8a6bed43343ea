"""The sector of an employer is a part of a place: a change of it tells that places must be read anew."""

from importlib import import_module

from django.db import migrations

before = import_module("lotsen.matching.migrations.0003_places_version").MAKE
MAKE = before.replace("create function", "create or replace function").replace(
    "(select max(pgh_id) from employers_workplaceevent)",
    "(select max(pgh_id) from employers_workplaceevent), (select max(pgh_id) from employers_employerevent)",
)


class Migration(migrations.Migration):
    """Make the function anew."""

    dependencies = [("matching", "0003_places_version")]
    operations = [migrations.RunSQL(MAKE, before.replace("create function", "create or replace function"))]
