from django.urls import path

from vincle.apps.addressbook.web import doors, pages

app_name = "addressbook"

urlpatterns = [
    path(".well-known/carddav", doors.well_known, name="well_known"),
    path("dav/", doors.root, name="root"),
    path("dav/me/", doors.principal, name="principal"),
    path("dav/books/", doors.home, name="home"),
    path("dav/books/people/", doors.book, name="book"),
    path("dav/books/people/<uuid:uid>.vcf", doors.card, name="card"),
    path("me/address-book/", pages.passwords, name="passwords"),
    path("me/address-book/new/", pages.new, name="new"),
    path("me/address-book/<int:number>/end/", pages.end, name="end"),
    path("me/address-book/<int:number>/back/", pages.back, name="back"),
]
