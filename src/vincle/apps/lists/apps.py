from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "vincle.apps.lists"
    label = "lists"

    def ready(self) -> None:
        from vincle.apps.lists import keeping, nav
        from vincle.apps.people.facade import keep

        nav.furnish()
        keep(keeping.STANDING)
        keep(keeping.CHANGED)
        keep(keeping.GATHERED)
