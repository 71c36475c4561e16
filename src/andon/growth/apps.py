from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "andon.growth"
    label = "growth"
