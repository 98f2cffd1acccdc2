"""The doors that programs knock at: Segment's HTTP API, with a write key instead of a session."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from vincle.apps.tracking import queries
from vincle.apps.tracking.models import WriteKey
from vincle.apps.tracking.taking.together import take
from vincle.apps.tracking.web import answers
from vincle.apps.tracking.wire import envelope
from vincle.apps.tracking.wire.reading import Reader
from vincle.apps.tracking.wire.refusals import ForeignOrigin, UnknownKey
from vincle.flow.incoming import body
from vincle.flow.incoming.refusals import NotNow, Refusal, Unreadable
from vincle.kernel import clock
from vincle.kernel.house import house
from vincle.web.permissions import open_to_everybody

View = Callable[..., HttpResponse]


def _door(view: View) -> View:
    """Answer in JSON whatever happens, let browsers ask first, and look at no session."""

    @wraps(view)
    def answering(request: HttpRequest, **given: str) -> HttpResponse:
        try:
            if request.method == "OPTIONS":
                _refuse_strangers(request)
                return answers.preflight(request)
            return view(request, **given)
        except Refusal as refusal:
            return answers.refused(request, refusal)
        except UnreadablePostError:
            return answers.refused(request, Unreadable("incomplete", "The request ended before its body did."))
        except (OperationalError, InterfaceError):
            return answers.refused(request, NotNow())

    return open_to_everybody(csrf_exempt(answering))


@_door
def events(request: HttpRequest, type_: str = "") -> JsonResponse:
    """Take one event of this type, or, without a type, a batch. Answers when they are committed."""
    if request.method != "POST":
        return answers.refused(request, Refusal(405, "method_not_allowed", "Events are sent by POST."))
    now = clock.now()
    key = _key_beside(request, now)
    sent = body.read(body.stream_of(request), request.headers.get("Content-Encoding", ""))
    opened = envelope.open_single(sent) if type_ else envelope.open_batch(sent)
    key = key or _in_force(opened.write_key, now)
    _refuse_foreign(request, key)
    taken = Reader(key.of.source.name, house(), now, type_).read(opened)
    if taken.size:
        take(taken, key=key)
    return answers.said(request, {"success": True, "taken": len(taken.fit.rows), "quarantined": len(taken.unfit)})


@_door
def settings(request: HttpRequest, key: str) -> JsonResponse:
    """What Segment's library for browsers asks before it begins: where to send."""
    found = queries.key_in_force(key, now=clock.now())
    if found is None:
        raise Refusal(404, "invalid_write_key", "The write key is unknown or revoked.")
    _refuse_foreign(request, found)
    host = {"apiKey": key, "apiHost": f"{request.get_host()}/v1", "protocol": request.scheme}
    shape = {"unbundledIntegrations": [], "addBundledMetadata": False, "maybeBundledConfigIds": {}}
    allowed = {"__default": {"enabled": True, "integrations": {}}}
    return answers.said(
        request,
        {
            "integrations": {"Segment.io": host | shape},
            "plan": {"track": allowed, "identify": allowed, "group": allowed},
            "analyticsNextEnabled": True,
            "edgeFunction": {},
            "middlewareSettings": {},
            "enabledMiddleware": {},
            "metrics": {"sampleRate": 0},
            "legacyVideoPluginsEnabled": False,
            "remotePlugins": [],
        },
    )


@_door
def source_config(request: HttpRequest) -> JsonResponse:
    """What RudderStack's library for browsers asks before it begins: whether its source is there. What it sends goes
    nowhere else, and it keeps figures about itself to itself."""
    found = _key_beside(request, clock.now())
    if found is None:
        raise UnknownKey
    _refuse_foreign(request, found)
    name, unwanted = found.of.source.name, {"enabled": False}
    source = {
        "id": name,
        "name": name,
        "workspaceId": "vincle",
        "enabled": True,
        "config": {"statsCollection": {"errors": unwanted, "metrics": unwanted}},
        "destinations": [],
    }
    return answers.said(request, {"source": source})


@_door
def metrics(request: HttpRequest) -> JsonResponse:
    """Take the figures that libraries gather about themselves, and keep none of them."""
    return answers.said(request, {"success": True})


def _key_beside(request: HttpRequest, now: datetime) -> WriteKey | None:
    """The key in force of the headers or the address, None when neither holds one. Asked before anything of the body
    is read."""
    given = answers.key_in_headers(request) or request.GET.get("writeKey", "")
    return _in_force(given, now) if given else None


def _in_force(write_key: str, now: datetime) -> WriteKey:
    found = queries.key_in_force(write_key, now=now)
    if found is None:
        raise UnknownKey
    return found


def _refuse_foreign(request: HttpRequest, key: WriteKey) -> None:
    origin, allowed = request.headers.get("Origin"), key.of.origins
    if origin and allowed and origin.lower() not in allowed:
        raise ForeignOrigin


def _refuse_strangers(request: HttpRequest) -> None:
    if not queries.origin_is_welcome(request.headers.get("Origin", "").lower(), now=clock.now()):
        raise ForeignOrigin
