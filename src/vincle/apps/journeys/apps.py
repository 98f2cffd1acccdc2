from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "vincle.apps.journeys"
    label = "journeys"

    def ready(self) -> None:
        from vincle.apps.journeys import furnishing

        furnishing.furnish()
