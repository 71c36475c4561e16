"""Taking out again what a file brought."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from andon.people.models import Person
from andon.people.reversing import take_back
from andon.signals.models import Assignment, Dataset, Signal, Wording


def remove_interactions(dataset: Dataset, by: Person | None, now: datetime) -> None:
    """Charts read only datasets that are in; the rows themselves go once that is committed."""
    path = dataset.lake_path
    dataset.notes = [*dataset.notes, f"{dataset.rows:,} interactions were taken out."]
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def remove_signals(dataset: Dataset, by: Person | None, now: datetime) -> None:
    """All but those that an escalation cites: a question keeps what it is about."""
    cited = Signal.escalations.rel.related_model.objects.filter(signal=OuterRef("pk"))
    rows = Signal.objects.filter(dataset=dataset).annotate(cited=Exists(cited))
    gone = list(rows.filter(cited=False).values_list("pk", flat=True))
    kept = rows.filter(cited=True).count()
    for start in range(0, len(gone), 900):
        _delete(gone[start : start + 900])
    dataset.notes = [*dataset.notes, f"{len(gone):,} signals were taken out."]
    if kept:
        dataset.notes.append(
            f"{kept:,} signals stay, because an escalation asks about it."
            if kept > 1
            else "1 signal stays, because an escalation asks about it."
        )


def _delete(keys: list[int]) -> None:
    """Without asking each signal what hangs on it, which takes a hundred times as long."""
    for rows in (
        Wording.objects.filter(signal__in=keys),
        Assignment.objects.filter(signal__in=keys),
        Signal.clusters.through.objects.filter(signal__in=keys),
        Signal.objects.filter(pk__in=keys),
    ):
        rows._raw_delete(rows.db)


def remove_people(dataset: Dataset, by: Person | None, now: datetime) -> None:
    """Everybody as they were before the list, unless something has been changed again since."""
    done = take_back(dataset.key, by=by, now=now)
    dataset.notes = [
        *dataset.notes,
        f"Taken back: {done.restored:,} values are as they were before.",
        *done.stays,
    ]
    if done.gone:
        named = ", ".join(done.gone[:5]) + (
            "" if len(done.gone) <= 5 else f" and {len(done.gone) - 5:,} more"
        )
        dataset.notes.append(f"New with this list, and now counted as having left: {named}.")


REMOVE = {
    Dataset.Holds.INTERACTIONS: remove_interactions,
    Dataset.Holds.SIGNALS: remove_signals,
    Dataset.Holds.PEOPLE: remove_people,
}
