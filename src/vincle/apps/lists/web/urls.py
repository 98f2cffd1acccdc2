from django.urls import path

from vincle.apps.lists.web import builder, changing, kept, ticking

app_name = "lists"

urlpatterns = [
    path("", kept.everything, name="all"),
    path("choose/", builder.choose, name="choose"),
    path("views/new/", kept.new_view, name="view-new"),
    path("views/<uuid:uid>/", kept.view, name="view"),
    path("views/<uuid:uid>/change/", kept.change_view, name="view-change"),
    path("views/<uuid:uid>/copy/", kept.copy_view, name="view-copy"),
    path("views/<uuid:uid>/remove/", kept.remove_view, name="view-remove"),
    path("views/<uuid:uid>/back/", kept.bring_back_view, name="view-back"),
    path("fixed/<uuid:uid>/remove/", kept.remove_list, name="list-remove"),
    path("fixed/<uuid:uid>/back/", kept.bring_back_list, name="list-back"),
    path("ticked/", ticking.ticked, name="ticked"),
    path("change/", changing.change, name="change"),
    path("changes/<uuid:uid>/", changing.progress, name="progress"),
    path("changes/<uuid:uid>/undo/", changing.undo, name="undo"),
]
