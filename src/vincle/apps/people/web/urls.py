from django.urls import path

from vincle.apps.people.web import contacts, directory, files, joining, marks, person, privacy, timeline

app_name = "people"

urlpatterns = [
    path("", directory.people_list, name="list"),
    path("export/", directory.export, name="export"),
    path("export.xlsx", directory.export, {"ending": "xlsx"}, name="export_workbook"),
    path("export.vcf", directory.export, {"ending": "vcf"}, name="export_cards"),
    path("<uuid:uid>/", person.page, name="person"),
    path("<uuid:uid>/card.vcf", files.card, name="card"),
    path("<uuid:uid>/story/", person.story, name="story"),
    path("<uuid:uid>/interests/", person.interests, name="interests"),
    path("<uuid:uid>/why/", person.why, name="why"),
    path("<uuid:uid>/join/", joining.join, name="join"),
    path("<uuid:uid>/history/", joining.history, name="history"),
    path("steps/<int:step>/undo/", joining.undo, name="undo"),
    path("<uuid:uid>/everything.zip", privacy.everything, name="everything"),
    path("<uuid:uid>/erase/", privacy.erase, name="erase"),
    path("<uuid:uid>/erased/", privacy.erased, name="erased"),
    path("marked/<slug:kind>/", marks.marked, name="marked"),
    path("<uuid:uid>/confidential/", marks.make_confidential, name="make_confidential"),
    path("marks/<int:mark>/not-confidential/", marks.not_confidential, name="not_confidential"),
    path("<uuid:uid>/restrict/", marks.restrict, name="restrict"),
    path("marks/<int:mark>/unrestrict/", marks.unrestrict, name="unrestrict"),
    path("<uuid:uid>/looked/", marks.who_looked, name="looked"),
    path("<uuid:uid>/contacts/<int:identity>/<slug:kind>/", contacts.mark, name="mark_contact"),
    path("<uuid:uid>/contacts/<int:identity>/<slug:kind>/off/", contacts.unmark, name="unmark_contact"),
    path("<uuid:uid>/contacts/marks/<int:mark>/lift/", contacts.lift, name="lift_contact"),
    path("<uuid:uid>/timeline/", timeline.more, name="timeline"),
    path("<uuid:uid>/timeline/<uuid:interaction>/", timeline.details, name="interaction"),
]
