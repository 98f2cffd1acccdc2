"""When somebody is erased: the files that brought them here go too, and imports say so.

To take single rows out of any kind of file is not to be relied on. So the rule is plain: of every import that brought
something of theirs, what is kept goes whole; what it brought of others is in the log.
"""

import shutil
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from vincle.apps.sources.actions.quarantine import recount
from vincle.apps.sources.importing import keeping
from vincle.apps.sources.importing.lock import is_held
from vincle.apps.sources.models import Import
from vincle.flow.erasure.searching import names_one_of
from vincle.kernel.home import Home

State = Import.State
NOTE = "Its file and its rejected rows were removed on {day}, because somebody who was in them has been erased."


def imports_at_work() -> list[str]:
    """The names of the files that are being brought in at this moment, and might bring somebody in again."""
    return [this.name for this in Import.objects.filter(state=State.RUNNING) if is_held(this)]


def imports_naming(values: Collection[str]) -> list[UUID]:
    """Imports that have begun and whose kept files name one of these, also where every row of theirs was rejected."""
    begun = Import.objects.exclude(batch=None)
    return [this.uid for this in begun.iterator() if any(names_one_of(path, values) for path in _kept_of(this))]


def forget_imports(
    batches: Collection[int], also: Collection[UUID], *, now: datetime, note: str = NOTE
) -> dict[str, Any]:
    """Have the imports of these batches, and those of the very same files, no longer quote what they read; `note` says
    why.

    Returns what is left to do, as JSON keeps it: `imports` by uid, for `remove_files`, and `elsewhere`, the files
    outside the home that they were read from.
    """
    first = Q(batch__in=batches) | Q(uid__in=also)
    digests = set(Import.objects.filter(first).values_list("digest", flat=True))
    concerned = list(Import.objects.filter(first | Q(digest__in=digests, batch__isnull=False)).order_by("pk"))
    for this in concerned:
        this.notes, this.error = [note.format(day=f"{now:%Y-%m-%d}")], ""
        this.findings = {name: this.findings[name] for name in ("new_people", "new_kinds") if name in this.findings}
        this.save(update_fields=["notes", "findings", "error"])
    recount({this.batch_id for this in concerned})
    elsewhere = {this.path for this in concerned if not keeping.is_kept(this) and Path(this.path).is_file()}
    return {"imports": [str(this.uid) for this in concerned], "elsewhere": sorted(elsewhere)}


def remove_files(imports: Collection[str]) -> list[str]:
    """Remove what is kept of these imports; returns the files by their place below the home. Again: nothing more."""
    removed = []
    home = Home.at().path
    for this in Import.objects.filter(uid__in=[UUID(uid) for uid in imports]).order_by("pk"):
        removed += [path.relative_to(home).as_posix() for path in _kept_of(this)]
        for folder in _folders_of(this):
            shutil.rmtree(folder, ignore_errors=True)
    return list(dict.fromkeys(removed))


def _kept_of(this: Import) -> Iterator[Path]:
    for folder in _folders_of(this):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _folders_of(this: Import) -> list[Path]:
    """Its own folder, and that of the import it repeats, whose file it reads."""
    folders = [keeping.folder_of(this.uid)]
    if keeping.is_kept(this):
        folders.append(keeping.path_of(this).parent)
    return list(dict.fromkeys(folders))
