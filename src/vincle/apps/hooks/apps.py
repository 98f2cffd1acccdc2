from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "vincle.apps.hooks"
    label = "hooks"

    def ready(self) -> None:
        from vincle.apps.hooks import furnishing

        furnishing.furnish()
