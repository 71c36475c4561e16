"""Which mechanism a signal may be about, learned from those that people and files have assigned.

A suggestion is only ever shown; a person takes it or leaves it.
"""

from datetime import datetime
from itertools import batched

from django.db import connection, transaction

from andon.signals.models import Signal

LEARN_FROM = 20_000  # the newest: what customers write about changes
SUGGEST_FOR = 50_000
FEWEST = 20  # assigned signals, below which a suggestion would be a guess


def suggest(now: datetime) -> int:
    """How many signals without a mechanism have a suggestion now; an unsure one is left blank."""
    known = list(_with_text().filter(mechanism__retired_at=None, mechanism__isnull=False)[:LEARN_FROM])
    if len(known) < FEWEST or len({mechanism for _, _, mechanism in known}) < 2:
        return 0
    from andon.analysis import suggest as texts  # scikit-learn takes a while to import

    suggester = texts.learn([text for _, text, _ in known], [str(mechanism) for _, _, mechanism in known])
    waiting = list(_with_text().filter(mechanism=None)[:SUGGEST_FOR])
    found = 0
    for some in batched(waiting, 5_000):
        answers = suggester.suggest([text for _, text, _ in some])
        rows = [_row(pk, answer) for (pk, _, _), answer in zip(some, answers, strict=True)]
        found += sum(mechanism is not None for mechanism, _, _ in rows)
        _write(rows)
    return found


def _with_text():
    rows = Signal.objects.exclude(text="").order_by("-received_at", "-id")
    return rows.values_list("pk", "text", "mechanism_id")


def _row(pk: int, answer) -> tuple[int | None, float | None, int]:
    if answer.label is None:
        return None, None, pk
    return int(answer.label), round(answer.probability, 3), pk


@transaction.atomic
def _write(rows: list[tuple[int | None, float | None, int]]) -> None:
    """Only where nobody has assigned one meanwhile."""
    table = connection.ops.quote_name(Signal._meta.db_table)
    statement = (
        f"UPDATE {table} SET suggested_id = %s, suggested_p = %s WHERE id = %s AND mechanism_id IS NULL"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
