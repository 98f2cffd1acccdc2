from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "vincle.apps.tokens"
    label = "tokens"

    def ready(self) -> None:
        from vincle.apps.tokens import nav

        nav.furnish()
