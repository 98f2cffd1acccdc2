from django.urls import path

from vincle.apps.value.web import settings, views

app_name = "value"

urlpatterns = [
    path("", views.value, name="value"),
    path("newer/", views.newer, name="newer"),
    path("settings/", settings.terms, name="settings"),
    path("settings/undo/", settings.undo, name="settings-undo"),
    path("settings/rates/", settings.rates, name="rates"),
]
