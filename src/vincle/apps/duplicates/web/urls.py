from django.urls import path

from vincle.apps.duplicates.web import bulk, candidate, counts, deciding, looking, person, queue

app_name = "duplicates"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("look/", looking.look, name="look"),
    path("looking/", looking.looking, name="looking"),
    path("counts/", counts.counts, name="counts"),
    path("all/", bulk.preview, name="bulk_preview"),
    path("all/<uuid:uid>/", bulk.page, name="bulk"),
    path("all/<uuid:uid>/progress/", bulk.progress, name="bulk_progress"),
    path("all/<uuid:uid>/undo/", bulk.undo, name="bulk_undo"),
    path("of/<uuid:uid>/", person.of_person, name="of_person"),
    path("steps/<int:step>/undo/", deciding.undo, name="undo"),
    path("<int:number>/", candidate.page, name="candidate"),
    path("<int:number>/same/", deciding.same, name="same"),
    path("<int:number>/different/", deciding.different, name="different"),
    path("<int:number>/skip/", deciding.skip, name="skip"),
    path("<int:number>/back/", deciding.bring_back, name="bring_back"),
]
