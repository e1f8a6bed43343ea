"""Two records of one human being are made one, and that is undone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _

from lotsen.access.models import User
from lotsen.core import database
from lotsen.core.refused import Refused, action
from lotsen.people.enums import IdentityKind
from lotsen.people.models import FormerNumber, Merging, Person
from lotsen.people.queries import UNDONE_WITHIN

from .persons import keep_former_number, seal_number


@action
def merge_persons(*, kept: Person, gone: Person, by: User, at: datetime) -> Merging:
    """Make two records of one human being one: all that hangs on `gone` comes to `kept`.

    `gone` stays, out of sight, for as long as it can be undone. Its number finds the kept record from now on.
    """
    refuse_unlike(kept, gone)
    merging = Merging(kept=kept, gone=gone, made_by=by, made_at=at)
    merging.moved = {model._meta.label: _move(rows, kept, name) for model, name, rows in _rows_of(gone, kept)}
    number, kind = gone.identity_number, IdentityKind(gone.identity_kind)
    # First out of the way, since two records cannot have one number.
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    if number and kept.identity_number:
        former = keep_former_number(person=kept, number=number, kind=kind, by=by)
        merging.moved["former"] = [str(former.pk)]
    elif number:
        merging.took_number = True
        seal_number(kept, number, kind)
        kept.save(update_fields=["identity_kind", "identity_sealed", "identity_index"])
    merging.save()
    return merging


@action
def undo_merging(*, merging: Merging, by: User, at: datetime) -> None:
    """Take two records apart again: what came with the other one goes back to it, as far as it is still there."""
    if merging.undone_at:
        raise Refused(_("This has been undone already."))
    if at > merging.made_at + UNDONE_WITHIN:
        raise Refused(_("It is too late: a merging can be undone for 30 days."))
    kept, gone = merging.kept, merging.gone
    if merging.took_number:
        seal_number(kept, "", IdentityKind.NONE)
        kept.save(update_fields=["identity_kind", "identity_sealed", "identity_index"])
    moved = dict(merging.moved)
    FormerNumber.objects.filter(pk__in=moved.pop("former", [])).delete()
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    for label, keys in moved.items():
        model = apps.get_model(label)
        name = _link_to_person(model)
        model._default_manager.filter(pk__in=keys, **{name: kept}).update(**{name: gone})
    merging.undone_by, merging.undone_at = by, at
    merging.save(update_fields=["undone_by", "undone_at"])


def refuse_unlike(kept: Person, gone: Person) -> None:
    """Refuse two records that cannot be one, with the sentence that says why."""
    if kept.pk == gone.pk:
        raise Refused(_("This is the same record."), "number")
    if kept.organisation_id != gone.organisation_id:
        raise Refused(_("The records belong to different authorities, and stay apart."), "number")
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused(_("One of the records is a part of another one already."), "number")
    if kept.is_protected != gone.is_protected:
        raise Refused(_("Only one of the records is protected. Protect the other one first."), "number")
    if database.call("lotsen_cases_elsewhere", [kept.pk, gone.pk]):
        raise Refused(_("There is a case in a unit that is not yours. Ask somebody who works in both."), "number")
    both = kept.cases.filter(programme__in=gone.cases.values("programme")).select_related("programme").first()
    if both:
        raise Refused(
            _("Both have a case in %(programme)s. Correct that first: one person has one case in a programme.")
            % {"programme": both.programme},
            "number",
        )


def _link_to_person(model: type[Model]) -> str:
    """Return the name of the field by which a model points to a person."""
    names = [field.name for field in model._meta.concrete_fields if field.related_model is Person]
    return names[0]


def _rows_of(gone: Person, kept: Person) -> Iterator[tuple[type[Model], str, QuerySet[Any]]]:
    """Yield all that points to a record, of every area, but what tells of the records themselves."""
    for relation in Person._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model in {Person, Merging} or hasattr(model, "pgh_tracked_model"):
            continue
        yield model, name, _without_twins(model._default_manager.filter(**{name: gone}), kept, name)


def _without_twins(rows: QuerySet[Any], kept: Person, name: str) -> QuerySet[Any]:
    """Leave out what the kept record has already and may have once, such as a reader who is named for both."""
    for constraint in rows.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            same = {field: OuterRef(field) for field in constraint.fields if field != name}
            twins = rows.model._default_manager.filter(constraint.condition or Q(), **{name: kept}, **same)
            rows = rows.exclude(constraint.condition or Q(), Exists(twins))
    return rows


def _move(rows: QuerySet[Any], kept: Person, name: str) -> list[str]:
    """Let rows point to the kept record; return their keys."""
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(**{name: kept})
    return [str(key) for key in keys]
