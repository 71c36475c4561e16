from django.apps import AppConfig


class CultureConfig(AppConfig):
    name = "andon.culture"
    label = "culture"
