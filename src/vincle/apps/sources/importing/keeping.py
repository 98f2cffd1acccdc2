"""Where an import's file lies. What was uploaded is kept in the home, in a folder nobody can guess, under a name that
can do no harm."""

import re
import shutil
from pathlib import Path
from uuid import UUID

from vincle.apps.sources.models import Import
from vincle.kernel.home import Home

_LONGEST = 120
_STRANGE = re.compile(r"[^\w .()\-]+")


def keep(path: Path, *, uid: UUID, name: str) -> str:
    """Move `path` into the home; returns what `Import.path` keeps: its place below the home's files."""
    folder = folder_of(uid)
    folder.mkdir(parents=True)
    kept = folder / safe_name(name)
    shutil.move(path, kept)
    kept.chmod(0o600)
    return kept.relative_to(Home.at().files).as_posix()


def path_of(this: Import) -> Path:
    """The file itself, wherever it lies; it may be gone."""
    path = Path(this.path)
    return path if path.is_absolute() else Home.at().files / path


def is_kept(this: Import) -> bool:
    """Whether the file is ours to remove: it was uploaded, and lies in the home."""
    return not Path(this.path).is_absolute()


def folder_of(uid: UUID) -> Path:
    """What belongs to one import: the uploaded file, the rows that could not enter."""
    return Home.at().files / "imports" / str(uid)


def forget(this: Import) -> None:
    """Remove what is kept for an import, unless another import uses it."""
    if not Import.objects.filter(path=this.path).exclude(pk=this.pk).exists():
        shutil.rmtree(folder_of(this.uid), ignore_errors=True)


def safe_name(name: str) -> str:
    """A file name that is only a name: no folders, no leading dot, letters that every system takes, not too long."""
    bare = _STRANGE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    if len(bare) > _LONGEST:
        stem, dot, ending = bare.rpartition(".")
        bare = f"{stem[: _LONGEST - 20]}{dot}{ending[-19:]}" if dot else bare[:_LONGEST]
    return bare or "file"
