"""Every address of the web application: one line a room."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("vincle.web.urls")),
    path("", include("vincle.apps.accounts.web.urls")),
    path("", include("vincle.apps.today.web.urls")),
    path("", include("vincle.apps.consent.web.urls")),
    path("people/", include("vincle.apps.people.web.urls")),
    path("", include("vincle.apps.retention.web.urls")),
    path("", include("vincle.apps.sources.web.urls")),
    path("", include("vincle.apps.tracking.web.urls")),
]

handler400 = "vincle.web.errors.bad_request"
handler403 = "vincle.web.errors.permission_denied"
handler404 = "vincle.web.errors.page_not_found"
handler500 = "vincle.web.errors.server_error"
handler429 = "vincle.web.errors.too_many_requests"  # allauth looks for it here
