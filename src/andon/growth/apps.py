from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "andon.growth"
    label = "growth"

    def ready(self) -> None:
        """What growth puts on the lists of lower stages is registered once the nouns are there."""
        from andon.growth import keeping, keeping_talks, mirrors, owing  # noqa: F401

        mirrors.register()
