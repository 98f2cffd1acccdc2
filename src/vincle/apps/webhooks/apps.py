from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "vincle.apps.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from vincle.apps.webhooks import nav

        nav.furnish()
