from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "vincle.flow"
    label = "flow"
