"""Making a backup."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

import vincle
from vincle.flow.backup import manifest
from vincle.flow.backup.archive import SECRET_KEY, Packer, packing
from vincle.flow.backup.manifest import Manifest, Table
from vincle.flow.backup.settings_file import without_secrets
from vincle.flow.backup.snapshot import TableReader, snapshot
from vincle.kernel.errors import Refused
from vincle.kernel.home import Home


@dataclass(frozen=True, slots=True)
class Saved:
    """What went into a backup."""

    path: Path
    rows: int
    files: int
    size: int  # bytes of the archive


def save(
    home: Home,
    *,
    to: Path | None = None,
    with_secrets: bool = False,
    now: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> Saved:
    """Write the home to one file, `to` or a new one in its backups folder, as it is at one instant.

    Others may go on working meanwhile. `progress` is told each table's name. Raises `Refused` when `to` exists.
    """
    path = (to or home.backups / f"vincle-{now:%Y%m%dT%H%M%SZ}.tar.zst").absolute()
    if path.exists():
        raise Refused(f"{path} exists already.", "Name another file with --to.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with snapshot() as shot, packing(path) as packer:
        tables = []
        for reader in shot.tables():
            progress(reader.name)
            tables.append(_pack_table(reader, packer, home.staging))
        progress("files")
        files = _pack_files(home.files, packer)
        if with_secrets and home.secret_key_file.is_file():
            packer.add_file(SECRET_KEY, home.secret_key_file)
        contents = Manifest(
            format=manifest.FORMAT,
            vincle=vincle.__version__,
            made_at=now,
            engine=shot.engine,
            migrations=shot.migrations(),
            tables=tables,
            members=list(packer.members),
            settings=without_secrets(home.settings),
        )
        packer.add_bytes(manifest.NAME, contents.to_json())
    return Saved(path, sum(table.rows for table in tables), files, path.stat().st_size)


def _pack_table(reader: TableReader, packer: Packer, staging: Path) -> Table:
    # A member's size comes before its content, so each table passes through a file of its own.
    staging.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=staging, prefix="backup-", suffix=".parquet") as file:
        rows = 0
        with pq.ParquetWriter(file.name, reader.schema, compression="zstd") as writer:
            for batch in reader.batches():
                writer.write_batch(batch)
                rows += batch.num_rows
        table = Table(reader.name, reader.columns, rows, reader.last_number())
        packer.add_file(table.member, Path(file.name))
    return table


def _pack_files(folder: Path, packer: Packer) -> int:
    """Add what is in the files folder; how many. What is deleted meanwhile is left out."""
    count = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            packer.add_file(f"files/{path.relative_to(folder).as_posix()}", path)
        except FileNotFoundError:
            continue
        count += 1
    return count
