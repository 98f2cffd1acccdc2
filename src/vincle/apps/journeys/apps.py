from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "vincle.apps.journeys"
    label = "journeys"

    def ready(self) -> None:
        from vincle.web.nav import NavEntry, register

        register(NavEntry(_("Journeys"), "route", "journeys:journeys", "journeys.view", group="understand", order=10))
