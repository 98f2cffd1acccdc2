from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "vincle.apps.value"
    label = "value"

    def ready(self) -> None:
        from vincle.apps.value import furnishing

        furnishing.furnish()
