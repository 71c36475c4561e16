from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "andon.growth"
    label = "growth"

    def ready(self) -> None:
        """What growth puts on the list of what somebody owes is registered once the nouns are there."""
        from andon.growth import owing  # noqa: F401
