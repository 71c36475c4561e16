from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "andon.flow"
    label = "flow"
