"""Documents in and out: the formats that a map is given as, and read from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from vincle.engine.journeys.cjml import as_xml, from_xml
from vincle.engine.journeys.journey import Journey, as_json, from_json
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.words import slug

LARGEST = 2 * 1024 * 1024  # bytes of a document


@dataclass(frozen=True)
class Format:
    """How a journey is written and read, and what browsers call it."""

    name: str
    content_type: str
    write: Callable[[Journey], str]
    read: Callable[[bytes], Journey]


FORMATS = {
    "json": Format("JSON", "application/json", as_json, from_json),
    "xml": Format("XML", "application/xml", as_xml, from_xml),
}


def written_as(journey: Journey, ending: str) -> tuple[str, str, str]:
    """The document, its type, and a name for the file. Raises `NotFound` for a format there is not."""
    chosen = FORMATS.get(ending)
    if chosen is None:
        raise NotFound(_("Journeys are not written as “%(format)s”.") % {"format": ending[:20]})
    return chosen.write(journey), chosen.content_type, f"{slug(journey.name) or 'journey'}.{ending}"


def read_upload(upload: "UploadedFile[Any]") -> Journey:
    """The journey in a file, by how its name ends. Raises `BadInput` that says what is wrong with it."""
    ending = (upload.name or "").rpartition(".")[2].lower()
    chosen = FORMATS.get(ending)
    if chosen is None:
        known = ", ".join(each.name for each in FORMATS.values())
        raise BadInput(_("A journey is read from a file of the format %(formats)s.") % {"formats": known})
    if (upload.size or 0) > LARGEST:
        raise BadInput(_("This file is larger than %(size)d MB; a journey is a few pages.") % {"size": LARGEST >> 20})
    return chosen.read(upload.read())
