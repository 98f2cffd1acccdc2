"""The file itself: packing members into it, and unpacking it without trusting it."""

import errno
import hashlib
import io
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

import msgspec
import pyarrow as pa

from vincle.flow.backup import manifest
from vincle.flow.backup.manifest import Manifest, Member
from vincle.kernel.errors import BadInput, NotReady

BLOCK = 1024 * 1024
SECRET_KEY = "secret_key"  # noqa: S105 - a member's name
MEMBER_NAMES = re.compile(r"manifest\.json|secret_key|tables/[a-z0-9_]+\.parquet|files/.+")


class Packer:
    """Adds members to an archive and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: list[Member] = []

    def add_file(self, name: str, path: Path) -> None:
        """A copy of the file at `path`."""
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        """A member with this content."""
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashing = _Hashing(file)
        self._tar.addfile(info, hashing)
        self.members.append(Member(name, size, hashing.hexdigest()))


@contextmanager
def packing(path: Path) -> Iterator[Packer]:
    """Write an archive to `path`, readable by its owner only; it is there whole at the end, or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with (
            os.fdopen(os.dup(handle), "wb") as file,
            pa.CompressedOutputStream(pa.PythonFile(file, mode="w"), "zstd") as compressed,  # closes the file
            tarfile.open(fileobj=compressed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield Packer(tar)
        os.fsync(handle)
        partial.rename(path)
    finally:
        os.close(handle)
        partial.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpack `archive` into the new `folder` and return its manifest, every hash compared.

    Raises `BadInput` when it is damaged, is something else, or holds what an archive of ours does not hold.
    """
    found: dict[str, Member] = {}
    try:
        with (
            archive.open("rb") as file,
            pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd") as plain,
            tarfile.open(fileobj=plain, mode="r|") as tar,
        ):
            for info in tar:
                _check(info, found, folder)
                found[info.name] = _extract(tar, info, folder)
            _drain(plain)
        promised = Manifest.from_json((folder / manifest.NAME).read_bytes())
    except FileNotFoundError as error:
        if not archive.exists():
            raise BadInput(f"There is no file {archive}.") from error
        raise _damaged(archive, "it ends too early") from error
    except (tarfile.TarError, pa.ArrowException, EOFError, msgspec.MsgspecError, UnicodeError) as error:
        raise _damaged(archive, str(error)) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise _damaged(archive, str(error)) from error
    _compare(archive, found, promised)
    return promised


def _check(info: tarfile.TarInfo, found: dict[str, Member], folder: Path) -> None:
    """Only plain files, under names of ours, each once, and no more than there is room for."""
    parts = PurePosixPath(info.name).parts
    if (
        not info.isreg()
        or not MEMBER_NAMES.fullmatch(info.name)
        or info.name != "/".join(parts)
        or not {"..", ".", ""}.isdisjoint(parts)
        or "\\" in info.name
        or info.name in found
    ):
        raise BadInput(
            f"The backup holds something that no backup of Vincle holds: “{info.name}”.", "Nothing was restored."
        )
    if info.size > shutil.disk_usage(folder).free:
        raise NotReady("There is not enough room on the disk to unpack the backup.", "Nothing was restored.")


def _extract(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> Member:
    target = folder / info.name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(info)
    if source is None:
        raise tarfile.ReadError(f"{info.name} cannot be read")
    hashing = _Hashing(source)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(hashing, file, BLOCK)
    return Member(info.name, target.stat().st_size, hashing.hexdigest())


def _drain(stream: Any) -> None:
    """Read on to the end, so that damage behind the last member is noticed too."""
    while stream.read(BLOCK):
        continue


def _compare(archive: Path, found: dict[str, Member], promised: Manifest) -> None:
    if promised.format > manifest.FORMAT:
        raise BadInput(f"The backup was made by a newer version of Vincle ({promised.vincle}).", "Install that one.")
    expected = {member.name: member for member in promised.members}
    for name in sorted(expected.keys() | (found.keys() - {manifest.NAME})):
        if expected.get(name) != found.get(name):
            raise _damaged(archive, f"{name} is not what it was")
    missing = [table.name for table in promised.tables if table.member not in found]
    if missing:
        raise _damaged(archive, f"{missing[0]} is missing")


def _damaged(archive: Path, why: str) -> BadInput:
    return BadInput(
        f"{archive} is damaged, or no backup of Vincle ({why}).", "Nothing was restored; try another copy of it."
    )


class _Hashing:
    """A file being read, hashed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._hash.update(block)
        return block

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
