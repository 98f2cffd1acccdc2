from django.urls import path

from vincle.apps.tasks.web import about, calendar, doing, listing, task

app_name = "tasks"

urlpatterns = [
    path("tasks/", listing.tasks, name="list"),
    path("tasks/<uuid:uid>/", task.task, name="task"),
    path("tasks/<uuid:uid>/done/", doing.done, name="done"),
    path("tasks/<uuid:uid>/open/", doing.reopen, name="open"),
    path("tasks/<uuid:uid>/due/", doing.due, name="due"),
    path("tasks/<uuid:uid>/assign/", doing.assign, name="assign"),
    path("tasks/<uuid:uid>/remove/", doing.remove, name="remove"),
    path("tasks/<uuid:uid>/back/", doing.back, name="back"),
    path("people/<uuid:uid>/tasks/", about.about, name="about"),
    path("me/calendar/", calendar.own, name="calendar"),
    path("me/calendar/make/", calendar.make, name="make_calendar"),
    path("me/calendar/revoke/", calendar.revoke, name="revoke_calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
]
