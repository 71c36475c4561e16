"""Django, for commands that read what is there and change no table."""

import os


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.settings")
    import django

    django.setup()
