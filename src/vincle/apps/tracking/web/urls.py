from django.urls import path

from vincle.apps.tracking.web import doors, pages

app_name = "tracking"

_TYPES = ("identify", "track", "page", "screen", "group", "alias", "merge")
_SHORT = {"t": "track", "i": "identify", "p": "page", "g": "group", "a": "alias", "s": "screen"}

urlpatterns = [
    path("v1/batch", doors.events, name="batch"),
    path("v1/import", doors.events, name="import"),
    path("v1/b", doors.events, name="b"),
    *[path(f"v1/{each}", doors.events, {"type_": each}, name=each) for each in _TYPES],
    *[path(f"v1/{short}", doors.events, {"type_": long}, name=short) for short, long in _SHORT.items()],
    path("beacon/v1/batch", doors.events, name="beacon"),
    path("sourceConfig/", doors.source_config, name="source_config"),
    path("v1/m", doors.metrics, name="metrics"),
    path("v1/projects/<str:key>/settings", doors.settings, name="settings"),
    path("tracking/", pages.sources, name="sources"),
    path("tracking/new/", pages.new, name="new"),
    path("tracking/<slug:name>/", pages.live, name="live"),
    path("tracking/<slug:name>/latest/", pages.latest, name="latest"),
    path("tracking/<slug:name>/rotate/", pages.rotate, name="rotate"),
    path("tracking/<slug:name>/revoke/", pages.revoke, name="revoke"),
    path("tracking/<slug:name>/origins/", pages.origins, name="origins"),
]
