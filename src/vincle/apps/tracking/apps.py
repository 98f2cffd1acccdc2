from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "vincle.apps.tracking"
    label = "tracking"

    def ready(self) -> None:
        from vincle.apps.tracking import nav

        nav.furnish()
