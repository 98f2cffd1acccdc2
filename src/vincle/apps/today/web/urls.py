from django.urls import path

from vincle.apps.today.web import views

app_name = "today"

urlpatterns = [
    path("", views.home, name="home"),
    path("today/newer/", views.newer, name="newer"),
]
