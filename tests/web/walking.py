"""Every address of the application, found in the URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from vincle.web.doors import declaration_for
from vincle.web.permissions import Declaration

# What stands in an address for each kind of variable part; a view that asks for something special is named below.
SAMPLES: dict[str, Any] = {
    "IntConverter": 1,
    "StringConverter": "x",
    "SlugConverter": "x",
    "PathConverter": "x",
    "UUIDConverter": "019a9d6e-0000-7000-8000-000000000000",
}
SPECIAL: dict[str, dict[str, str]] = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
    "account_confirm_email": {"key": "x"},
}


@dataclass(frozen=True)
class Address:
    """A name of the URLconf and a path that leads there."""

    name: str
    path: str

    @property
    def declaration(self) -> Declaration | None:
        match = resolve(self.path)
        return declaration_for(match.func, match)

    def __str__(self) -> str:
        return self.name


def addresses() -> list[Address]:
    """All of them; raises when one has no name, for then it could not be walked."""
    return [
        Address(name, reverse(name, kwargs=_filled(name, patterns))) for name, patterns in _found(get_resolver(), "")
    ]


def _found(resolver: URLResolver, space: str, above: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for entry in resolver.url_patterns:
        patterns = (*above, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _found(entry, f"{space}{entry.namespace}:" if entry.namespace else space, patterns)
        elif isinstance(entry, URLPattern):
            if not entry.name:
                raise LookupError(f"an address without a name: {entry.pattern}")
            yield f"{space}{entry.name}", patterns


def _filled(name: str, patterns: tuple[Any, ...]) -> dict[str, Any]:
    if name in SPECIAL:
        return SPECIAL[name]
    values: dict[str, Any] = {}
    for pattern in patterns:
        if isinstance(pattern, RoutePattern):
            values |= {key: SAMPLES[type(converter).__name__] for key, converter in pattern.converters.items()}
        elif isinstance(pattern, RegexPattern):
            values |= dict.fromkeys(pattern.regex.groupindex, "x")
    return values
