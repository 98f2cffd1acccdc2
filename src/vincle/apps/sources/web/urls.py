from django.urls import path

from vincle.apps.sources.web import columns, imports, kinds, quarantine, upload

app_name = "sources"

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", upload.upload, name="upload"),
    path("imports/example.csv", upload.sample, name="import_sample"),
    path("imports/<uuid:uid>/", imports.import_, name="import"),
    path("imports/<uuid:uid>/columns/", columns.columns, name="columns"),
    path("imports/<uuid:uid>/preview/", columns.preview, name="import_preview"),
    path("imports/<uuid:uid>/options/", columns.options, name="import_options"),
    path("imports/<uuid:uid>/columns.toml", columns.mapping, name="mapping"),
    path("imports/<uuid:uid>/line/", imports.line, name="import_line"),
    path("imports/<uuid:uid>/progress/", imports.progress, name="import_progress"),
    path("imports/<uuid:uid>/check/", imports.check, name="import_check"),
    path("imports/<uuid:uid>/stop/", imports.stop, name="import_stop"),
    path("imports/<uuid:uid>/run/", imports.run, name="import_run"),
    path("imports/<uuid:uid>/undo/", imports.undo, name="import_undo"),
    path("imports/<uuid:uid>/again/", imports.again, name="import_again"),
    path("imports/<uuid:uid>/forget/", imports.forget, name="import_forget"),
    path("imports/<uuid:uid>/rejected.csv", imports.rejected, name="import_rejected"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/<str:name>/", kinds.kind, name="kind"),
    path("kinds/<str:name>/trial/", kinds.trial, name="kind_trial"),
    path("kinds/<str:name>/back/", kinds.take_back, name="kind_back"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/replay/", quarantine.replay, name="replay"),
    path("quarantine/discard/", quarantine.discard_all, name="discard_all"),
    path("quarantine/restore/", quarantine.restore, name="restore"),
    path("quarantine/<int:number>/", quarantine.held, name="held"),
    path("quarantine/<int:number>/discard/", quarantine.discard, name="discard"),
]
