"""Triggers that let the database itself refuse changes, on SQLite and PostgreSQL alike.

They hold for the application's own user. A future migration that rebuilds one of these tables on SQLite must call
`protect` again, as rebuilding drops them: tests/evidence/test_append_only.py would say so.
"""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured

ONLY_ADDED = {
    "evidence_entry": ("seq", "hash", "about, nth"),
    "evidence_pseudonym": ("id", "person_id", "name"),
    "evidence_seal": ("number", "seq"),
    "evidence_sight": ("id", "item_id"),
    "evidence_acceptance": ("id", "item_id", "entry_id"),
}
"""Tables whose rows are added and never touched again, with what is unique in them."""

_CONTENT_GONE = "EXISTS (SELECT 1 FROM evidence_content c WHERE c.entry_id = OLD.entry_id AND c.body IS NULL)"
ERASABLE = {
    "evidence_content": (
        ("entry_id",),
        "NEW.entry_id = OLD.entry_id AND NEW.body IS NULL AND NEW.salt IS NULL AND OLD.body IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM evidence_entry e, evidence_entry o WHERE e.seq = NEW.erased_by_id"
        " AND o.seq = OLD.entry_id AND e.what = 'content.erased' AND o.what <> 'content.erased'"
        " AND e.seq > o.seq AND e.about = o.about)",
    ),
    "evidence_item": (
        ("id", "entry_id"),
        "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.person_id = OLD.person_id AND NEW.at = OLD.at"
        " AND NEW.title = '' AND NEW.text = '' AND NEW.situation = '' AND NEW.effect = '' AND NEW.source = ''"
        f" AND {_CONTENT_GONE}",
    ),
    "evidence_reply": (
        ("id", "entry_id"),
        "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.item_id = OLD.item_id AND NEW.at = OLD.at"
        f" AND NEW.text = '' AND {_CONTENT_GONE}",
    ),
    "evidence_answer": (
        ("id", "entry_id", "reply_id"),
        "NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.reply_id = OLD.reply_id AND NEW.at = OLD.at"
        f" AND NEW.text = '' AND {_CONTENT_GONE}",
    ),
}
"""Tables whose rows may change in one way: what is unique in them, and the only change that is let through."""

REFUSAL = "The ledger is only added to"


def protect(apps, schema_editor) -> None:
    """For `RunPython`: makes the triggers, for the engine in use."""
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def unprotect(apps, schema_editor) -> None:
    """Back: takes them away."""
    vendor = schema_editor.connection.vendor
    on = " ON {table}" if vendor == "postgresql" else ""
    for table, name in names(vendor):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}", params=None)


def names(vendor: str) -> list[tuple[str, str]]:
    """(table, trigger) of all there should be."""
    third = {"sqlite": "replace", "postgresql": "truncate"}[vendor]
    return [
        (table, f"{table}_no_{event}")
        for table in (*ONLY_ADDED, *ERASABLE)
        for event in ("update", "delete", third)
    ]


def statements(vendor: str) -> list[str]:
    makers = {"sqlite": _sqlite, "postgresql": _postgresql}
    if vendor not in makers:
        raise ImproperlyConfigured(f"The ledger cannot be protected on {vendor}: use SQLite or PostgreSQL.")
    return list(makers[vendor]())


def _sqlite() -> Iterator[str]:
    for table, unique in ONLY_ADDED.items():
        yield _sqlite_refuses(table, "update")
        yield from _sqlite_keeps(table, unique)
    for table, (unique, unless) in ERASABLE.items():
        yield _sqlite_refuses(table, "update", f"NOT ({unless})")
        yield from _sqlite_keeps(table, unique)


def _sqlite_keeps(table: str, unique: tuple[str, ...]) -> Iterator[str]:
    """INSERT OR REPLACE removes a row without asking the trigger of DELETE, so it is refused beforehand."""
    yield _sqlite_refuses(table, "delete")
    taken = " OR ".join(_same(columns) for columns in unique)
    yield _sqlite_refuses(table, "insert", f"EXISTS (SELECT 1 FROM {table} o WHERE {taken})", "replace")  # noqa: S608


def _same(columns: str) -> str:
    return "(" + " AND ".join(f"o.{name} = NEW.{name}" for name in columns.split(", ")) + ")"


def _sqlite_refuses(table: str, event: str, when: str = "", name: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {table}_no_{name or event} BEFORE {event.upper()} ON {table} FOR EACH ROW{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    )


def _postgresql() -> Iterator[str]:
    yield _function("evidence_refuse", _raise())
    # An empty table may be truncated: nothing is lost, and a test database is emptied so.
    held = "EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO held; "
    yield _function("evidence_keep", f"{held} IF held THEN {_raise()} END IF; RETURN NULL;", "held boolean;")
    for table in ONLY_ADDED:
        yield _postgresql_calls(table, "update", "evidence_refuse")
        yield from _postgresql_keeps(table)
    for table, (_, unless) in ERASABLE.items():
        yield _function(f"{table}_erased", f"IF {unless} THEN RETURN NEW; END IF; {_raise()}")
        yield _postgresql_calls(table, "update", f"{table}_erased")
        yield from _postgresql_keeps(table)


def _postgresql_keeps(table: str) -> Iterator[str]:
    yield _postgresql_calls(table, "delete", "evidence_refuse")
    yield _postgresql_calls(table, "truncate", "evidence_keep", "STATEMENT")


def _raise() -> str:
    return f"RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME;"


def _function(name: str, does: str, declares: str = "") -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ DECLARE {declares} BEGIN {does} END $$ "
        "LANGUAGE plpgsql"
    )


def _postgresql_calls(table: str, event: str, function: str, each: str = "ROW") -> str:
    return (
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}()"
    )
