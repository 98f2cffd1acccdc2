"""The search: a page, and the panel that opens under the field as one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincle.apps.search.providers import MOST, SHOWN, find
from vincle.web import htmx, patience
from vincle.web.permissions import needs

LONGEST = 200


@needs("people.view")
def search(request: HttpRequest) -> HttpResponse:
    """Everything that is found by `q`, in groups."""
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    in_panel = htmx.asks(request)
    with patience.within(5):
        groups = find(words, request.user, most=SHOWN if in_panel else MOST)
    template = "search/panel.html" if in_panel else "search/page.html"
    return render(request, template, {"words": words, "groups": groups})
