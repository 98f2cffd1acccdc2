"""Who looks, said once for each request, before any read of people; and who looked at whom, once for each visit."""

from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import cast

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.looking import VISIT, note_looks
from vincle.apps.people.queries.visible import Sight, seeing
from vincle.kernel import clock
from vincle.web.permissions import can

KEY = "people.looked"  # of the session: whom one has looked at, and when that was written down
_LOOKING = {"GET", "HEAD", "OPTIONS"}


class SeesPeople:
    """Have every read of people in a request be of whoever sent it, and write down looks at confidential people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with seeing(sight_of(request)) as sight:
            response = self.get_response(request)
        # What it is streamed from is read when all this is over. A file is open already.
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _seen(sight, cast("Iterator[bytes]", response.streaming_content))
        if sight.looked and response.status_code < HTTPStatus.BAD_REQUEST:
            _write_down(request, sight, now=clock.now())
        return response


def sight_of(request: HttpRequest) -> Sight:
    """What whoever sent the request may see and change of people."""
    return Sight(
        confidential=can(request.user, "people.confidential"),
        sensitive=can(request.user, "people.sensitive"),
        changes=request.method not in _LOOKING,
        restricted=can(request.user, "people.restrict"),
    )


def _seen(sight: Sight, chunks: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with seeing(sight):  # only while something is read: between two chunks the thread is somebody else's
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def _write_down(request: HttpRequest, sight: Sight, *, now: datetime) -> None:
    written = {key: at for key, at in request.session.get(KEY, {}).items() if now - datetime.fromisoformat(at) < VISIT}
    new = {each for each in sight.looked if _key(each) not in written}
    if new:
        note_looks(new, actor=Actor.behind(request), now=now)
        request.session[KEY] = written | {_key(each): now.isoformat() for each in new}


def _key(looked: tuple[int, str]) -> str:
    return "{}:{}".format(*looked)
