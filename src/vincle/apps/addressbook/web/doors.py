"""The doors that address books knock at: CardDAV (RFC 6352), to read only."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from vincle.apps.accounts.facade import Colleague
from vincle.apps.addressbook import queries
from vincle.apps.addressbook.dav import finding, reports, resources, xml
from vincle.apps.addressbook.dav.resources import Resource
from vincle.apps.addressbook.dav.xml import DAV
from vincle.apps.addressbook.refreshing import refreshed
from vincle.apps.addressbook.web.entering import Closed, let_in
from vincle.engine.cards import write_card
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import open_to_everybody

View = Callable[..., HttpResponse]
_ALLOWED = "OPTIONS, GET, HEAD, PROPFIND, REPORT"
_WRITING = {"PUT", "POST", "PATCH", "DELETE", "PROPPATCH", "MKCOL", "MKADDRESSBOOK", "MOVE", "COPY", "LOCK", "UNLOCK"}


def _door(view: View) -> View:
    """Ask who it is, and say in WebDAV's terms what cannot be done."""

    @wraps(view)
    def answering(request: HttpRequest, **given: UUID) -> HttpResponse:
        if request.method == "OPTIONS":
            return _said(HttpResponse())
        try:
            colleague = let_in(request)
            if request.method in _WRITING:
                return _said(_error("need-privileges", 403))
            return _said(view(request, colleague, **given))
        except Closed as closed:
            response = HttpResponse(status=closed.status)
            if closed.status == 401:
                response.headers["WWW-Authenticate"] = 'Basic realm="Vincle", charset="UTF-8"'
            return _said(response)
        except reports.UnknownToken:
            return _said(_error("valid-sync-token", 403))
        except BadInput as problem:
            return _said(HttpResponse(f"{problem}\n", status=400, content_type="text/plain; charset=utf-8"))

    return open_to_everybody(csrf_exempt(answering))


@open_to_everybody
@csrf_exempt
def well_known(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Where devices that only know the host begin (RFC 6764)."""
    return HttpResponseRedirect(reverse("addressbook:root"))


@_door
def root(request: HttpRequest, colleague: Colleague) -> HttpResponse:
    """The way in, with the colleague and the folder of the book below it."""
    return _collection(request, resources.root(), [resources.principal(colleague.name), resources.home()])


@_door
def principal(request: HttpRequest, colleague: Colleague) -> HttpResponse:
    """The colleague who asks."""
    return _collection(request, resources.principal(colleague.name), [])


@_door
def home(request: HttpRequest, colleague: Colleague) -> HttpResponse:  # noqa: ARG001 - everybody's is the same
    """The folder of the book."""
    return _collection(request, resources.home(), [resources.book_of(refreshed(now=clock.now()))])


@_door
def book(request: HttpRequest, colleague: Colleague) -> HttpResponse:  # noqa: ARG001
    """The book: its properties, the list of its cards, reports on them."""
    found = refreshed(now=clock.now())
    this = resources.book_of(found)
    if request.method == "REPORT":
        return _xml(reports.answer(xml.read(_body(request)), found, this.href))
    return _collection(request, this, lambda: [resources.card_of(entry) for entry in queries.entries_there()])


@_door
def card(request: HttpRequest, colleague: Colleague, uid: UUID) -> HttpResponse:  # noqa: ARG001
    """One card."""
    refreshed(now=clock.now())
    entry, found = queries.entries_named([uid]).get(uid), queries.cards([uid]).get(uid)
    if entry is None or found is None:
        return HttpResponse(status=404)
    if request.method == "PROPFIND":
        return _collection(request, resources.card_of(entry), [])
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405)
    if resources.etag(entry) in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(write_card(found, version="3.0"), content_type="text/vcard; charset=utf-8")
    response.headers["ETag"] = resources.etag(entry)
    return response


def _collection(
    request: HttpRequest, this: Resource, inside: list[Resource] | Callable[[], list[Resource]]
) -> HttpResponse:
    if request.method in {"GET", "HEAD"}:
        return HttpResponse("This is an address book for CardDAV.\n", content_type="text/plain; charset=utf-8")
    if request.method != "PROPFIND":
        return HttpResponse(status=405)
    depth = request.headers.get("Depth", "1")
    if depth not in {"0", "1"}:
        return _error("propfind-finite-depth", 403)
    names = finding.wanted(xml.read(_body(request)))
    below = [] if depth == "0" else inside() if callable(inside) else inside
    return _xml(finding.answer([this, *below], names))


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not str(length).isdecimal() or int(length) > xml.MAX_BODY:
        raise BadInput("The request is too large.")
    return request.body


def _xml(root_: Element) -> HttpResponse:
    return HttpResponse(xml.written(root_), status=207, content_type="application/xml; charset=utf-8")


def _error(condition: str, status: int) -> HttpResponse:
    element = Element(f"{DAV}error")
    SubElement(element, f"{DAV}{condition}")
    return HttpResponse(xml.written(element), status=status, content_type="application/xml; charset=utf-8")


def _said(response: HttpResponse) -> HttpResponse:
    response.headers["DAV"] = "1, 3, access-control, addressbook"
    response.headers["Allow"] = _ALLOWED
    response.headers["Cache-Control"] = "private, no-cache"
    return response
