"""A file arrives: its size is looked at before it is read, and it is kept where nobody can guess."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import actions
from vincle.apps.sources.queries import imports as queries
from vincle.apps.sources.words import in_words
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home
from vincle.web.permissions import needs

_BESIDE_THE_FILE = 64 * 1024  # the rest of the form


class UploadForm(forms.Form):
    """The file, and where it comes from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty. Check that it is the one you meant."),
        },
    )
    source = forms.CharField(
        label=gettext_lazy("Where does it come from?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "The shop, the school, the newsletter… Files from the same place know the same people by the same numbers."
        ),
        widget=forms.TextInput({"list": "known-sources", "autocomplete": "off"}),
    )


@needs("imports.run")
@csrf_exempt  # the token is checked within, once the size has been looked at: checking it reads the whole file
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file."""
    if _is_too_large(request):
        form = UploadForm()
        return _page(request, form, too_large=True)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm(initial=request.GET.dict())
    if is_sent and form.is_valid():
        try:
            with _on_disk(form.cleaned_data["file"]) as path:
                this = actions.receive(
                    path,
                    actor=Actor.behind(request),
                    now=clock.now(),
                    name=form.cleaned_data["file"].name,
                    source=form.cleaned_data["source"],
                    keep=True,
                )
        except BadInput as error:
            form.add_error("file", in_words(error))
        else:
            return redirect("sources:import", this.uid)
    return _page(request, form)


@needs("imports.view")
def sample(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """A small file to begin with: what happened, one thing a line."""
    rows = ["email,name,when,what,place,amount,currency,score,comment", *_SAMPLE]
    response = HttpResponse("\n".join(rows) + "\n", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_("example")}.csv"'
    return response


_SAMPLE = (
    "merce@example.org,Mercè Roca,2026-05-03 10:20,Purchase,Girona,38.40,EUR,,",
    "merce@example.org,Mercè Roca,2026-05-09 18:05,Survey,Web,,,5,Fast and friendly",
    "joan@example.org,Joan Ferrer,2026-05-04 12:41,Purchase,Girona,12.00,EUR,,",
    "joan@example.org,Joan Ferrer,2026-05-11 09:15,Complaint,Phone,,,1,The eggs came broken",
    "rosa@example.org,Rosa Mas,2026-05-06 17:30,Visit,Girona,,,,",
    "rosa@example.org,Rosa Mas,2026-05-06 17:52,Purchase,Girona,54.90,EUR,,",
)


def _is_too_large(request: HttpRequest) -> bool:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return length.isdecimal() and int(length) > settings.UPLOAD_LIMIT + _BESIDE_THE_FILE


def _page(request: HttpRequest, form: UploadForm, *, too_large: bool = False) -> HttpResponse:
    context = {"form": form, "sources": queries.known_sources(), "limit": settings.UPLOAD_LIMIT, "too_large": too_large}
    status = HTTPStatus.OK
    if too_large:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    elif form.errors:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "sources/upload.html", context, status=status)


@contextmanager
def _on_disk(upload: "UploadedFile[Any]") -> Iterator[Path]:
    """The upload as a file that may be moved away; what is left of it is removed."""
    staging = Home.at().staging
    staging.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="upload-", dir=staging) as folder:
        path = Path(folder) / "file"
        large = getattr(upload, "temporary_file_path", None)
        if large is not None:
            shutil.move(large(), path)
        else:
            with path.open("wb") as file:
                for block in upload.chunks():
                    file.write(block)
        yield path
