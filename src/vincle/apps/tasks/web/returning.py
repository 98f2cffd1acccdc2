"""Back to the page somebody came from."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest) -> HttpResponse:
    """To the page of ours that the request was sent from; else to the tasks."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(came_from)
    here = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return HttpResponseRedirect(here if ours and here.startswith("/") else reverse("tasks:list"))
