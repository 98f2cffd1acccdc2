"""The interface's words in every language: gather, compile, check.

    python -m vincle.web.messages update     gather from code and templates what is to be translated (needs gettext)
    python -m vincle.web.messages compile    make the .mo files the application reads
    python -m vincle.web.messages check      say what is missing, doubtful or not compiled; exits with 1 when any is

Translate in `locale/<language>/LC_MESSAGES/django.po` after `update`, then `compile`. Both files are in the repository.
"""

import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vincle.kernel.clock import EPOCH

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "web" / "locale"
SOURCE = "en"
TRANSLATED = ("ca", "es")

# What gettext writes at the head (dates, placeholders) changes at every run and says nothing; ours says what is needed.
_HEAD = re.compile(r'\A(#.*\n)*msgid ""\nmsgstr ""\n(".*"\n)+')
HEAD = """\
# Vincle's interface.
# This file is distributed under the same licence as Vincle (Apache-2.0).
msgid ""
msgstr ""
"Project-Id-Version: Vincle\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def po_file(language: str, locale: Path = LOCALE) -> Path:
    """Where a language's catalogue is written."""
    return locale / language / "LC_MESSAGES" / "django.po"


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """A language's catalogue."""
    with po_file(language, locale).open("rb") as file:
        return read_po(file, locale=language)


def can_gather() -> bool:
    """Whether GNU gettext, which `update` needs, is on this machine."""
    return all(shutil.which(program) for program in ("xgettext", "msgmerge", "msguniq", "msgattrib"))


def update(locale: Path = LOCALE) -> None:
    """Bring every catalogue in line with the code: new messages come in untranslated, unused ones leave."""
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command
    from django.test.utils import override_settings

    class Gather(Command):
        # A translation guessed from a similar sentence is worse than none.
        msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]

    for language in (SOURCE, *TRANSLATED):
        po_file(language, locale).parent.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    os.chdir(PACKAGE)
    try:
        with override_settings(LOCALE_PATHS=[locale]):
            call_command(
                Gather(),
                locale=[SOURCE, *TRANSLATED],
                extensions=["html", "txt", "py"],
                no_location=True,
                no_obsolete=True,
                no_wrap=True,
                ignore_patterns=["web/locale"],  # or Django would write there whatever LOCALE_PATHS says
                verbosity=0,
            )
    finally:
        os.chdir(before)
    _say_it_as_written(locale)
    for language in (SOURCE, *TRANSLATED):
        path = po_file(language, locale)
        body = _HEAD.sub("", path.read_text("utf-8"))
        path.write_text(HEAD.format(language=language) + body, "utf-8")


def compile_all(locale: Path = LOCALE) -> None:
    """Write the .mo file beside every .po file."""
    for language in (SOURCE, *TRANSLATED):
        po_file(language, locale).with_suffix(".mo").write_bytes(_compiled(read(language, locale)))


def troubles(locale: Path = LOCALE) -> list[str]:
    """One line for everything that is missing, doubtful or stale; empty when all is well."""
    found = [*_untranslated(locale), *_stale(locale)]
    if can_gather():
        found += _ungathered(locale)
    return found


def _say_it_as_written(locale: Path) -> None:
    # Django falls back to the installation's own language for what a catalogue lacks, so English must be said in full.
    catalog = read(SOURCE, locale)
    for message in catalog:
        if message.id:
            message.string = message.id
    with po_file(SOURCE, locale).open("wb") as file:
        write_po(file, catalog, width=0)


def _untranslated(locale: Path) -> Iterator[str]:
    for language in TRANSLATED:
        for message in read(language, locale):
            if not message.id:
                continue
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if not all(strings):
                yield f"{language}: not translated: {message.id!r}"
            elif message.fuzzy:
                yield f"{language}: doubtful (fuzzy): {message.id!r}"


def _stale(locale: Path) -> Iterator[str]:
    for language in (SOURCE, *TRANSLATED):
        mo = po_file(language, locale).with_suffix(".mo")
        if not mo.is_file() or mo.read_bytes() != _compiled(read(language, locale)):
            yield f"{language}: {mo.name} is not the catalogue compiled: run compile"


def _ungathered(locale: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "locale"
        shutil.copytree(locale, fresh)
        update(fresh)
        for language in (SOURCE, *TRANSLATED):
            wanted, present = _ids(read(language, fresh)), _ids(read(language, locale))
            yield from (f"{language}: not gathered yet: {each!r}" for each in sorted(wanted - present, key=str))
            yield from (f"{language}: said nowhere any more: {each!r}" for each in sorted(present - wanted, key=str))


def _ids(catalog: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in catalog if message.id}


def _compiled(catalog: Catalog) -> bytes:
    # Babel would write the present minute; the same catalogue shall always give the same bytes.
    catalog.creation_date = catalog.revision_date = EPOCH
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main(arguments: list[str]) -> int:
    """What the command line asks for; returns the exit code."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincle.site.settings")
    django.setup()
    if arguments == ["update"]:
        update()
    elif arguments == ["compile"]:
        compile_all()
    elif arguments == ["check"]:
        found = troubles()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    else:
        sys.stdout.write(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
