from django.urls import path

from vincle.apps.accounts.web import entering, preferences, settings, staff

app_name = "accounts"

urlpatterns = [
    path("enter/<str:token>/", entering.enter, name="enter"),
    path("theme/", preferences.theme, name="theme"),
    path("language/", preferences.language, name="language"),
    path("me/", preferences.me, name="me"),
    path("settings/", settings.organisation, name="settings"),
    path("settings/audit/", settings.audit_log, name="audit"),
    path("settings/staff/", staff.staff, name="staff"),
    path("settings/staff/invitation/", staff.invitation, name="invitation"),
    path("settings/staff/<int:user_id>/role/", staff.role, name="role"),
    path("settings/staff/<int:user_id>/link/", staff.link, name="link"),
    path("settings/staff/<int:user_id>/end/", staff.end_access, name="end_access"),
    path("settings/staff/<int:user_id>/back/", staff.give_access, name="give_access"),
]
