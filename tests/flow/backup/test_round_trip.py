"""A backup is worth what can be restored from it: the same rows, on either engine."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from homes import LiveHome, copied, empty_database
from vincle.flow.backup.archive import unpack
from vincle.flow.backup.manifest import Manifest

HERE = str(Path(__file__).parent)
FURNISH = "import contents; from vincle.kernel.home import Home; contents.furnish(Home.at())"


def back_up(home: LiveHome, to: Path) -> Manifest:
    """Back `home` up, and unpack that into a folder of the same name to look at."""
    home.ask("backup", "--to", str(to))
    folder = to.with_suffix("")
    folder.mkdir()
    return unpack(to, folder)


def restore(archive: Path, home: Path, database_url: str = "") -> LiveHome:
    restored = LiveHome(home, database_url)
    restored.ask("restore", str(archive), *(["--database-url", database_url] if database_url else []))
    return restored


def fingerprints(manifest: Manifest, folder: Path) -> dict[str, tuple[int, str]]:
    """Of each table: how many rows, and the hash of what they say."""
    found = {}
    for table in manifest.tables:
        kinds = dict(table.columns)
        rows = pq.read_table(folder / table.member).to_pylist()
        plain = [[_plain(value, kinds[name]) for name, value in sorted(row.items())] for row in rows]
        found[table.name] = (table.rows, hashlib.sha256(json.dumps(plain).encode()).hexdigest())
    return found


def _plain(value: Any, kind: str) -> Any:
    # PostgreSQL keeps JSON in its own spelling; what it says is the same.
    return json.loads(value) if kind == "json" and value is not None else str(value)


def numbers(manifest: Manifest) -> dict[str, int | None]:
    return {table.name: table.last_number for table in manifest.tables}


@dataclass(frozen=True)
class RoundTrip:
    """A home, its backup, the home that was made from it, and a backup of that before anything else touched it."""

    home: LiveHome
    before: Manifest
    back: LiveHome
    after: Manifest
    folder: Path


@pytest.fixture(scope="module")
def trip(model_home: LiveHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundTrip]:
    folder = tmp_path_factory.mktemp("trip")
    with copied(model_home, folder / "home") as home:
        home.python(
            "import contents; from vincle.kernel.home import Home; contents.furnish(Home.at())", PYTHONPATH=HERE
        )
        before = back_up(home, folder / "before.tar.zst")
        back = restore(folder / "before.tar.zst", folder / "back")
        yield RoundTrip(home, before, back, back_up(back, folder / "after.tar.zst"), folder)


def test_a_home_comes_back_as_it_was(trip: RoundTrip) -> None:
    expected = fingerprints(trip.before, trip.folder / "before.tar")

    assert expected == fingerprints(trip.after, trip.folder / "after.tar")
    assert 6 == expected["flow_interaction"][0]
    assert numbers(trip.before) == numbers(trip.after)


def test_a_home_moves_to_the_other_engine_and_back(trip: RoundTrip) -> None:
    if not trip.home.database_url:
        pytest.skip("the way from one engine to the other and back is walked in the run on PostgreSQL")
    with empty_database() as url:
        on_postgres = restore(trip.folder / "after.tar.zst", trip.folder / "on-postgres", url)
        home_again = back_up(on_postgres, trip.folder / "again.tar.zst")

    assert ["postgresql", "sqlite", "postgresql"] == [each.engine for each in (trip.before, trip.after, home_again)]
    expected = fingerprints(trip.before, trip.folder / "before.tar")
    assert expected == fingerprints(home_again, trip.folder / "again.tar")
    assert numbers(trip.before) == numbers(home_again)


def test_files_and_settings_come_back_and_secrets_stay_home(trip: RoundTrip) -> None:
    report = Path("files", "reports", "març 2026.csv")
    assert (trip.home.home / report).read_bytes() == (trip.back.home / report).read_bytes()
    settings = (trip.back.home / "settings.toml").read_text("utf-8")
    assert 'name" = "La \\"Botiga\\""' in settings
    assert "sesame" not in settings
    assert (trip.home.home / "secret_key").read_text() != (trip.back.home / "secret_key").read_text()
    everything = b"".join(path.read_bytes() for path in (trip.folder / "before.tar").rglob("*") if path.is_file())
    assert (trip.home.home / "secret_key").read_bytes().strip() not in everything


def test_a_restored_home_goes_on(trip: RoundTrip) -> None:
    """Its log knows what it has, its numbers go on, and none of somebody erased is given out again."""
    said = trip.back.python(
        "from vincle.flow.models import Erasure, Identity, Interaction, Source\n"
        "from vincle.flow.append import append\n"
        "from contents import NOW, _bare\n"
        "from dataclasses import replace\n"
        "shop = Source.objects.get(name='shop')\n"
        "append([_bare(), replace(_bare(), message_id='new', identity='new@example.org')], source=shop, now=NOW)\n"
        "new = Identity.objects.get(value='new@example.org')\n"
        "print(Interaction.objects.count(), new.pk > Erasure.objects.get().identity_id)",
        PYTHONPATH=HERE,
    )

    assert "7 True" == said
    assert 0 == trip.back.run("doctor").returncode


def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(live_home: LiveHome, tmp_path: Path) -> None:
    live_home.python(
        "from django.core.management import call_command as call; call('migrate', 'people', 'zero', verbosity=0)"
    )
    assert 4 == live_home.run("status").returncode

    before = back_up(live_home, tmp_path / "earlier.tar.zst")
    back = restore(tmp_path / "earlier.tar.zst", tmp_path / "back")

    assert "people" not in {app for app, _ in before.migrations}
    assert 0 == back.run("doctor").returncode


def test_secrets_come_along_when_asked_for(live_home: LiveHome, tmp_path: Path) -> None:
    live_home.ask("backup", "--with-secrets", "--to", str(tmp_path / "all.tar.zst"))

    back = restore(tmp_path / "all.tar.zst", tmp_path / "back")

    assert (live_home.home / "secret_key").read_text() == (back.home / "secret_key").read_text()


def test_only_its_owner_may_read_a_backup(live_home: LiveHome, tmp_path: Path) -> None:
    live_home.ask("backup", "--to", str(tmp_path / "private.tar.zst"))

    assert 0o600 == (tmp_path / "private.tar.zst").stat().st_mode & 0o777


def test_a_character_postgresql_cannot_hold_is_replaced_there(live_home: LiveHome, tmp_path: Path) -> None:
    if not live_home.database_url:
        pytest.skip("only a home on PostgreSQL shows this")
    on_sqlite = LiveHome(tmp_path / "on-sqlite")
    on_sqlite.run("init")
    on_sqlite.python(
        "from vincle.flow.models import Kind\n"
        "Kind.objects.create(name='odd.one', labels={'en': 'zero \\x00 and \\\\u0000 end'}, icon='a\\x00b')"
    )
    on_sqlite.ask("backup", "--to", str(tmp_path / "odd.tar.zst"))

    with empty_database() as url:
        back = restore(tmp_path / "odd.tar.zst", tmp_path / "back", url)
        said = back.python(
            "from vincle.flow.models import Kind\n"
            "kind = Kind.objects.get(name='odd.one')\n"
            "print(ascii(kind.labels['en']), ascii(kind.icon))"
        )

    assert r"'zero \ufffd and \\u0000 end' 'a\ufffdb'" == said
