from django.urls import path

from vincle.web.views import health

urlpatterns = [path("health/", health, name="health")]
