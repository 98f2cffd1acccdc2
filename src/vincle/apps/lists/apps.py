from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "vincle.apps.lists"
    label = "lists"

    def ready(self) -> None:
        from vincle.apps.lists import forgetting, nav
        from vincle.apps.people.facade import also_forget, also_give

        nav.furnish()
        also_forget(forgetting.forget, forgetting.TABLES)
        also_give("lists", forgetting.lists_of)
