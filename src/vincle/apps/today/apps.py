from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TodayConfig(AppConfig):
    name = "vincle.apps.today"
    label = "today"

    def ready(self) -> None:
        from vincle.web.nav import NavEntry, register

        register(NavEntry(_("Today"), "home", "today:home", "today.view", order=10, on_phone=True))
