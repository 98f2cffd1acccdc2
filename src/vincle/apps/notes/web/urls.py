from django.urls import path

from vincle.apps.notes.web import attaching, mentions, notes

app_name = "notes"

urlpatterns = [
    path("mentions/", mentions.mentions, name="mentions"),
    path("mentions/<uuid:uid>/read/", mentions.read, name="read"),
    path("mentions/<uuid:uid>/unread/", mentions.leave_unread, name="leave_unread"),
    path("people/<uuid:uid>/notes/", notes.notes, name="notes"),
    path("people/<uuid:uid>/notes/<uuid:note>/", notes.note, name="note"),
    path("people/<uuid:uid>/notes/<uuid:note>/edit/", notes.edit, name="edit"),
    path("people/<uuid:uid>/notes/<uuid:note>/former/", notes.former, name="former"),
    path("people/<uuid:uid>/notes/<uuid:note>/files/", attaching.attach, name="attach"),
    path("people/<uuid:uid>/notes/<uuid:note>/pin/", notes.pin, name="pin"),
    path("people/<uuid:uid>/notes/<uuid:note>/unpin/", notes.unpin, name="unpin"),
    path("people/<uuid:uid>/notes/<uuid:note>/remove/", notes.remove, name="remove"),
    path("people/<uuid:uid>/notes/<uuid:note>/back/", notes.back, name="back"),
]
