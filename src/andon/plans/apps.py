from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "andon.plans"
    label = "plans"

    def ready(self) -> None:
        """`andon verify --ledger` looks through plans too."""
        from andon.plans import mirrors

        mirrors.register()
