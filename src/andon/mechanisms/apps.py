from django.apps import AppConfig


class MechanismsConfig(AppConfig):
    name = "andon.mechanisms"
    label = "mechanisms"
