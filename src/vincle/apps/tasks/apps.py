from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "vincle.apps.tasks"
    label = "tasks"

    def ready(self) -> None:
        from vincle.apps.tasks import furnishing

        furnishing.furnish()
