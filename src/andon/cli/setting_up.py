"""Django, for the commands that need it."""

import os


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.settings")
    import django

    django.setup()
