"""A map to hang up: as a picture, and stage by stage on a wall or a projector."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.printing.download import download
from vincle.apps.journeys.printing.picture import FORMATS
from vincle.apps.journeys.printing.sheet import Chart
from vincle.apps.journeys.printing.workshop import workshop as on_the_wall
from vincle.apps.journeys.real.queries import newest_chart
from vincle.kernel.errors import NotFound
from vincle.web.permissions import needs


@needs("journeys.view")
@require_safe
def picture(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """The map as a PDF, PNG or SVG, with the newest figures; `?real=no`: the design alone."""
    if ending not in FORMATS:
        raise NotFound(_("Journeys are not drawn as “%(format)s”.") % {"format": ending[:20]})
    return download(request, journey_of(map_by_uid(uid)), ending, _chart(request, uid))


@needs("journeys.view")
@require_safe
def workshop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The map large, first all of it, then stage by stage; Escape leads back to it."""
    back = reverse("journeys:map-real", args=[uid])
    return on_the_wall(request, journey_of(map_by_uid(uid)), back=back, chart=_chart(request, uid))


def _chart(request: HttpRequest, uid: UUID) -> Chart | None:
    kept = newest_chart(uid)
    return None if kept is None or kept.is_empty or request.GET.get("real") == "no" else kept.said
