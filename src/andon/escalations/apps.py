from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "andon.escalations"
    label = "escalations"
