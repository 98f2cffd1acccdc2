from django.urls import path

from vincle.apps.value.web import behind, bridge, decisions, investments, person, settings, views

app_name = "value"

urlpatterns = [
    path("", views.value, name="value"),
    path("newer/", views.newer, name="newer"),
    path("what-if/", views.levers, name="levers"),
    path("bridge/", bridge.bridge, name="bridge"),
    path("bridge/newer/", bridge.newer, name="bridge-newer"),
    path("behind/", behind.behind, name="behind"),
    path("behind/worth/", behind.worth, name="behind-worth"),
    path("settings/", settings.terms, name="settings"),
    path("settings/undo/", settings.undo, name="settings-undo"),
    path("settings/rates/", settings.rates, name="rates"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/newer/", decisions.newer, name="decisions-newer"),
    path("decisions/people/", decisions.people, name="decisions-people"),
    path("decisions/<slug:kind>/", decisions.change, name="decision-change"),
    path("decisions/<slug:kind>/undo/<int:revision>/", decisions.undo, name="decision-undo"),
    path("of/<uuid:uid>/", person.card, name="person-card"),
    path("of/<uuid:uid>/chip/", person.chip, name="person-chip"),
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
