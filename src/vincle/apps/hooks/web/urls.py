from django.urls import path

from vincle.apps.hooks.web import doors, mapping, pages

app_name = "hooks"

urlpatterns = [
    # With and without a slash at the end: a program that is sent elsewhere would leave what it sends behind.
    path("hooks/<slug:public_id>/", doors.door, name="door"),
    path("hooks/<slug:public_id>", doors.door, name="door_bare"),
    path("hooks/<slug:public_id>/<slug:secret>/", doors.door, name="door_secret"),
    path("hooks/<slug:public_id>/<slug:secret>", doors.door, name="door_secret_bare"),
    path("incoming-webhooks/", pages.hooks, name="list"),
    path("incoming-webhooks/new/", pages.new, name="new"),
    path("incoming-webhooks/<slug:name>/", pages.hook, name="hook"),
    path("incoming-webhooks/<slug:name>/rotate/", pages.rotate, name="rotate"),
    path("incoming-webhooks/<slug:name>/revoke/", pages.revoke, name="revoke"),
    path("incoming-webhooks/<slug:name>/restore/", pages.restore, name="restore"),
    path("incoming-webhooks/<slug:name>/signature/", pages.signature, name="signature"),
    path("incoming-webhooks/<slug:name>/again/", pages.again, name="again"),
    path("incoming-webhooks/<slug:name>/columns/", mapping.columns, name="columns"),
    path("incoming-webhooks/<slug:name>/preview/", mapping.preview, name="preview"),
    path("incoming-webhooks/<slug:name>/columns.toml", mapping.as_text, name="mapping"),
    path("incoming-webhooks/<slug:name>/<int:number>/", pages.delivery, name="delivery"),
    path("incoming-webhooks/<slug:name>/<int:number>/discard/", pages.discard, name="discard"),
    path("incoming-webhooks/<slug:name>/<int:number>/back/", pages.bring_back, name="bring_back"),
]
