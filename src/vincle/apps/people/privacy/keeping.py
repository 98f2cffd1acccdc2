"""What rooms keep of people: said here once, and it leaves with them and is given to them with everything else."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model, Q, QuerySet

from vincle.kernel.home import Home
from vincle.web.permissions import Words

Identities = Collection[tuple[str, str]]  # namespace, value


def _nothing(_row: Any) -> Iterable[Path]:
    return ()


@dataclass(frozen=True)
class Keeping:
    """Rows of a room that speak of people, by the number of one of their identities (`columns`).

    `name` stands in the certificate of erasure and in the file for programs, `label` above the readable table, whose
    columns are `shown` (key -> heading). `told` gives a row as plain values by those keys and any others; what it
    says of somebody else must not tell who that is. `files` are those a row keeps, inside the home; `named` is what the
    first of them is called in the archive that is given to the person. `naming` finds, by their numbers, rows that
    speak of identities (namespace, value) without holding whose they are.
    """

    name: str
    label: Words
    model: type[Model]
    shown: Mapping[str, Words]
    told: Callable[[Any], Mapping[str, Any]]
    columns: tuple[str, ...] = ("identity_id",)
    files: Callable[[Any], Iterable[Path]] = _nothing
    named: Callable[[Any], str] | None = None
    naming: Callable[[Identities], Collection[int]] | None = None

    def of(self, numbers: Collection[int], identities: Identities) -> QuerySet[Any]:
        """The rows that speak of any of these identities."""
        theirs = Q(pk__in=list(self.naming(identities)) if self.naming else ())
        for column in self.columns:
            theirs |= Q(**{f"{column}__in": list(numbers)})
        return self.model._default_manager.filter(theirs).order_by("pk")  # noqa: SLF001 - Django's own name

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)  # noqa: SLF001 - Django's own name


_keepings: dict[str, Keeping] = {}


def keep(keeping: Keeping) -> None:
    """Say what a room keeps of people; call it from the room's `AppConfig.ready`."""
    _keepings[keeping.name] = keeping


def kept_tables() -> tuple[str, ...]:
    """The tables in which rooms keep something of people."""
    return tuple(sorted({each.table for each in _keepings.values()}))


def kept_words() -> dict[str, Words]:
    """What each room's rows are called, by the name they have in a certificate."""
    return {name: each.label for name, each in _keepings.items()}


def let_go(numbers: Collection[int], identities: Identities) -> tuple[dict[str, int], list[str]]:
    """Delete what rooms keep of these identities, inside the caller's transaction: how many rows by their name, and
    the files to be removed when it is committed, by their place below the home."""
    removed: dict[str, int] = {}
    files: list[str] = []
    for each in _keepings.values():
        rows = each.of(numbers, identities)
        if each.files is not _nothing:
            files += [_below(path) for row in rows.iterator() for path in each.files(row)]
        removed[each.name] = rows.count()
        rows.delete()
    return removed, files


def remove_kept_files(files: Iterable[str]) -> list[str]:
    """Remove files by their place below the home; returns those that were there. Again: nothing more."""
    home = Home.at().path
    removed = []
    for file in files:
        path = home / file
        if path.is_file():
            path.unlink()
            removed.append(file)
    return removed


def kept_of(numbers: Collection[int], identities: Identities) -> Iterator[tuple[Keeping, list[dict[str, Any]]]]:
    """What each room keeps of these identities, as plain values; rooms that keep nothing of them are left out."""
    for each in _keepings.values():
        rows = [dict(each.told(row)) for row in each.of(numbers, identities).iterator()]
        if rows:
            yield each, rows


def files_kept_of(numbers: Collection[int]) -> Iterator[tuple[str, Path]]:
    """The files that rooms keep of these identities, with their names in the archive; those that are gone are not."""
    for each in _keepings.values():
        if each.named is not None:
            for row in each.of(numbers, ()).iterator():
                path = next(iter(each.files(row)), None)
                if path is not None and path.is_file():
                    yield each.named(row), path


def _below(path: Path) -> str:
    return path.relative_to(Home.at().path).as_posix()
