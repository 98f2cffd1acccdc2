"""People as files: the list in three formats, and one person's card."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.actions import note_card
from vincle.apps.people.cards import card_lines, cards_of
from vincle.apps.people.export import Shown, csv_lines, write_workbook
from vincle.apps.people.queries.criteria import Criteria
from vincle.apps.people.queries.person import person_by_uid, person_they_are_now
from vincle.engine.cards import VERSIONS, write_card
from vincle.kernel import clock
from vincle.kernel.home import Home
from vincle.kernel.words import slug
from vincle.web.permissions import needs

_CARDS = "text/vcard; charset=utf-8"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(criteria: Criteria, ending: str, shown: Shown, *, version: str) -> StreamingHttpResponse | FileResponse:
    """The people who match as a file: `csv` and `vcf` while they are being read, `xlsx` when it is whole."""
    if ending == "xlsx":
        return _workbook(criteria, shown)
    if ending == "vcf":
        lines, kind = card_lines(criteria, version=_known(version)), _CARDS
    else:
        lines, kind = (
            csv_lines(criteria, shown=shown, zone=timezone.get_current_timezone()),
            "text/csv; charset=utf-8",
        )
    response = StreamingHttpResponse(lines, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="people.{ending}"'
    return response


@needs("people.view")
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One person's card, to be put into an address book."""
    person = person_they_are_now(person_by_uid(uid))
    note_card(person, actor=Actor.behind(request), now=clock.now())
    (found,) = cards_of([person])
    text = write_card(found, version=_known(request.GET.get("version", "")))
    name = slug(person.name)[:60] or "person"
    return HttpResponse(
        text, content_type=_CARDS, headers={"Content-Disposition": f'attachment; filename="{name}.vcf"'}
    )


def _known(version: str) -> str:
    """The version that is asked for, else the one that every address book reads."""
    return version if version in VERSIONS else "3.0"


def _workbook(criteria: Criteria, shown: Shown) -> FileResponse:
    staging = Home.at().staging
    staging.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="people-", dir=staging) as folder:
        path = Path(folder) / "people.xlsx"
        write_workbook(path, criteria, shown=shown)
        # Open already, so that it can be read when its name is gone.
        return FileResponse(path.open("rb"), as_attachment=True, filename="people.xlsx", content_type=_WORKBOOK)
