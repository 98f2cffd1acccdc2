"""Documents of rooms that say a person's address: the documents stay when the person leaves, the address does not."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vincle.web.permissions import Words


@dataclass(frozen=True)
class Addressed:
    """Where a room writes addresses of people. `name` stands in the certificate of erasure and in the file for
    programs, `label` above the readable table, whose columns are `shown`.

    `leave` takes these addresses out, inside the caller's transaction, and says of how many rows of `tables`; `told`
    gives what they are written in, as plain values.
    """

    name: str
    label: Words
    tables: tuple[str, ...]
    shown: Mapping[str, Words]
    leave: Callable[[Collection[str]], int]
    told: Callable[[Collection[str]], list[dict[str, Any]]]


_addressed: dict[str, Addressed] = {}


def say_addresses(addressed: Addressed) -> None:
    """Say where a room writes addresses of people; call it from the room's `AppConfig.ready`."""
    _addressed[addressed.name] = addressed


def addressed_tables() -> tuple[str, ...]:
    """The tables in which an erasure may take addresses out of documents."""
    return tuple(sorted({table for each in _addressed.values() for table in each.tables}))


def addressed_words() -> dict[str, Words]:
    """What they are called, by the name they have in a certificate."""
    return {name: each.label for name, each in _addressed.items()}


def take_out_addresses(addresses: Collection[str]) -> dict[str, int]:
    """Take the addresses of a person who leaves out of all documents: of how many rows, by their name."""
    return {each.name: each.leave(addresses) for each in _addressed.values()}


def addressed_of(addresses: Collection[str]) -> Iterator[tuple[Addressed, list[dict[str, Any]]]]:
    """What says any of these addresses, as plain values; rooms that say none are left out."""
    for each in _addressed.values():
        rows = each.told(addresses)
        if rows:
            yield each, rows
