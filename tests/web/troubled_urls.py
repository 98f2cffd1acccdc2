"""The application's addresses, with a few in front of them that misbehave on purpose."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from vincle.kernel.errors import BadInput, NotFound, NotReady, Refused
from vincle.web.permissions import needs, open_to_everybody
from vincle.web.toasts import toast


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@open_to_everybody
def troubled(request: HttpRequest, kind: str) -> HttpResponse:
    kinds = {"input": BadInput, "found": NotFound, "ready": NotReady, "refused": Refused}
    raise kinds[kind]("The box is empty.", "Fill it.")


@open_to_everybody
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


@open_to_everybody
def cheerful(request: HttpRequest) -> HttpResponse:
    toast(request, "Done · fet", undo="/undo/")
    return HttpResponse("part of a page")


@needs("today.view")
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


urlpatterns = [
    path("test/undeclared/", undeclared),
    path("test/troubled/<str:kind>/", troubled),
    path("test/broken/", broken),
    path("test/cheerful/", cheerful),
    path("test/home/", home),
    path("", include("vincle.site.urls")),
]

handler400 = "vincle.web.errors.bad_request"
handler403 = "vincle.web.errors.permission_denied"
handler404 = "vincle.web.errors.page_not_found"
handler500 = "vincle.web.errors.server_error"
