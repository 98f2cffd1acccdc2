from django.urls import path

from vincle.apps.retention.web import views

app_name = "retention"

urlpatterns = [
    path("retention/", views.rules, name="rules"),
    path("retention/<int:number>/", views.rule, name="rule"),
    path("retention/<int:number>/look/", views.look, name="look"),
    path("retention/<int:number>/run/", views.run, name="run"),
    path("retention/<int:number>/switch/", views.switch, name="switch"),
    path("retention/<int:number>/remove/", views.remove, name="remove"),
]
