from django.urls import path

from vincle.apps.value.web import views

app_name = "value"

urlpatterns = [
    path("", views.value, name="value"),
    path("newer/", views.newer, name="newer"),
]
