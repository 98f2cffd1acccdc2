from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "vincle.apps.notes"
    label = "notes"

    def ready(self) -> None:
        from vincle.apps.notes import furnishing

        furnishing.furnish()
