"""Saying which mechanism a signal is about. Only ever added to; the newest holds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from andon.mechanisms.models import Mechanism
from andon.people import saying
from andon.people.actions import record
from andon.people.models import Person
from andon.signals import jobs
from andon.signals.access import assignable
from andon.signals.models import Assignment, Signal, new_key

MOST = 20_000  # at once: enough for a product's worth of complaints, little enough to undo
BATCH = 500  # below the number of variables that a database takes in one statement
UNDONE = "undone"


@transaction.atomic
def assign(
    signals: QuerySet | Iterable[Signal] | Signal,
    mechanism: Mechanism | None,
    by: Person | None,
    now: datetime,
    basis: str = "person",
) -> int:
    """How many signals are now about `mechanism` that were not before; None takes the mechanism away.

    `signals` may be "all that match": a QuerySet, already limited to what `by` may see. Raises
    PermissionDenied when `by` may not sort one of them, ValidationError when there are more than 20,000.
    """
    if mechanism is not None and mechanism.retired_at:
        raise ValidationError(
            _("“%(mechanism)s” is retired. Choose a mechanism that is in use.") % {"mechanism": mechanism}
        )
    chosen = _differing(signals, mechanism)
    _check_permission(chosen, by)
    batch = new_key()
    for some in batched(chosen, BATCH):
        _write([(pk, was, mechanism.pk if mechanism else None) for pk, was in some], by, now, basis, batch)
    if chosen:
        thing = mechanism or "no mechanism"
        record(by, "assign signals", thing, now, signals=len(chosen), batch=batch, basis=basis)
        jobs.queue("learn", mechanism.pk if mechanism else 0)
    return len(chosen)


@transaction.atomic
def undo(batch: str, by: Person, now: datetime) -> int:
    """Takes back one's own assignment of many; signals that somebody has assigned since are left alone."""
    made = list(_takeable(by).filter(batch=batch).select_related("signal"))
    if not made:
        raise ValidationError(_("There is nothing of yours to take back."))
    still = [a for a in made if a.signal.mechanism_id == a.mechanism_id]
    for some in batched(still, BATCH):
        for was in {a.was_id for a in some}:
            rows = [(a.signal_id, a.mechanism_id, was) for a in some if a.was_id == was]
            _write(rows, by, now, UNDONE, batch)
    record(by, "undo assignment", f"batch {batch}", now, signals=len(still))
    return len(still)


def last_batch(person: Person) -> Assignment | None:
    """The last assignment that `person` may still take back."""
    return _takeable(person).select_related("mechanism").order_by("-at", "-pk").first()


def _takeable(person: Person) -> QuerySet:
    undone = Assignment.objects.filter(by=person, basis=UNDONE).values("batch")
    return Assignment.objects.filter(by=person).exclude(batch="").exclude(batch__in=undone)


def _differing(signals, mechanism: Mechanism | None) -> list[tuple[int, int | None]]:
    """(key, mechanism now) of those that are not yet about `mechanism`."""
    rows = list(_current(signals))
    if len(rows) > MOST:
        raise ValidationError(
            _("These are more than %(most)s signals, the most at once. Narrow the search.")
            % {"most": saying.thousands(MOST)}
        )
    wanted = mechanism.pk if mechanism else None
    return [(pk, was) for pk, was in rows if was != wanted]


def _current(signals) -> Iterator[tuple[int, int | None]]:
    if isinstance(signals, QuerySet):
        rows = signals if signals.query.is_sliced else signals.order_by()
        yield from rows.values_list("pk", "mechanism_id")[: MOST + 1]
        return
    given = [signals] if isinstance(signals, Signal) else signals
    for some in batched(sorted({s.pk for s in given}), BATCH):
        yield from Signal.objects.filter(pk__in=some).values_list("pk", "mechanism_id")


def _check_permission(chosen: list[tuple[int, int | None]], by: Person | None) -> None:
    if by is None:  # the installation itself
        return
    for some in batched((pk for pk, _mechanism in chosen), BATCH):
        if assignable(Signal.objects.filter(pk__in=some), by).count() < len(some):
            raise PermissionDenied(
                _("Only who answers for a mechanism may say that its signals are about another.")
            )


def _write(rows: list[tuple[int, int | None, int | None]], by, now: datetime, basis: str, batch: str) -> None:
    """`rows` of (signal, mechanism before, mechanism now); all get the same mechanism."""
    Signal.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(
        mechanism_id=rows[0][2], suggested=None, suggested_p=None
    )
    Assignment.objects.bulk_create(
        Assignment(signal_id=pk, was_id=was, mechanism_id=new, by=by, at=now, basis=basis, batch=batch)
        for pk, was, new in rows
    )
