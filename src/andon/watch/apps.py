from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "andon.watch"
    label = "watch"
