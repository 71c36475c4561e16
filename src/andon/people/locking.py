"""Locks, in one order for everybody: first the thing that is acted on, then the ledger's queue.

A row is held so that nobody else changes it, while rows that point to it may still be added. A full lock would make
who adds to the ledger first, and then a row about the same person, wait for somebody who waits for the ledger.
"""

from django.db.models import Model, QuerySet


def held[M: Model](rows: QuerySet[M], pk: int) -> M:
    """One row, for this transaction alone to change. Raises DoesNotExist."""
    return rows.select_for_update(no_key=True).get(pk=pk)
