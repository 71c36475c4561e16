from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "andon.evidence"
    label = "evidence"

    def ready(self) -> None:
        from andon.evidence import notices, portable_parts  # noqa: F401  what is taken away registers itself
