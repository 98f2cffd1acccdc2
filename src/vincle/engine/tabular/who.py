"""The person each row is about: the first usable identity, and the others as links."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.derived import Derived, by_value
from vincle.engine.tabular.identities import meaning_of
from vincle.engine.tabular.mapping import GLOBAL_NAMESPACES, Mapping, Who
from vincle.engine.tabular.problems import Problems, joined, sentence

_NONE = pa.scalar(None, pa.string())


@dataclass(frozen=True, slots=True)
class Persons:
    """Row by row: the identity, its namespace, and the further identities (null where there is none).

    `unusable` are the cells of a column that say nothing although they are not empty.
    """

    namespace: pa.Array
    identity: pa.Array
    links: tuple[tuple[str, pa.Array], ...]
    unusable: tuple[tuple[str, pa.Array], ...]


def read(
    mapping: Mapping,
    whos: Sequence[Who],
    columns: Sequence[pa.Array],
    problems: Problems,
    *,
    may_be_nobody: bool = False,
) -> Persons:
    """Who the rows are about; `columns` are the tidy cells of `whos`, in that order. A row that names nobody is a
    problem unless it `may_be_nobody`."""
    found = [
        by_value(cells, meaning_of(who.namespace, mapping.country)) for who, cells in zip(whos, columns, strict=True)
    ]
    namespaces = [scoped(who.namespace, mapping.source) for who in whos]
    identity = pc.coalesce(*(one.values for one in found))
    named = [pc.if_else(one.values.is_valid(), name, _NONE) for name, one in zip(namespaces, found, strict=True)]
    namespace = pc.coalesce(*named)
    if identity.null_count and not may_be_nobody:
        problems.rows(identity.is_null(), _nobody(whos, columns, found))
    return Persons(
        namespace,
        identity,
        tuple(_links(namespaces, found, namespace, identity)),
        tuple(
            (who.column, pc.if_else(one.problem.is_valid(), cells, _NONE))
            for who, cells, one in zip(whos, columns, found, strict=True)
            if one.problem.null_count < len(one.problem)
        ),
    )


def scoped(namespace: str, source: str) -> str:
    """Only addresses and telephone numbers mean the same everywhere."""
    return namespace if namespace in GLOBAL_NAMESPACES or "@" in namespace else f"{namespace}@{source}"


def _links(
    namespaces: Sequence[str], found: Sequence[Derived], namespace: pa.Array, identity: pa.Array
) -> list[tuple[str, pa.Array]]:
    links = []
    for name, one in zip(namespaces, found, strict=True):
        is_identity = pc.and_(pc.equal(namespace, name), pc.equal(one.values, identity))
        other = pc.if_else(pc.fill_null(is_identity, False), _NONE, one.values)
        if other.null_count < len(other):
            links.append((name, other))
    return links


def _nobody(whos: Sequence[Who], columns: Sequence[pa.Array], found: Sequence[Derived]) -> pa.Array:
    """Why a row names nobody: each cell that says nothing, or that all are empty."""
    told = [sentence(who.column, cells, one.problem) for who, cells, one in zip(whos, columns, found, strict=True)]
    names = " and ".join(f"“{who.column}”" for who in whos)
    empty = f"{names} {'is' if len(whos) == 1 else 'are'} empty, so it names nobody"
    found = joined(told)
    return pc.if_else(pc.equal(found, ""), empty, found)
