"""Handing files out: as attachments of no particular type; pictures, when their bytes say that they are, to be seen."""

from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vincle.apps.files import queries, storing
from vincle.apps.files.models import KeptFile
from vincle.apps.files.pictures import SHOWN
from vincle.apps.people.facade import somebody
from vincle.kernel.errors import NotFound
from vincle.web.permissions import needs

# Opened by itself, nothing of it runs, loads or is framed.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@needs("files.view")
@require_safe
def attachment(request: HttpRequest, uid: UUID, file: UUID) -> FileResponse:  # noqa: ARG001 - a view takes its request
    """The file, to be saved."""
    found = queries.file_of(somebody(uid).identities, file)
    return _handed(found, "application/octet-stream", as_attachment=True)


@needs("files.view")
@require_safe
def picture(request: HttpRequest, uid: UUID, file: UUID) -> FileResponse:  # noqa: ARG001 - a view takes its request
    """A picture, to be seen on the page."""
    found = queries.file_of(somebody(uid).identities, file)
    if not found.picture or found.size > SHOWN:
        raise NotFound(_("This file is no picture that can be shown."))
    return _handed(found, found.picture, as_attachment=False)


def _handed(file: KeptFile, type_: str, *, as_attachment: bool) -> FileResponse:
    path: Path = storing.path_of(file.place)
    if not path.is_file():
        raise NotFound(_("This file is not here any more."))
    response = FileResponse(path.open("rb"), as_attachment=as_attachment, filename=file.name, content_type=type_)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    response["Cache-Control"] = "private, max-age=3600"
    return response
