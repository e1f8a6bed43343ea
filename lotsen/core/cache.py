"""What all web processes remember together for a while, in the database.

Django's own database cache keeps pickled objects: who could write a row could run code in the web server. This one
keeps JSON. It holds what limits attempts to sign in, so a row is never thrown out before its time.
"""

from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone

#: Rows whose time is over are taken away by the way, so many at once.
SWEEP = 100


class SharedCache(BaseCache):
    """Django's cache, on the table `core_cacheentry`."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        """Take the settings; there is no place to name."""
        super().__init__(params)

    @property
    def _entries(self) -> Any:
        from .models import CacheEntry

        return CacheEntry.objects

    def _row(self, value: Any, timeout: Any) -> dict[str, Any]:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        # Nothing is kept for ever here.
        return {"value": value, "until": timezone.now() + timedelta(seconds=86_400 if seconds is None else seconds)}

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none. Of several at once, one wins: the others wait for it and get False."""
        made = self.make_and_validate_key(key, version=version)
        self._sweep(made)
        try:
            with transaction.atomic():
                self._entries.create(key=made, **self._row(value, timeout))
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value that is kept, or the default."""
        made = self.make_and_validate_key(key, version=version)
        found = self._entries.filter(key=made, until__gt=timezone.now()).values_list("value", flat=True).first()
        return default if found is None else found

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value in place of the one before."""
        made = self.make_and_validate_key(key, version=version)
        self._entries.update_or_create(key=made, defaults=self._row(value, timeout))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value."""
        made = self.make_and_validate_key(key, version=version)
        return bool(self._entries.filter(key=made).delete()[0])

    def clear(self) -> None:
        """Forget everything."""
        self._entries.all().delete()

    def _sweep(self, key: str) -> None:
        """Take away the entry of this key, if its time is over, and some others that nobody holds."""
        over = self._entries.filter(until__lte=timezone.now())
        over.filter(key=key).delete()
        with transaction.atomic():
            free = over.select_for_update(skip_locked=True).values_list("pk", flat=True)[:SWEEP]
            self._entries.filter(pk__in=list(free)).delete()
