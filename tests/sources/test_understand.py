"""How a file is understood, as the command line says it."""

from pathlib import Path

import pytest

from sources.stories import LATER, csv
from vincle.apps.accounts import actions as accounts
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.sources import actions
from vincle.apps.sources.importing.understand import understand
from vincle.apps.sources.models import Import
from vincle.engine.tabular import Mapping

pytestmark = pytest.mark.django_db

PLAIN = ("email,date,what,amount", "a@example.org,2026-05-03,Purchase,3.20", "b@example.org,2026-05-04,Visit,")
AMBIGUOUS = ("email,date,what", "a@example.org,03/04/2026,Purchase", "b@example.org,05/04/2026,Purchase")


def a_file(folder: Path, *lines: str) -> Import:
    return actions.receive(csv(folder, *lines), actor=COMMAND_LINE, now=LATER, source="Web shop")


def test_each_column_has_one_plain_sentence(tmp_path: Path) -> None:
    lines = understand(a_file(tmp_path, *PLAIN)).lines
    assert "“email”: who it is about. 100% of its cells are e-mail addresses." == lines[0]
    assert ["“email”", "“date”", "“what”", "“amount”"] == [line.partition(":")[0] for line in lines[:4]]


def test_what_was_understood_is_a_mapping_that_fits_the_file(tmp_path: Path) -> None:
    this = a_file(tmp_path, *PLAIN)
    understood = understand(this)
    assert ([], "") == (understood.questions, understood.answer_with)
    assert "web_shop" == Mapping.from_toml(understood.toml).source
    actions.choose_mapping(this, toml=understood.toml, actor=COMMAND_LINE, now=LATER)


def test_a_day_that_could_be_a_month_is_asked_with_the_way_to_answer(tmp_path: Path) -> None:
    understood = understand(a_file(tmp_path, *AMBIGUOUS))
    assert ["“03/04/2026” in “date”: which comes first, the day or the month?"] == understood.questions
    assert "Say --day-first or --month-first." == understood.answer_with


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_the_answer_is_in_the_mapping(tmp_path: Path, order: str) -> None:
    understood = understand(a_file(tmp_path, *AMBIGUOUS), date_order=order)
    assert ([], order) == (understood.questions, Mapping.from_toml(understood.toml).when.date_order)


def test_the_organisation_answers_for_good(tmp_path: Path) -> None:
    accounts.change_organisation(actor=COMMAND_LINE, now=LATER, date_order="mdy")
    assert "mdy" == Mapping.from_toml(understand(a_file(tmp_path, *AMBIGUOUS)).toml).when.date_order


def test_an_answer_to_nothing_asked_is_not_needed(tmp_path: Path) -> None:
    assert [] == understand(a_file(tmp_path, *PLAIN), date_order="dmy").questions


def test_who_the_rows_are_about_is_answered_in_a_mapping(tmp_path: Path) -> None:
    understood = understand(a_file(tmp_path, "colour,date,what", *(f"red,2026-05-0{n},Visit" for n in range(1, 5))))
    assert understood.questions[0].startswith("Which column says who each row is about?")
    assert "--map FILE" in understood.answer_with


def test_what_was_taken_for_granted_is_said(tmp_path: Path) -> None:
    lines = understand(a_file(tmp_path, "email,date,amount", "a@example.org,2026-05-03,3.20")).lines
    assert any("every row was taken as" in line for line in lines)
