from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "vincle.apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from vincle.apps.accounts import queries, signals
        from vincle.kernel import house
        from vincle.web.nav import NavEntry, register

        house.told_by(queries.organisation)
        signals.connect()
        register(NavEntry(_("Settings"), "settings", "accounts:settings", "settings.view", group="settings"))
