"""All addresses of the project, found by walking its URL configuration, so that no page can be forgotten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One address: its name, its route as written, the names of its arguments, and the function behind it."""

    name: str
    route: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_own(self) -> bool:
        """Tell whether the page is ours, and not a library's."""
        return self.view.__module__.startswith("lotsen.")


def addresses() -> list[Address]:
    """Return every address, in the order of the configuration."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(pattern.name or "", route, tuple(pattern.pattern.converters), pattern.callback)
        else:
            yield from _walk(pattern, route)
