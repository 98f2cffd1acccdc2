from django.urls import path

from vincle.apps.tokens.web import pages

app_name = "tokens"

urlpatterns = [
    path("", pages.tokens, name="list"),
    path("new/", pages.new, name="new"),
    path("<int:number>/revoke/", pages.revoke, name="revoke"),
    path("<int:number>/restore/", pages.restore, name="restore"),
]
