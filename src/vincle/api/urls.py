"""The addresses of the API."""

from django.urls import URLPattern, include, path, re_path

from vincle.api.door import guarded, nowhere
from vincle.api.page import openapi, page
from vincle.api.rooms import API
from vincle.web.permissions import open_to_everybody

app_name = "api"


def _operations() -> list[URLPattern]:
    """The operations' addresses as ninja makes them, each behind the door."""
    found, _name, _namespace = API.urls
    patterns = [each for each in found if isinstance(each, URLPattern) and each.name != "api-root"]
    for each in patterns:
        each.callback = guarded(each.callback)
    return patterns


urlpatterns = [
    path("v1/", page, name="page"),
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/", include(_operations())),
    re_path(r"^(?P<rest>.*)$", open_to_everybody(nowhere), name="nowhere"),
]
