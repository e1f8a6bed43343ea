"""What the tables of every area have in common, and four small tables of no area."""

import uuid
from typing import Any, ClassVar, TypeVar, cast

import pghistory
from django.conf import settings
from django.db import models

from .privacy import Keep

_Model = TypeVar("_Model", bound=models.Model)


class Record(models.Model):
    """A row with an address that says nothing about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Draft(Record):
    """A long text that saved itself before its form was sent. Bound to its user; gone when the form is sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="draft_one_per_user_and_key")]

    class Privacy:
        free_text = ("body",)
        ordinary = ("id", "user", "key", "saved_at")
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return self.key


class Submission(Record):
    """A form that was sent: its id is made with the form, so that the second sending does nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answered_with = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Privacy:
        ordinary = ("id", "user", "answered_with", "sent_at")
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return self.answered_with


class CacheEntry(models.Model):
    """What all web processes remember together for a while: attempts to sign in, codes that were used."""

    key = models.CharField(max_length=300, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "cache entries"

    class Privacy:
        ordinary = ("key", "value", "until")
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """When something that must run by itself ran last. Who looks at it sees that it has stopped."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    class Privacy:
        ordinary = ("name", "at")
        keep = Keep.WHILE_USED

    def __str__(self) -> str:
        return self.name


def change(row: models.Model, **told: Any) -> None:
    """Set fields of a row by name. Saving is left to the caller, who knows what may stand in the way."""
    for name, value in told.items():
        setattr(row, name, value)


def tracked(model: type[_Model]) -> type[_Model]:
    """Keep the history of a model: one row for each changed row, by trigger, per statement.

    Statement triggers cost 2.4 times a plain insert, row triggers 7.6 (docs/adr/0004-history.md).
    """
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return cast("type[_Model]", pghistory.track(*events, level=pghistory.Statement, append_only=True)(model))
