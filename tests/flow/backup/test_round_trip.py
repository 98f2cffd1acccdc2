"""A backup is worth what can be restored from it: the same rows, on either engine."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from homes import LiveHome, empty_database
from vincle.flow.backup.archive import unpack
from vincle.flow.backup.manifest import Manifest

HERE = str(Path(__file__).parent)


def furnish(home: LiveHome) -> None:
    home.python("import contents; from vincle.kernel.home import Home; contents.furnish(Home.at())", PYTHONPATH=HERE)


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


def test_a_home_comes_back_as_it_was(live_home: LiveHome, tmp_path: Path) -> None:
    furnish(live_home)
    before = back_up(live_home, tmp_path / "before.tar.zst")

    back = restore(tmp_path / "before.tar.zst", tmp_path / "back")
    after = back_up(back, tmp_path / "after.tar.zst")

    expected = fingerprints(before, tmp_path / "before.tar")
    assert expected == fingerprints(after, tmp_path / "after.tar")
    assert expected["flow_interaction"][0] == 6
    assert numbers(before) == numbers(after)
    assert live_home.ask("status")["people"] == back.ask("status")["people"]


def test_a_home_moves_to_the_other_engine_and_back(live_home: LiveHome, tmp_path: Path) -> None:
    if not live_home.database_url:
        pytest.skip("the way from one engine to the other and back is walked in the run on PostgreSQL")
    furnish(live_home)
    before = back_up(live_home, tmp_path / "before.tar.zst")

    on_sqlite = restore(tmp_path / "before.tar.zst", tmp_path / "on-sqlite")
    between = back_up(on_sqlite, tmp_path / "between.tar.zst")
    with empty_database() as url:
        on_postgres = restore(tmp_path / "between.tar.zst", tmp_path / "on-postgres", url)
        after = back_up(on_postgres, tmp_path / "after.tar.zst")

    assert ["postgresql", "sqlite", "postgresql"] == [before.engine, between.engine, after.engine]
    expected = fingerprints(before, tmp_path / "before.tar")
    assert expected == fingerprints(between, tmp_path / "between.tar")
    assert expected == fingerprints(after, tmp_path / "after.tar")
    assert numbers(before) == numbers(between) == numbers(after)


def test_a_restored_home_goes_on(live_home: LiveHome, tmp_path: Path) -> None:
    furnish(live_home)
    back_up(live_home, tmp_path / "before.tar.zst")
    back = restore(tmp_path / "before.tar.zst", tmp_path / "back")

    said = back.python(
        "from vincle.flow.models import Identity, Source, Interaction\n"
        "from vincle.flow.append import append\n"
        "from contents import NOW, _bare\n"
        "from dataclasses import replace\n"
        "shop = Source.objects.get(name='shop')\n"
        "append([_bare(), replace(_bare(), message_id='new', identity='new@example.org')], source=shop, now=NOW)\n"
        "print(Interaction.objects.count(), Identity.objects.filter(value='new@example.org').exists())",
        PYTHONPATH=HERE,
    )

    assert "7 True" == said
    assert 0 == back.run("doctor").returncode


def test_the_number_of_an_erased_identity_is_not_given_out_again(live_home: LiveHome, tmp_path: Path) -> None:
    furnish(live_home)
    back_up(live_home, tmp_path / "before.tar.zst")
    back = restore(tmp_path / "before.tar.zst", tmp_path / "back")

    said = back.python(
        "from vincle.flow.models import Identity, Erasure\n"
        "new = Identity.objects.create(namespace='email', value='later@example.org', person_id=1)\n"
        "print(new.pk > Erasure.objects.get().identity_id)"
    )

    assert "True" == said


def test_files_and_settings_come_back_and_secrets_stay_home(live_home: LiveHome, tmp_path: Path) -> None:
    furnish(live_home)
    back_up(live_home, tmp_path / "before.tar.zst")

    back = restore(tmp_path / "before.tar.zst", tmp_path / "back")

    report = Path("files", "reports", "març 2026.csv")
    assert (live_home.home / report).read_bytes() == (back.home / report).read_bytes()
    settings = (back.home / "settings.toml").read_text("utf-8")
    assert 'name" = "La \\"Botiga\\""' in settings
    assert "sesame" not in settings
    assert (live_home.home / "secret_key").read_text() != (back.home / "secret_key").read_text()
    everything = b"".join(path.read_bytes() for path in (tmp_path / "before.tar").rglob("*") if path.is_file())
    assert (live_home.home / "secret_key").read_bytes().strip() not in everything


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
