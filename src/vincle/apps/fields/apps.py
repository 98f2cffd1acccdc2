from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "vincle.apps.fields"
    label = "fields"

    def ready(self) -> None:
        from vincle.apps.fields import furnishing

        furnishing.furnish()
