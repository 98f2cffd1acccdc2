from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "vincle.apps.sources"
    label = "sources"

    def ready(self) -> None:
        from vincle.apps.sources import nav

        nav.furnish()
