"""The entrance of the command: help that costs nothing, names that are nearly right."""

import subprocess
import sys

import pytest

from vincle import __version__
from vincle.cli.catalogue import COMMANDS
from vincle.cli.main import main, overview


def ending(*words: str) -> int | str | None:
    with pytest.raises(SystemExit) as stop:
        main(list(words))
    return stop.value.code


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",), ("help",)], ids=str)
def test_help_lists_every_command_with_what_it_is_for(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == ending(*words)

    said = capsys.readouterr().out
    assert [] == [name for name, command in COMMANDS.items() if f"  {name} " not in said or command.summary not in said]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == ending("--version")
    assert f"vincle {__version__}\n" == capsys.readouterr().out


def test_a_name_that_is_nearly_right_is_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == ending("statsu")
    assert "Did you mean “vincle status”?" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_commands_help_ends_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == ending(name, "--help")

    said = capsys.readouterr().out
    assert said.startswith(f"Usage: vincle {name}")
    assert said.strip().rpartition("\n\n")[2].strip().startswith(f"Example: vincle {name}")


WITH_COMMANDS_OF_THEIR_OWN = {
    "consent",
    "duplicates",
    "journeys",
    "person",
    "relation",
    "retention",
    "source",
    "token",
    "user",
    "value",
}


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in WITH_COMMANDS_OF_THEIR_OWN])
def test_every_command_takes_the_home_folder(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ending(name, "--help")

    assert "--home DIR" in capsys.readouterr().out


def test_an_option_that_does_not_exist_ends_with_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == ending("status", "--colour")
    assert "--colour" in capsys.readouterr().err


def test_help_imports_nothing_heavy() -> None:
    heavy = {"typer", "django", "rich", "pyarrow", "duckdb", "numpy", "pydantic", "granian"}
    code = "import sys; from vincle.cli.main import overview; overview(); print(*sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert set() == heavy & set(said.split())
    assert overview()
