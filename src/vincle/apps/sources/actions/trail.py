"""What every action on an import does: refuse what comes too late, write its line in the audit log."""

from datetime import datetime

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.sources.models import Import
from vincle.kernel.errors import Refused


def refuse_begun(this: Import) -> None:
    """Raise `Refused` when it is too late to change how the file is understood."""
    if this.state == Import.State.CHECKING:
        raise Refused("The file is being checked just now.", "Stop the check, or wait until it ends.")
    if this.state in {Import.State.RUNNING, Import.State.DONE, Import.State.UNDOING, Import.State.UNDONE}:
        raise Refused(
            "This import has begun; its columns cannot be changed any more.", "Take it back and bring it in again."
        )


def record_import(this: Import, action: str, *, actor: Actor, now: datetime, summary: str = "") -> None:
    """Write what was done to `this` in the audit log; `summary` in place of the file's name."""
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="import",
        object_uid=str(this.uid),
        summary=summary or this.name,
    )
