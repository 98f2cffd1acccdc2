from django.urls import path

from vincle.apps.consent.web import catalogue, person, report

app_name = "consent"

urlpatterns = [
    path("consent/", report.report, name="report"),
    path("consent/objecting/", report.objecting, name="objecting"),
    path("consent/purposes/", catalogue.catalogue, name="catalogue"),
    path("consent/purposes/new/", catalogue.new, name="new"),
    path("consent/purposes/begin/", catalogue.begin, name="begin"),
    path("consent/purposes/<slug:purpose>/change/", catalogue.change, name="change"),
    path("consent/purposes/<slug:purpose>/retire/", catalogue.retire, name="retire"),
    path("consent/purposes/<slug:purpose>/take-up/", catalogue.take_up, name="take_up"),
    path("consent/entries/<int:entry>/mistaken/", person.mistaken, name="mistaken"),
    path("consent/behind/<slug:purpose>/<slug:channel>/<slug:state>/", report.behind, name="behind"),
    path("people/<uuid:uid>/consent/", person.ledger, name="ledger"),
    path("people/<uuid:uid>/consent/card/", person.card, name="card"),
    path("people/<uuid:uid>/consent/chips/", person.chips, name="chips"),
    path("people/<uuid:uid>/consent/say/", person.say, name="say"),
]
