"""The workshop at addresses of its own: a map to walk along, with figures and without."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from journeys.drawn_charts import chart_of
from vincle.apps.journeys.patterns import patterns
from vincle.apps.journeys.printing.workshop import workshop
from vincle.engine.journeys.journey import from_data
from vincle.web.permissions import needs


@needs("journeys.view")
def wall(request: HttpRequest, real: str) -> HttpResponse:
    journey = from_data(patterns()[0].document("en"))
    return workshop(request, journey, back="/journeys/", chart=chart_of(journey) if real == "real" else None)


urlpatterns = [path("wall/<str:real>/", wall, name="wall"), path("", include("vincle.site.urls"))]
