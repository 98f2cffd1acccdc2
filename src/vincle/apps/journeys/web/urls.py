from django.urls import path

from vincle.apps.journeys.web import behind, compare, real, views
from vincle.apps.journeys.web.maps import (
    about,
    archetypes,
    comments,
    editor,
    listing,
    rules,
    touchpoints,
    versions,
    wall,
)

app_name = "journeys"

urlpatterns = [
    path("", views.journeys, name="journeys"),
    path("newer/", views.newer, name="newer"),
    path("refresh/", views.refresh, name="refresh"),
    path("behind/", behind.behind, name="behind"),
    path("moments/", views.moments, name="moments"),
    path("compare/", compare.compare, name="compare"),
    path("compare/newer/", compare.newer, name="compare-newer"),
    path("maps/", listing.maps, name="maps"),
    path("maps/new/", listing.new, name="map-new"),
    path("maps/file/", listing.bring_in, name="map-file"),
    path("maps/<uuid:uid>/", editor.map_, name="map"),
    path("maps/<uuid:uid>/real/", real.real, name="map-real"),
    path("maps/<uuid:uid>/real/newer/", real.newer, name="map-real-newer"),
    path("maps/<uuid:uid>/board/", editor.board, name="map-board"),
    path("maps/<uuid:uid>/change/", editor.change, name="map-change"),
    path("maps/<uuid:uid>/undo/", editor.undo, name="map-undo"),
    path("maps/<uuid:uid>/redo/", editor.redo, name="map-redo"),
    path("maps/<uuid:uid>/as/<slug:ending>/", editor.document, name="map-document"),
    path("maps/<uuid:uid>/picture.<slug:ending>", wall.picture, name="map-picture"),
    path("maps/<uuid:uid>/workshop/", wall.workshop, name="map-workshop"),
    path("maps/<uuid:uid>/about/", about.about, name="map-about"),
    path("maps/<uuid:uid>/archetype/", archetypes.archetype, name="map-archetype"),
    path("maps/<uuid:uid>/archetype/newer/", archetypes.newer, name="map-archetype-newer"),
    path("maps/<uuid:uid>/archetype/choose/", archetypes.choose, name="map-archetype-choose"),
    path("maps/<uuid:uid>/stages/<slug:stage>/rules/", rules.rules, name="map-rules"),
    path("maps/<uuid:uid>/stages/<slug:stage>/touchpoints/", touchpoints.new, name="map-touchpoint-new"),
    path("maps/<uuid:uid>/stages/<slug:stage>/touchpoints/<slug:key>/", touchpoints.touchpoint, name="map-touchpoint"),
    path("maps/<uuid:uid>/comments/", comments.comments, name="map-comments"),
    path("maps/<uuid:uid>/comments/<uuid:comment>/resolve/", comments.resolve, name="map-comment-resolve"),
    path("maps/<uuid:uid>/comments/<uuid:comment>/reopen/", comments.reopen, name="map-comment-reopen"),
    path("maps/<uuid:uid>/versions/", versions.versions, name="map-versions"),
    path("maps/<uuid:uid>/versions/<uuid:version>/", versions.version, name="map-version"),
    path("maps/<uuid:uid>/versions/<uuid:version>/restore/", versions.restore, name="map-restore"),
    path("maps/<uuid:uid>/archive/", listing.archive, name="map-archive"),
    path("maps/<uuid:uid>/back/", listing.bring_back, name="map-back"),
]
