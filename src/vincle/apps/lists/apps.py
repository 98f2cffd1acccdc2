from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "vincle.apps.lists"
    label = "lists"
