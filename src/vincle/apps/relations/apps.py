from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "vincle.apps.relations"
    label = "relations"

    def ready(self) -> None:
        from vincle.apps.relations import keeping, nav

        nav.furnish()
        keeping.furnish()
