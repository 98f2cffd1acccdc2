"""`vincle init`: a home, made once and brought up to date as often as one likes."""

from pathlib import Path

from homes import LiveHome


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {"", ".toml"} and path.is_file()
    }


def test_a_second_time_changes_nothing(live_home: LiveHome) -> None:
    before = contents(live_home.home)

    done = live_home.run("init")

    assert 0 == done.returncode
    assert "is ready" in done.stdout
    assert before == contents(live_home.home)


def test_it_says_what_it_made(live_home: LiveHome) -> None:
    engine = "postgresql" if live_home.database_url else "sqlite"

    assert {"home": str(live_home.home), "database": engine} == live_home.ask("init")


def test_a_home_is_its_owners_alone(live_home: LiveHome) -> None:
    live_home.run("init", home=live_home.home.parent / "new")

    assert 0o700 == (live_home.home.parent / "new").stat().st_mode & 0o777


def test_another_database_is_refused(live_home: LiveHome) -> None:
    done = live_home.run("init", "--database-url", "postgresql://127.0.0.1:1/elsewhere")

    assert 5 == done.returncode
    assert "has another database already" in done.stderr


def test_an_address_that_is_none_makes_no_home(tmp_path: Path) -> None:
    done = LiveHome(tmp_path / "home").run("init", "--database-url", "mysql://127.0.0.1/vincle")

    assert 2 == done.returncode
    assert "The database address cannot be used." in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_database_that_does_not_answer_makes_no_home(tmp_path: Path) -> None:
    done = LiveHome(tmp_path / "home").run("init", "--database-url", "postgresql://127.0.0.1:1/vincle")

    assert 4 == done.returncode
    assert "The database does not answer" in done.stderr
    assert [] == list(tmp_path.iterdir())
