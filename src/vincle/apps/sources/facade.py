"""What other rooms, and the command line, may call."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from vincle.apps.sources import actions
from vincle.apps.sources.actions import (
    bring_in_demo,
    choose_mapping,
    discard,
    receive,
    rejects_path,
    run,
    source_named,
    take_back,
)
from vincle.apps.sources.actions.forgetting import (
    forget_imports,
    imports_at_work,
    imports_naming,
    remove_files,
)
from vincle.apps.sources.importing.file import words_of_kinds
from vincle.apps.sources.importing.run import Progress
from vincle.apps.sources.importing.understand import understand
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries import import_by_uid, newest_imports
from vincle.apps.sources.queries.quarantine import named_in
from vincle.apps.sources.words import in_words
from vincle.flow.models import Source

if TYPE_CHECKING:
    from vincle.apps.sources.web.sheet import Sheet

__all__ = [
    "bring_in_demo",
    "check",
    "choose_mapping",
    "discard",
    "forget_imports",
    "import_by_uid",
    "imports_at_work",
    "imports_naming",
    "in_words",
    "list_imports",
    "named_in",
    "receive",
    "remove_files",
    "report",
    "run",
    "sheet_of_samples",
    "source_named",
    "take_back",
    "understand",
    "words_of_kinds",
]


def report(this: Import) -> dict[str, Any]:
    """What became of an import, as plain values."""
    rejects = rejects_path(this)
    return {
        "id": str(this.uid),
        "file": this.name,
        "source": this.source.name,
        "state": this.state,
        "read": this.read,
        "new": this.new,
        "known": this.known,
        "rejected": this.rejected,
        "held": this.held,
        "reasons": this.reasons,
        "rejects_file": str(rejects) if this.rejected and rejects.is_file() else None,
        "created_at": this.created_at,
        "finished_at": this.finished_at,
        "error": this.error,
    }


def check(this: Import, *, progress: Progress = lambda *_: None) -> dict[str, Any]:
    """What would become of an import: rows read, how many would enter, how many would not and why."""
    tally = actions.check(this, progress=progress)
    return {
        "read": tally.read,
        "would_enter": tally.read - tally.rejected - tally.held,
        "rejected": tally.rejected,
        "held": tally.held,
        "reasons": [list(each) for each in [*tally.frequent, *tally.would_hold.most_common()]],
    }


def sheet_of_samples(
    path: Path, *, source: Source, mapping: str = "", expected: Sequence[str] = (), said: dict[str, str] | None = None
) -> "Sheet":
    """What a page shows of the columns of what a program sends by itself, of which `path` holds samples as JSON Lines:
    as `mapping` (TOML) has it, else as it is guessed; or as the page has `said`. Raises `BadInput`.

    The columns `expected` are there even where no sample says them. The file is read while the page is made.
    """
    from vincle.apps.sources.web.sheet import Sheet  # pages know of people, who know of this facade

    this = Import(
        uid=UUID(bytes=sha256(path.read_bytes()).digest()[:16]),
        source=source,
        name=path.name,
        path=str(path),
        mapping=mapping,
        options={"expected": list(expected)},
    )
    return Sheet.begun(this) if said is None else Sheet.said(this, said)


def list_imports(limit: int = 100) -> list[dict[str, Any]]:
    """The last imports, newest first, as `report` gives them."""
    return [report(this) for this in newest_imports(limit)]
