from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "andon.standards"
    label = "standards"
