"""What other rooms, and the command line, may call."""

from typing import Any

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
from vincle.apps.sources.importing.run import Progress
from vincle.apps.sources.importing.understand import understand
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries import import_by_uid, newest_imports
from vincle.apps.sources.queries.quarantine import named_in
from vincle.apps.sources.words import in_words

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
    "source_named",
    "take_back",
    "understand",
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


def list_imports(limit: int = 100) -> list[dict[str, Any]]:
    """The last imports, newest first, as `report` gives them."""
    return [report(this) for this in newest_imports(limit)]
