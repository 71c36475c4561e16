from django.apps import AppConfig


class MechanismsConfig(AppConfig):
    name = "andon.mechanisms"
    label = "mechanisms"

    def ready(self) -> None:
        from andon.mechanisms import access  # noqa: F401  tells people.access what makes somebody an owner
