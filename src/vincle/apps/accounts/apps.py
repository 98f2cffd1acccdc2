from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "vincle.apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from vincle.apps.accounts import queries, signals
        from vincle.flow import house as flow_house
        from vincle.web import house as web_house
        from vincle.web.nav import NavEntry, register

        web_house.provided_by(queries.organisation)
        flow_house.told_by(queries.conventions)
        signals.connect()
        register(NavEntry(_("Settings"), "settings", "accounts:settings", "settings.view", group="settings"))
