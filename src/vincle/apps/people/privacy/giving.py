"""Giving a person everything that is kept of them: one ZIP, for programs, for spreadsheets and for reading.

Made in one pass over what happened, in portions, so that a long story needs no more memory than a short one.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.export import BYTE_ORDER_MARK, harmless
from vincle.apps.people.privacy import page
from vincle.apps.people.privacy.gathering import gathered, happened, identity_numbers
from vincle.apps.people.privacy.keeping import files_kept_of
from vincle.apps.people.queries.person import source_labels
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home
from vincle.kernel.house import house
from vincle.web.locales import written_in

GIVEN = "person.access_exported"

COLUMNS = (
    "occurred_at", "kind", "channel", "place", "namespace", "identity", "staff", "amount", "currency", "score", "text",
    "properties", "things", "source", "message_id", "recorded_at", "uid",
)  # fmt: skip


def give_everything(person: Person, into: IO[bytes], *, language: str = "", actor: Actor, now: datetime) -> int:
    """Write the ZIP of everything kept of a person to `into`; returns how many interactions are in it.

    `language` is that of the page to be read (one of the installation's; else the organisation's). Raises `BadInput`
    for another. What was given, and by whom, is in the audit log.
    """
    language = language or house().language
    if language not in dict(settings.LANGUAGES):
        raise BadInput(
            _("There is no language “%(language)s” here.") % {"language": language},
            ", ".join(code for code, _name in settings.LANGUAGES),
        )
    record(actor=actor, now=now, action=GIVEN, object_type="person", object_uid=str(person.uid), summary=person.name)
    ways = house()
    with translation.override(language), timezone.override(ZoneInfo(ways.timezone)), written_in(ways.country):
        return _write(person, into, now=now)


def _write(person: Person, into: IO[bytes], *, now: datetime) -> int:
    told = gathered(person, sources=source_labels(), now=now)
    folder = Home.at().staging
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        tempfile.TemporaryFile(dir=folder) as table,
        tempfile.TemporaryFile(dir=folder) as sheet,
    ):
        lines = io.TextIOWrapper(sheet, "utf-8", newline="")
        lines.write(BYTE_ORDER_MARK)
        writer = csv.writer(lines, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        table.write(page.head(told).encode())
        with archive.open(_named("person.json", now), "w", force_zip64=True) as member:
            # The object is left open for the interactions, which come in portions.
            member.write(_json(told)[:-1].encode() + b',\n"interactions": [')
            for portion in happened(person):
                member.write(_joined(portion, first=not count))
                writer.writerows([_line(each) for each in portion])
                table.write(page.rows(portion).encode())
                count += len(portion)
            member.write(b"\n]}\n")
        table.write(page.foot().encode())
        lines.flush()
        _copy(table, archive, _named("person.html", now))
        _copy(sheet, archive, _named("interactions.csv", now))
        archive.writestr(_named("README.txt", now), _readme(told, count))
        for name, path in files_kept_of(identity_numbers(person)):
            with path.open("rb") as file:
                _copy(file, archive, _named(name, now))
        lines.detach()
    return count


def write_file(person: Person, path: Path, *, language: str = "", actor: Actor, now: datetime) -> int:
    """The same into a new file that only its owner may read; it appears whole or not at all."""
    path = path.absolute()
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            try:
                count = give_everything(person, draft, language=language, actor=actor, now=now)
                Path(draft.name).replace(path)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(_("%(path)s cannot be written: %(reason)s.") % {"path": path, "reason": reason}) from error
    return count


def _joined(portion: list[dict[str, Any]], *, first: bool) -> bytes:
    text = ",\n".join(map(_json, portion))
    return ("\n" if first else ",\n").encode() + text.encode()


def _line(each: Mapping[str, Any]) -> list[Any]:
    cells = dict(each)
    for name in ("occurred_at", "recorded_at"):
        cells[name] = each[name].isoformat()
    for name in ("properties", "things"):
        cells[name] = _json(each[name]) if each[name] else ""
    return [harmless("" if cells[name] is None else cells[name]) for name in COLUMNS]


def _copy(file: IO[bytes], archive: zipfile.ZipFile, name: zipfile.ZipInfo) -> None:
    file.seek(0)
    with archive.open(name, "w", force_zip64=True) as member:
        while block := file.read(1 << 20):
            member.write(block)


def _named(name: str, now: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, timezone.localtime(now).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _readme(told: Mapping[str, Any], count: int) -> str:
    lines = (
        _("Everything %(organisation)s keeps about %(name)s, made on %(moment)s.")
        % {
            "organisation": told["organisation"],
            "name": told["person"]["name"],
            "moment": timezone.localtime(told["made_at"]).isoformat(timespec="minutes"),
        },
        "",
        _("person.html: to be read in any browser."),
        _("person.json: the same, and every detail, for programs (UTF-8, times with their zone)."),
        _("interactions.csv: what happened, for a spreadsheet: %(count)s rows.") % {"count": count},
        _("files: the files that are kept about them, where there are any."),
        "",
        _("Cells that a spreadsheet would take for a formula begin with an apostrophe."),
        _("What is known of other people, and who they are, is not in it."),
    )
    return "\n".join(lines) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
