"""What the web processes remember together: one wins, nothing outlives its time, nothing is thrown out before it."""

import threading
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from lotsen.core.models import CacheEntry


def test_cache_adds_once_and_forgets(db: None) -> None:
    assert [cache.add("a", [1.5], 60), cache.add("a", [2.5], 60), cache.get("a")] == [True, False, [1.5]]
    cache.set("a", [3.5], 60)
    assert [cache.get("a"), cache.delete("a"), cache.delete("a"), cache.get("a", "none")] == [
        [3.5],
        True,
        False,
        "none",
    ]


def test_cache_holds_nothing_beyond_its_time(db: None) -> None:
    cache.set("a", True, 60)
    CacheEntry.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert [cache.get("a"), cache.add("a", False, 60), cache.get("a")] == [None, True, False]


def test_cache_sweeps_away_what_is_over_and_nothing_else(db: None) -> None:
    for name in "abc":
        cache.set(name, name, 60)
    CacheEntry.objects.exclude(key__endswith=":c").update(until=timezone.now() - timedelta(days=1))
    cache.add("d", "d", 60)
    assert [cache.get(name) for name in "abcd"] == [None, None, "c", "d"]
    assert CacheEntry.objects.count() == 2


def test_cache_lets_one_of_many_win(committed_db: None) -> None:
    won: list[bool] = []

    def race() -> None:
        won.append(cache.add("code", True, 60))
        connection.close()

    threads = [threading.Thread(target=race) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]
