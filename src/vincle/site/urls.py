"""Every address of the web application: one line a room."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("vincle.web.urls")),
    path("", include("vincle.apps.accounts.web.urls")),
    path("", include("vincle.apps.today.web.urls")),
    path("journeys/", include("vincle.apps.journeys.web.urls")),
    path("value/", include("vincle.apps.value.web.urls")),
    path("", include("vincle.apps.consent.web.urls")),
    path("people/", include("vincle.apps.people.web.urls")),
    path("", include("vincle.apps.search.web.urls")),
    path("lists/", include("vincle.apps.lists.web.urls")),
    path("duplicates/", include("vincle.apps.duplicates.web.urls")),
    path("", include("vincle.apps.fields.web.urls")),
    path("", include("vincle.apps.files.web.urls")),
    path("", include("vincle.apps.notes.web.urls")),
    path("", include("vincle.apps.tasks.web.urls")),
    path("", include("vincle.apps.relations.web.urls")),
    path("", include("vincle.apps.retention.web.urls")),
    path("", include("vincle.apps.sources.web.urls")),
    path("", include("vincle.apps.tracking.web.urls")),
    path("", include("vincle.apps.hooks.web.urls")),
    path("settings/tokens/", include("vincle.apps.tokens.web.urls")),
    path("settings/webhooks/", include("vincle.apps.webhooks.web.urls")),
    path("api/", include("vincle.api.urls")),
    path("", include("vincle.apps.addressbook.web.urls")),
]

handler400 = "vincle.web.errors.bad_request"
handler403 = "vincle.web.errors.permission_denied"
handler404 = "vincle.web.errors.page_not_found"
handler500 = "vincle.web.errors.server_error"
handler429 = "vincle.web.errors.too_many_requests"  # allauth looks for it here
