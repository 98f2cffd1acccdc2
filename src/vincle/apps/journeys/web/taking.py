"""Event logs to download."""

from typing import IO
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys import taking
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.maps.queries import map_by_uid
from vincle.apps.journeys.queries import case_asked
from vincle.apps.journeys.real.queries import newest_chart
from vincle.apps.journeys.web.commands import export_line
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.kernel.words import slug
from vincle.web.permissions import needs


@needs("export.run")
@require_safe
def cases(request: HttpRequest) -> FileResponse:
    """What really happens with people, or with the things of a type, a trace each."""
    case, found = case_asked(request.GET.get("case", ""))
    if found is None or found.is_empty:
        raise NotFound(_("Nothing has been worked out yet."))
    chosen = () if case == PEOPLE else ("--case", case)
    content = taking.take_cases(
        case,
        command=export_line(*chosen, to="cases.xes.gz"),
        actor=Actor.behind(request),
        now=clock.now(),
    )
    return _file(content, f"{slug(case) or 'cases'}.xes.gz")


@needs("export.run")
@require_safe
def stages(request: HttpRequest, uid: UUID) -> FileResponse:
    """The stages of a map as they were entered, a trace each."""
    this, chart = map_by_uid(uid), newest_chart(uid)
    if chart is None or chart.is_empty:
        raise NotFound(_("Nothing has been worked out yet."))
    content = taking.take_stages(
        this,
        command=export_line("--journey", str(this.uid), to="stages.xes.gz"),
        actor=Actor.behind(request),
        now=clock.now(),
    )
    return _file(content, f"{slug(this.name) or 'stages'}.xes.gz")


def _file(content: IO[bytes], name: str) -> FileResponse:
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/gzip")
