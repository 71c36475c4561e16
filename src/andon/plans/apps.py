from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "andon.plans"
    label = "plans"

    def ready(self) -> None:
        """`andon verify --ledger` looks through plans too, and what managers owe in them stands in their list."""
        from andon.growth import owed
        from andon.plans import keeping, mirrors, queries  # noqa: F401

        mirrors.register()
        owed.register(queries.owed_by)
