from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "vincle.web"
    label = "web"

    def ready(self) -> None:
        from vincle.web import checks  # noqa: F401 - importing registers them
