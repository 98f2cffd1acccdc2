from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "vincle.apps.retention"
    label = "retention"

    def ready(self) -> None:
        from vincle.apps.retention import nav

        nav.furnish()
