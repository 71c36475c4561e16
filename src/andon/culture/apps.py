from django.apps import AppConfig


class CultureConfig(AppConfig):
    name = "andon.culture"
    label = "culture"

    def ready(self) -> None:
        """What is kept of people's groups stands in the register, and goes with them."""
        from andon.culture.fairness import keeping  # noqa: F401
