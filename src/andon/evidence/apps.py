from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "andon.evidence"
    label = "evidence"
