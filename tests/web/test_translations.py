"""The interface speaks Catalan and Spanish as fully as English."""

import re
import shutil
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from vincle.web import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\{?\w+\}?\}")


def _said(language: str) -> Iterator[tuple[Message, list[str], list[str]]]:
    for message in messages.read(language):
        if message.id:
            ids, strings = (
                (each if isinstance(each, tuple | list) else [each]) for each in (message.id, message.string)
            )
            yield message, list(ids), list(strings)


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_every_message_is_translated_and_none_is_doubtful(language):
    lacking = [ids[0] for message, ids, strings in _said(language) if message.fuzzy or not all(strings)]
    assert [] == lacking


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_translation_has_the_gaps_of_its_message(language):
    # The plural is compared: a singular may say "one day" without its number.
    wrong = [
        (ids[-1], strings[-1])
        for _message, ids, strings in _said(language)
        if strings[-1] and set(PLACEHOLDER.findall(ids[-1])) != set(PLACEHOLDER.findall(strings[-1]))
    ]
    assert [] == wrong


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_translation_begins_and_ends_as_its_message(language):
    def shape(text: str) -> tuple[bool, bool]:
        return text.endswith((".", ":")), text.endswith("…")

    assert [] == [
        (ids[0], strings[0])
        for _m, ids, strings in _said(language)
        if strings[0] and shape(ids[0]) != shape(strings[0])
    ]


def test_english_says_what_is_written():
    assert [] == [ids for _message, ids, strings in _said("en") if ids != strings]


@pytest.mark.parametrize("language", [messages.SOURCE, *messages.TRANSLATED])
def test_what_the_application_reads_is_what_was_translated(language, tmp_path):
    shutil.copytree(messages.LOCALE / language, tmp_path / language)
    for other in {messages.SOURCE, *messages.TRANSLATED} - {language}:
        shutil.copytree(messages.LOCALE / other, tmp_path / other)
    compiled = messages.po_file(language, tmp_path).with_suffix(".mo")
    kept = compiled.read_bytes()
    messages.compile_all(tmp_path)
    assert kept == compiled.read_bytes(), "run: python -m vincle.web.messages compile"


def test_everything_that_is_said_anywhere_has_been_gathered():
    if not messages.can_gather():
        pytest.skip("GNU gettext is not installed (Debian's package gettext)")
    gathered = [line for line in messages.troubles() if "gathered" in line or "nowhere" in line]
    assert [] == gathered, "run: python -m vincle.web.messages update"


def test_trouble_is_found_where_there_is_some(tmp_path):
    shutil.copytree(messages.LOCALE, tmp_path / "locale")
    catalogue = messages.po_file("ca", tmp_path / "locale")
    catalogue.write_text(catalogue.read_text("utf-8").replace('msgstr "Desa"', 'msgstr ""'), "utf-8")
    found = messages.troubles(tmp_path / "locale")
    assert "ca: not translated: 'Save'" in found
    assert any(line.startswith("ca: django.mo is not the catalogue compiled") for line in found)


def test_gathering_twice_changes_nothing(tmp_path):
    if not messages.can_gather():
        pytest.skip("GNU gettext is not installed (Debian's package gettext)")
    shutil.copytree(messages.LOCALE, tmp_path / "locale")
    messages.update(tmp_path / "locale")
    first = {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
    messages.update(tmp_path / "locale")
    assert first == {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
