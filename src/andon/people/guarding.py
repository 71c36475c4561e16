"""Triggers by which the database itself refuses changes, of whoever asks, on SQLite and PostgreSQL alike.

A stage lists its guards and puts `guarding.operation(GUARDS)` into a migration. Rebuilding a table on SQLite drops its
triggers, so a later migration that does must guard it again: tests/evidence/test_append_only.py would say so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import migrations

SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
"""How each spells `<=>`: equal, where nothing equals nothing."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What is kept of a table: the rows where `rows` holds (of OLD; all by default) stay, and change in no way but
    `unless` (of OLD and NEW). `unique` names what is unique in it; `<=>` in either is equality that knows of NULL."""

    table: str
    unique: tuple[str, ...]
    refusal: str
    rows: str = "1 = 1"
    unless: str = "1 = 0"


def same(*columns: str) -> str:
    """That these columns stay as they are."""
    return " AND ".join(f'NEW."{name}" <=> OLD."{name}"' for name in columns)


def operation(guards: Iterable[Guard]) -> migrations.RunPython:
    """For a migration: makes the triggers, and takes them away."""
    guards = tuple(guards)

    def protect(apps, schema_editor) -> None:
        for statement in statements(guards, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def unprotect(apps, schema_editor) -> None:
        vendor = schema_editor.connection.vendor
        for table, name in names(guards, vendor):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)

    return migrations.RunPython(protect, unprotect)


def names(guards: Iterable[Guard], vendor: str) -> list[tuple[str, str]]:
    """(table, trigger) of all there should be."""
    third = {"sqlite": "replace", "postgresql": "truncate"}[vendor]
    events = ("update", "delete", third)
    return [(guard.table, f"{guard.table}_no_{event}") for guard in guards for event in events]


def statements(guards: Iterable[Guard], vendor: str) -> list[str]:
    makers = {"sqlite": _sqlite, "postgresql": _postgresql}
    if vendor not in makers:
        raise ImproperlyConfigured(f"Records cannot be protected on {vendor}: use SQLite or PostgreSQL.")
    return [one.replace("<=>", SAME[vendor]) for guard in guards for one in makers[vendor](guard)]


def _sqlite(guard: Guard) -> Iterator[str]:
    """INSERT OR REPLACE removes a row without asking the trigger of DELETE, so it is refused beforehand."""
    yield _sqlite_refuses(guard, "update", "update", f"({guard.rows}) AND ({guard.unless}) IS NOT TRUE")
    yield _sqlite_refuses(guard, "delete", "delete", guard.rows)
    taken = " OR ".join(_same_row(columns) for columns in guard.unique)
    kept = guard.rows.replace("OLD.", "o.")
    there = f"EXISTS (SELECT 1 FROM {guard.table} o WHERE ({taken}) AND ({kept}))"  # noqa: S608
    yield _sqlite_refuses(guard, "replace", "insert", there)


def _same_row(columns: str) -> str:
    return "(" + " AND ".join(f"o.{name} = NEW.{name}" for name in columns.split(", ")) + ")"


def _sqlite_refuses(guard: Guard, name: str, event: str, when: str) -> str:
    table = guard.table
    return (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {event.upper()} ON {table} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.refusal}: {table}'); END"
    )


def _postgresql(guard: Guard) -> Iterator[str]:
    """A table without such rows may be truncated: nothing is lost, and a test database is emptied so."""
    table, refuse = guard.table, f"RAISE EXCEPTION '{guard.refusal}: %', TG_TABLE_NAME;"
    kept = guard.rows.replace("OLD.", "o.")
    bodies = {
        "update": f"IF ({guard.rows}) AND ({guard.unless}) IS NOT TRUE THEN {refuse} END IF; RETURN NEW;",
        "delete": f"IF {guard.rows} THEN {refuse} END IF; RETURN OLD;",
        "truncate": f"IF EXISTS (SELECT 1 FROM {table} o WHERE {kept}) THEN {refuse} END IF; RETURN NULL;",  # noqa: S608
    }
    for event, body in bodies.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_no_{event}() RETURNS trigger AS $$ BEGIN {body} END $$ "
            "LANGUAGE plpgsql"
        )
        each = "STATEMENT" if event == "truncate" else "ROW"
        yield (
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_no_{event}()"
        )
