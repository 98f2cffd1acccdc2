from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "vincle.apps.consent"
    label = "consent"

    def ready(self) -> None:
        from vincle.apps.consent import nav

        nav.furnish()
