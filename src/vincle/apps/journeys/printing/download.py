"""A map as a file to keep."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vincle.apps.journeys.printing.picture import FORMATS, Format, picture
from vincle.apps.journeys.printing.sheet import Chart
from vincle.engine.journeys.journey import Journey


def download(
    request: HttpRequest,  # noqa: ARG001 - a view takes its request
    journey: Journey,
    format: Format,  # noqa: A002 - what every library calls it
    chart: Chart | None = None,
) -> HttpResponse:
    """The picture in the reader's language, under the journey's name."""
    drawn = picture(journey, format=format, language=get_language() or "en", chart=chart)
    stem = slugify(journey.name, allow_unicode=True) or slugify(_("journey"))
    response = HttpResponse(drawn, content_type=FORMATS[format])
    name = content_disposition_header(as_attachment=True, filename=f"{stem}.{format}")
    response.headers["Content-Disposition"] = name or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
