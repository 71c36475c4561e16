"""The job: reads a file that was brought, under its lock, and writes everything or nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from andon.lake import BadInput, Ingested, Refused, Terms, copies, ingest, open_source, write_refused
from andon.mechanisms.models import Mechanism
from andon.signals import bulk, lock, looking
from andon.signals.folding import fold
from andon.signals.models import Assignment, Dataset, Refusal, Signal, Wording
from andon.signals.registering import Known, cadence, write_down
from andon.signals.said import Reader, Said

State = Dataset.State
FEW_COPIES, SHARE_OF_COPIES = 10, 0.01  # below both, rows alike are chance
SHOWN = 1_000  # refusals that are kept in the database; all of them are in refused.csv
Import = Callable[[Dataset, datetime], None]


def read(dataset: Dataset, importer: Import, now: datetime) -> bool:
    """Runs `importer` on a queued file. False when another process has it or it is not queued any more.

    Whatever goes wrong leaves the file failed, with a sentence and the way to try again. If the process is
    killed, the database forgets what was half written and the lock is gone, so that `try_again` works.
    """
    with lock.reading(dataset.folder) as alone:
        if not alone or not _begin(dataset):
            return False
        try:
            importer(dataset, now)
        except BadInput as error:
            fail(dataset, str(error), now)
        except Exception:
            fail(
                dataset,
                "Something went wrong here, not in your file. Try again; if it recurs, tell who runs Andon.",
                now,
            )
            raise
        return True


def read_now(dataset: Dataset, mapping: dict[str, str], importer: Import, now: datetime) -> bool:
    """Reads a file here, without the queue."""
    looking.check_mapping(dataset, mapping)
    Dataset.objects.filter(pk=dataset.pk).update(mapping=mapping, state=State.QUEUED)
    return read(dataset, importer, now)


def _begin(dataset: Dataset) -> bool:
    waiting = Dataset.objects.filter(pk=dataset.pk, state=State.QUEUED)
    begun = waiting.update(state=State.READING, progress=0.01, problem="")
    dataset.refresh_from_db()
    return bool(begun)


def fail(dataset: Dataset, problem: str, now: datetime) -> None:
    changes = {"state": State.FAILED, "problem": problem, "finished_at": now, "progress": 0}
    Dataset.objects.filter(pk=dataset.pk).update(**changes)
    dataset.refresh_from_db()


def show_progress(dataset: Dataset, done: float) -> None:
    """Seen by others at once, so never called inside a transaction."""
    Dataset.objects.filter(pk=dataset.pk).update(progress=min(max(done, 0.01), 0.99))


def import_signals(dataset: Dataset, now: datetime) -> None:
    """Rows become signals, in one transaction that only writes: all that takes time is done before it."""
    source = open_source([dataset.path])
    reader = Reader(source, dataset.name, dataset.mapping, now, settings.SECRET_KEY)
    said = list(_with_progress(reader.rows(), source.rows(), dataset))
    mechanisms = Register()
    signals = [_signal(row, dataset, mechanisms, now) for row in said]
    rows = bulk.prepared(Signal, signals)
    folded = {signal.key: row.folded for signal, row in zip(signals, said, strict=True)}
    show_progress(dataset, 0.85)
    with transaction.atomic():
        bulk.insert_new(Signal, rows)
        dataset.rows = _write_with_signals(dataset, folded, now)
        dataset.already_known = len(said) - dataset.rows
        dataset.notes = [*reader.notes, *reader.said_of_ratings(), *mechanisms.said()]
        write_refused(dataset.refused_path, reader.refused)
        finish(dataset, reader.refused, now)


def import_interactions(dataset: Dataset, now: datetime) -> None:
    """Rows reach the lake as one file; the database says that it is there, and only then do charts
    read it.
    """
    known = Known()
    terms = Terms(now, settings.SECRET_KEY, known.slug_of)
    taken = ingest(
        open_source([dataset.path]),
        dataset.mapping,
        dataset.lake_path,
        dataset.refused_path,
        lambda done: show_progress(dataset, done),
        terms=terms,
    )
    twice = _counted_twice(dataset, taken)
    every = cadence(taken.grain, taken.starts, taken.ends)
    with transaction.atomic():
        said = write_down(known.new, taken.outcomes, every, dataset.by, now)
        dataset.rows, dataset.columns = taken.rows, taken.columns
        dataset.starts, dataset.ends = taken.starts, taken.ends
        dataset.notes = [*taken.notes, *said, *twice]
        finish(dataset, taken.refused, now)


def _counted_twice(dataset: Dataset, taken: Ingested) -> list[str]:
    """A sentence for each earlier file that holds many of the same rows."""
    earlier = Dataset.objects.in_lake().exclude(pk=dataset.pk)
    if taken.starts is not None:
        earlier = earlier.filter(starts__lte=taken.ends, ends__gte=taken.starts)
    found = ((other, copies(dataset.lake_path, other.lake_path)) for other in earlier)
    return [
        f"{n:,} of its {taken.rows:,} rows are exact copies of rows in “{other.name}”, so they count twice. "
        "If they are the same cases, take one of the two files out."
        for other, n in found
        if n >= max(FEW_COPIES, SHARE_OF_COPIES * taken.rows)
    ]


def _signal(row: Said, dataset: Dataset, mechanisms: "Register", now: datetime) -> Signal:
    return Signal(**row.fields, dataset=dataset, mechanism_id=mechanisms.find(row.mechanism), kept_at=now)


def _with_progress(rows: Iterable[Said], total: int, dataset: Dataset) -> Iterable[Said]:
    for i, row in enumerate(rows):
        if i % 10_000 == 0:
            show_progress(dataset, 0.7 * i / max(total, 1))
        yield row


def _write_with_signals(dataset: Dataset, folded: dict[str, str], now: datetime) -> int:
    """The words to search by, and the assignments that the file itself makes. How many signals are new."""
    rows = list(Signal.objects.filter(dataset=dataset).values_list("pk", "key", "mechanism_id"))
    bulk.insert_new(Wording, [(pk, folded[key]) for pk, key, _ in rows])
    given = [
        Assignment(signal_id=pk, mechanism_id=mechanism, by=dataset.by, at=now, basis="file")
        for pk, _, mechanism in rows
        if mechanism
    ]
    bulk.insert_new(Assignment, bulk.prepared(Assignment, given))
    return len(rows)


def finish(dataset: Dataset, refused: list[Refused], now: datetime) -> None:
    """The file is in: in the transaction of what it brought."""
    dataset.refusals.all().delete()
    Refusal.objects.bulk_create(
        Refusal(dataset=dataset, row=r.row, column=r.column[:120], value=r.value[:240], reason=r.reason[:240])
        for r in refused[:SHOWN]
    )
    dataset.refused = len(refused)
    dataset.state, dataset.progress, dataset.problem, dataset.finished_at = State.DONE, 1, "", now
    dataset.save()


class Register:
    """Finds mechanisms by the name or short name that a file writes."""

    def __init__(self) -> None:
        rows = Mechanism.objects.filter(retired_at=None).values_list("pk", "slug", "name")
        self._by_name = {fold(name): pk for pk, slug, name in rows} | {fold(slug): pk for pk, slug, _ in rows}
        self.unknown: dict[str, int] = {}

    def find(self, written: str) -> int | None:
        found = self._by_name.get(fold(written))
        if written and found is None:
            self.unknown[written] = self.unknown.get(written, 0) + 1
        return found

    def said(self) -> list[str]:
        """A sentence on names that are not in the register."""
        if not self.unknown:
            return []
        shown = ", ".join(f"“{name}”" for name in list(self.unknown)[:8])
        rows = sum(self.unknown.values())
        return [
            f"{rows:,} signals name a mechanism that is not in the register ({shown}); they wait for one."
        ]
