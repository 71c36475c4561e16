from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "andon.plans"
    label = "plans"
