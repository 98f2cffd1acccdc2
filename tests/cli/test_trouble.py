"""What a person reads when a command fails, and the code it ends with."""

import errno
import sqlite3
from pathlib import Path

import django.db
import pytest

from vincle.cli import trouble
from vincle.kernel.errors import BadInput, NotFound, NotReady, Refused, VincleError


def told(error: BaseException, *words: str, debug: bool = False) -> int | str | None:
    with pytest.raises(SystemExit) as stop, trouble.told(words, debug=debug):
        raise error
    return stop.value.code


@pytest.mark.parametrize(
    ("error", "code"), [(VincleError, 1), (BadInput, 2), (NotFound, 3), (NotReady, 4), (Refused, 5)]
)
def test_our_own_errors_are_one_sentence_and_a_code(
    error: type[VincleError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code == told(error("The file is empty.", "Choose another."))
    assert "The file is empty. Choose another.\n" == capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/vincle"), "/srv/vincle may not be used"),
        (django.db.OperationalError("database or disk is full"), "The disk is full."),
        (django.db.OperationalError("database is locked"), "Another process has been writing for too long."),
        (django.db.OperationalError("no such table: flow_job"), "lacks tables of this version"),
        (django.db.ProgrammingError('relation "flow_job" does not exist\nLINE 1'), "lacks tables of this version"),
        (
            django.db.OperationalError('connection to server at "127.0.0.1", port 1 failed: Connection refused\n\tIs'),
            "The database does not answer: connection to server",
        ),
        (sqlite3.OperationalError("unable to open database file"), "The database does not answer"),
    ],
    ids=str,
)
def test_the_surroundings_troubles_are_sentences_too(
    error: Exception, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 4 == told(error)

    said = capsys.readouterr().err
    assert sentence in said
    assert 1 == said.count("\n")


def test_a_trouble_that_shows_as_another_is_told_by_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    shown = django.db.OperationalError("cannot rollback - no transaction is active")
    shown.__context__ = django.db.OperationalError("database or disk is full")

    assert 4 == told(shown)
    assert "The disk is full." in capsys.readouterr().err


def test_what_was_not_foreseen_leaves_its_trace_in_the_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "staging").mkdir()

    assert 1 == told(ValueError("seven is not a colour"), "status", "--home", str(tmp_path))

    said = capsys.readouterr().err
    trace = next((tmp_path / "staging").glob("trace-*.txt"))
    assert f"(ValueError: seven is not a colour). The full trace is in {trace}.\n" in said
    assert "Traceback" in trace.read_text("utf-8")
    assert 0o600 == trace.stat().st_mode & 0o777


def test_debug_shows_the_trace_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "staging").mkdir()

    assert 1 == told(ValueError("seven"), f"--home={tmp_path}", debug=True)

    assert "Traceback" in capsys.readouterr().err
    assert [] == list((tmp_path / "staging").iterdir())


def test_an_interruption_ends_with_code_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert 130 == told(KeyboardInterrupt())
    assert "Interrupted.\n" == capsys.readouterr().err.lstrip()
