from django.urls import path

from vincle.apps.value.web import investments, settings, views

app_name = "value"

urlpatterns = [
    path("", views.value, name="value"),
    path("newer/", views.newer, name="newer"),
    path("settings/", settings.terms, name="settings"),
    path("settings/undo/", settings.undo, name="settings-undo"),
    path("settings/rates/", settings.rates, name="rates"),
    path("investments/", investments.investments, name="investments"),
    path("investments/new/", investments.new, name="investment-new"),
    path("investments/draw/", investments.by_lot, name="investment-draw"),
    path("investments/<uuid:uid>/", investments.investment, name="investment"),
    path("investments/<uuid:uid>/newer/", investments.newer, name="investment-newer"),
    path("investments/<uuid:uid>/refresh/", investments.refresh, name="investment-refresh"),
    path("investments/<uuid:uid>/change/", investments.change, name="investment-change"),
    path("investments/<uuid:uid>/archive/", investments.archive, name="investment-archive"),
    path("investments/<uuid:uid>/back/", investments.bring_back, name="investment-back"),
]
