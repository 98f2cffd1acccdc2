from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "vincle.apps.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        from vincle.apps.duplicates import nav

        nav.furnish()
