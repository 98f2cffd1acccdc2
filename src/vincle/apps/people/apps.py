from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "vincle.apps.people"
    label = "people"

    def ready(self) -> None:
        from vincle.apps.accounts.facade import name_action
        from vincle.apps.people.actions import LIST_EXPORTED
        from vincle.web.nav import NavEntry, register

        register(NavEntry(_("People"), "users", "people:list", "people.view", order=20, on_phone=True))
        name_action(LIST_EXPORTED, _("took out a list of people"))
