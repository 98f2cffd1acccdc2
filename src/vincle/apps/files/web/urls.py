from django.urls import path

from vincle.apps.files.web import files, handing

app_name = "files"

urlpatterns = [
    path("people/<uuid:uid>/files/", files.files, name="files"),
    path("people/<uuid:uid>/face/", files.face, name="face"),
    path("people/<uuid:uid>/files/<uuid:file>/", handing.attachment, name="file"),
    path("people/<uuid:uid>/files/<uuid:file>/picture/", handing.picture, name="picture"),
    path("people/<uuid:uid>/files/<uuid:file>/face/", files.choose_face, name="choose_face"),
    path("people/<uuid:uid>/files/<uuid:file>/no-face/", files.leave_face, name="leave_face"),
    path("people/<uuid:uid>/files/<uuid:file>/remove/", files.remove, name="remove"),
    path("people/<uuid:uid>/files/<uuid:file>/back/", files.back, name="back"),
]
