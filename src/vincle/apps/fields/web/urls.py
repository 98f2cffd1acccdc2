from django.urls import path

from vincle.apps.fields.web import person, settings

app_name = "fields"

urlpatterns = [
    path("people/<uuid:uid>/fields/", person.panel, name="panel"),
    path("people/<uuid:uid>/fields/chips/", person.chips, name="chips"),
    path("people/<uuid:uid>/fields/line/", person.line, name="line"),
    path("people/<uuid:uid>/fields/edit/", person.edit, name="edit"),
    path("people/<uuid:uid>/fields/undo/", person.undo, name="undo"),
    path("settings/fields/", settings.listed, name="list"),
    path("settings/fields/new/", settings.new, name="new"),
    path("settings/fields/<slug:slug>/", settings.field, name="field"),
    path("settings/fields/<slug:slug>/move/", settings.move, name="move"),
    path("settings/fields/<slug:slug>/archive/", settings.archive, name="archive"),
    path("settings/fields/<slug:slug>/restore/", settings.restore, name="restore"),
]
