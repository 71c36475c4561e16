"""Many rows at once.

Django's `bulk_create` builds one long statement a batch and takes longer, and meanwhile nobody else may write
to SQLite.
"""

from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import connection
from django.db.models import AutoField, Model


def prepared(model: type[Model], objects: Iterable[Model]) -> list[tuple]:
    """Rows as the database takes them: the slow part, to be done before the transaction."""
    fields = _fields(model)
    return [tuple(f.get_db_prep_save(getattr(o, f.attname), connection) for f in fields) for o in objects]


def insert_new(model: type[Model], rows: Sequence[tuple], at_once: int = 2_000) -> None:
    """Writes what `prepared` gave, but for rows that are there already; said alike by both databases."""
    names = ", ".join(connection.ops.quote_name(f.column) for f in _fields(model))
    places = ", ".join(["%s"] * len(_fields(model)))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        for some in batched(rows, at_once):
            cursor.executemany(statement, some)


def update(model: type[Model], objects: Sequence[Model], names: Sequence[str]) -> None:
    """Writes these fields of rows that are there; each of an object's own, in one prepared statement."""
    fields = [model._meta.get_field(name) for name in names]
    sets = ", ".join(f"{connection.ops.quote_name(f.column)} = %s" for f in fields)
    key = connection.ops.quote_name(model._meta.pk.column)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"UPDATE {table} SET {sets} WHERE {key} = %s"  # noqa: S608
    rows = [(*(f.get_db_prep_save(getattr(o, f.attname), connection) for f in fields), o.pk) for o in objects]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _fields(model: type[Model]) -> list:
    return [f for f in model._meta.concrete_fields if not isinstance(f, AutoField)]
