from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "vincle.apps.files"
    label = "files"

    def ready(self) -> None:
        from vincle.apps.files import furnishing

        furnishing.furnish()
