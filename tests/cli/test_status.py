"""`vincle status`, and what every command says without a home."""

from pathlib import Path

from homes import LiveHome

HERE = str(Path(__file__).parent.parent / "flow" / "backup")
FURNISH = "import contents; from vincle.kernel.home import Home; contents.furnish(Home.at())"


def test_an_empty_home(live_home: LiveHome) -> None:
    said = live_home.ask("status")

    assert [0, 0, None, None] == [said[name] for name in ("people", "interactions", "first", "last")]
    assert {"waiting": 0, "running": 0, "failed": 0} == said["jobs"]
    assert ("postgresql" if live_home.database_url else "sqlite") == said["database"]


def test_a_home_with_people(live_home: LiveHome) -> None:
    live_home.python(FURNISH, PYTHONPATH=HERE)

    said = live_home.ask("status")

    assert [3, 6] == [said["people"], said["interactions"]]
    assert ["1900-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00"] == [said["first"], said["last"]]
    assert 1 == said["jobs"]["waiting"]


def test_it_is_told_in_words_too(live_home: LiveHome) -> None:
    done = live_home.run("status")

    assert 0 == done.returncode
    assert "0 people · 0 interactions" in done.stdout


def test_a_folder_that_is_no_home(tmp_path: Path) -> None:
    done = LiveHome(tmp_path).run("status")

    assert 4 == done.returncode
    assert done.stderr.startswith(f"There is no Vincle home in {tmp_path}.")


def test_a_home_of_an_earlier_version_is_not_touched(live_home: LiveHome) -> None:
    live_home.python(
        "from django.core.management import call_command; call_command('migrate', 'mfa', 'zero', verbosity=0)"
    )

    done = live_home.run("status")

    assert 4 == done.returncode
    assert "not up to date with this version" in done.stderr
    assert 0 == live_home.run("init").returncode
    assert 0 == live_home.run("status").returncode
