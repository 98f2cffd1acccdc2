from django.urls import path

from vincle.apps.search.web import views

app_name = "search"

urlpatterns = [path("search/", views.search, name="search")]
