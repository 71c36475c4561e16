from django.apps import AppConfig


class AttributionConfig(AppConfig):
    name = "andon.attribution"
    label = "attribution"
