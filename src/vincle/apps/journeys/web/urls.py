from django.urls import path

from vincle.apps.journeys.web import behind, views

app_name = "journeys"

urlpatterns = [
    path("", views.journeys, name="journeys"),
    path("newer/", views.newer, name="newer"),
    path("refresh/", views.refresh, name="refresh"),
    path("behind/", behind.behind, name="behind"),
    path("moments/", views.moments, name="moments"),
]
