"""The database as this version wants it, quickly where nothing is to be done."""


def bring_up_to_date() -> None:
    """Migrates when a migration is missing. Raises DatabaseError when the database cannot be reached."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
