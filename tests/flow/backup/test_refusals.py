"""What restore refuses, in a sentence, leaving nothing half-made."""

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from homes import LiveHome, empty_database
from vincle.flow.backup import archive
from vincle.flow.backup.archive import packing, unpack
from vincle.kernel.errors import BadInput, NotReady


@pytest.fixture(scope="module")
def pristine(model_home: LiveHome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a fresh home."""
    path = tmp_path_factory.mktemp("pristine") / "home.tar.zst"
    model_home.ask("backup", "--to", str(path))
    return path


@pytest.fixture
def backup(pristine: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copy(pristine, tmp_path))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def refused(backup: Path, tmp_path: Path, *words: str) -> str:
    """What is said when `backup` is not restored; asserts that nothing is left behind."""
    before = sorted(tmp_path.iterdir())
    done = LiveHome(tmp_path / "back").run("restore", str(backup), *words)
    assert done.returncode not in {0, 1}, done.stderr
    assert before == sorted(tmp_path.iterdir())
    return done.stderr


def crafted(path: Path, *members: tarfile.TarInfo) -> Path:
    with (
        pa.CompressedOutputStream(str(path), "zstd") as plain,
        tarfile.open(fileobj=plain, mode="w|") as tar,
    ):
        for member in members:
            tar.addfile(member, io.BytesIO(b"x" * member.size) if member.isreg() else None)
    return path


def member(name: str, *, size: int = 1, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = (size if kind == tarfile.REGTYPE else 0), kind, link
    return info


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [cut, flipped, lambda _: b"", lambda content: b"PK\x03\x04" + content, lambda content: content[:-40]],
    ids=["cut off", "one byte changed", "empty", "something else", "its end missing"],
)
def test_a_damaged_archive(backup: Path, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    backup.write_bytes(damage(backup.read_bytes()))

    said = refused(backup, tmp_path)

    assert "damaged" in said
    assert "Nothing was restored" in said


def test_an_archive_whose_table_was_exchanged(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    unpack(backup, folder)
    (folder / "tables/accounts_user.parquet").write_bytes(b"another")
    forged = tmp_path / "forged.tar.zst"
    with packing(forged) as packer:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packer.add_file(path.relative_to(folder).as_posix(), path)

    assert "accounts_user.parquet is not what it was" in refused(forged, tmp_path)


@pytest.mark.parametrize(
    "trick",
    [
        member("../outside"),
        member("files/../../outside"),
        member("/etc/cron.d/vincle"),
        member("files//etc/passwd"),
        member("files\\..\\outside"),
        member("files/link", kind=tarfile.SYMTYPE, link="/etc/passwd"),
        member("files/link", kind=tarfile.LNKTYPE, link="/etc/passwd"),
        member("files/device", kind=tarfile.CHRTYPE),
        member("settings.toml"),
        member("tables/../../x.parquet"),
    ],
    ids=lambda info: info.name,
)
def test_an_archive_with_path_tricks(tmp_path: Path, trick: tarfile.TarInfo) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()

    with pytest.raises(BadInput, match="no backup of Vincle holds"):
        unpack(crafted(tmp_path / "trick.tar.zst", trick), inside)

    assert [] == [path for path in inside.rglob("*") if path.is_file()]


def test_an_archive_that_says_the_same_twice(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()

    with pytest.raises(BadInput, match="no backup of Vincle holds"):
        unpack(crafted(tmp_path / "twice.tar.zst", member("files/a"), member("files/a")), tmp_path / "inside")


def test_an_archive_larger_than_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside").mkdir()
    usage = archive.shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda _: usage)

    with pytest.raises(NotReady, match="not enough room"):
        unpack(crafted(tmp_path / "large.tar.zst", member("files/a", size=11)), tmp_path / "inside")


def test_an_archive_of_a_newer_version(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    contents = unpack(backup, folder).to_json().replace(b'"0001_log"', b'"0999_from_the_future"')
    (folder / "manifest.json").unlink()
    newer = tmp_path / "newer.tar.zst"
    with packing(newer) as packer:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packer.add_file(path.relative_to(folder).as_posix(), path)
        packer.add_bytes("manifest.json", contents)

    assert "newer version of Vincle" in refused(newer, tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "nowhere.tar.zst", tmp_path)


def test_a_home_that_is_not_empty(backup: Path, live_home: LiveHome) -> None:
    done = live_home.run("restore", str(backup))

    assert 5 == done.returncode
    assert "is not empty" in done.stderr
    assert 0 == live_home.run("status").returncode


def test_a_database_that_is_not_empty(backup: Path, live_home: LiveHome, tmp_path: Path) -> None:
    if not live_home.database_url:
        pytest.skip("an SQLite database is always made anew")

    assert "The database is not empty" in refused(backup, tmp_path, "--database-url", live_home.database_url)


def test_a_restoration_that_fails_half_way_leaves_the_database_empty(
    backup: Path, live_home: LiveHome, tmp_path: Path
) -> None:
    if not live_home.database_url:
        pytest.skip("an SQLite database that was not finished is thrown away")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    manifest = unpack(backup, folder)
    promise = next(table for table in manifest.tables if table.name == "flow_schedule")
    (folder / "manifest.json").unlink()
    wrong = tmp_path / "wrong.tar.zst"
    with packing(wrong) as packer:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packer.add_file(path.relative_to(folder).as_posix(), path)
        said, lie = f'"rows": {promise.rows}', f'"rows": {promise.rows + 1}'
        head, name, tail = manifest.to_json().decode().partition('"flow_schedule"')
        packer.add_bytes("manifest.json", (head + name + tail.replace(said, lie, 1)).encode())

    with empty_database() as url:
        assert "flow_schedule" in refused(wrong, tmp_path, "--database-url", url)
        assert "restored" not in refused(wrong, tmp_path, "--database-url", url).partition("flow_schedule")[0]


def test_a_backup_does_not_overwrite_a_file(backup: Path, live_home: LiveHome) -> None:
    before = backup.read_bytes()

    done = live_home.run("backup", "--to", str(backup))

    assert 5 == done.returncode
    assert before == backup.read_bytes()


@pytest.mark.faults
def test_a_backup_on_a_full_disk_says_so_and_leaves_nothing_behind(live_home: LiveHome, small_disk: Path) -> None:
    (live_home.home / "files" / "large").write_bytes(os.urandom(200_000))

    done = live_home.run("backup", "--to", str(small_disk / "home.tar.zst"))

    assert 4 == done.returncode
    assert "The disk is full" in done.stderr
    assert [] == list(small_disk.iterdir())
