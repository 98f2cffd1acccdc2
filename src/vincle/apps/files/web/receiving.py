"""Views that are sent a file: how large it may be is looked at before anything of it is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from vincle.apps.files.actions import LARGEST
from vincle.kernel.errors import BadInput

_BESIDE_THE_FILE = 64 * 1024  # the rest of the form


def receives(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view that may be sent a file: too much is refused unread. The token of the form is checked within,
    once the size has been looked at, since checking it reads all that was sent."""
    within = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if length.isdecimal() and int(length) > LARGEST + _BESIDE_THE_FILE:
            raise BadInput(_("A file has at most %(count)d MB.") % {"count": LARGEST // 1024 // 1024})
        answer: HttpResponse = within(request, *args, **more)
        return answer

    return looked_at


def one_file(request: HttpRequest) -> "UploadedFile[Any]":
    """The file that was sent; raises `BadInput` for none and for several."""
    given = request.FILES.getlist("file")
    if len(given) != 1:
        raise BadInput(_("Choose a file first."))
    return given[0]
