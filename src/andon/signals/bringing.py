"""Bringing files in. The bytes are kept first, as they came; only then is anything read."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from andon.lake import BadInput
from andon.people.actions import record
from andon.people.models import Person
from andon.signals import jobs, lock, looking, removing, storage
from andon.signals.access import may_bring
from andon.signals.models import Dataset, new_key

State = Dataset.State
BROUGHT_AGAIN = "The same file was brought again meanwhile; this one is no longer needed."


def bring(name: str, content: BinaryIO | Path | str, holds: str, by: Person | None, now: datetime) -> Dataset:
    """Keeps the bytes, then looks into them: first rows, columns and guesses of what they are.

    A file whose bytes were brought before comes back as the dataset it became, with `recognised` set.
    A file that cannot be read is kept as failed, with what is wrong and the remedy in `problem`.
    Raises PermissionDenied, and ValidationError for an empty, too large or missing file.
    """
    _check_may_bring(by, holds)
    key = new_key()
    kept = storage.keep(content, name, settings.UPLOADS / key, settings.UPLOAD_BYTES)
    if known := Dataset.objects.same_bytes(kept.sha256, holds).first():
        return _recognised(known, kept)
    dataset = Dataset(key=key, name=Path(name).name[:240] or "file", holds=holds, by=by, at=now)
    dataset.file, dataset.sha256, dataset.size = f"{key}/{kept.path.name}", kept.sha256, kept.size
    try:
        _keep_dataset(dataset, now)
    except IntegrityError:  # the same bytes came in by another door in this very moment
        return _recognised(Dataset.objects.same_bytes(kept.sha256, holds).get(), kept)
    return look_into(dataset)


@transaction.atomic
def _keep_dataset(dataset: Dataset, now: datetime) -> None:
    dataset.save(force_insert=True)
    detail = {"name": dataset.name, "sha256": dataset.sha256, "holds": dataset.holds}
    record(dataset.by, "bring file", dataset, now, **detail)


def look_into(dataset: Dataset) -> Dataset:
    """Previews the file and guesses its columns; a file that cannot be read is failed, with the remedy."""
    try:
        dataset.preview = looking.look(dataset.path, dataset.holds)
    except BadInput as error:
        dataset.state, dataset.problem = State.FAILED, str(error)
    dataset.save()
    return dataset


def map_columns(dataset: Dataset, mapping: Mapping[str, str], by: Person | None, now: datetime) -> Dataset:
    """Stores what the columns are, as {word of ours: column of the file}, and queues the reading.

    Raises ValidationError naming a column that is needed and not given, or that the file does not have.
    """
    _check_may_bring(by, dataset.holds)
    chosen = {word: column for word, column in mapping.items() if column}
    looking.check_mapping(dataset, chosen)
    _queue(dataset, {State.MAPPING}, by, now, mapping=chosen)
    return dataset


def try_again(dataset: Dataset, by: Person | None, now: datetime) -> Dataset:
    """Queues a file whose reading failed, or ended with its process, once more."""
    _check_may_bring(by, dataset.holds)
    if dataset.state == State.FAILED and not dataset.mapping:
        return _look_again(dataset)
    if dataset.state == State.READING and lock.is_read(dataset.folder):
        raise ValidationError(_("This file is being read at this moment."))
    try:
        _queue(dataset, {State.FAILED, State.READING, State.QUEUED}, by, now)
    except IntegrityError:
        raise ValidationError(BROUGHT_AGAIN) from None
    return dataset


def _look_again(dataset: Dataset) -> Dataset:
    dataset.state, dataset.problem = State.MAPPING, ""
    try:
        with transaction.atomic():
            return look_into(dataset)
    except IntegrityError:
        raise ValidationError(BROUGHT_AGAIN) from None


@transaction.atomic
def _queue(dataset: Dataset, states: set[str], by: Person | None, now: datetime, **changes) -> None:
    """To the queue, if it is still in one of `states`: two people may press at the same moment."""
    fields = {"state": State.QUEUED, "progress": 0, "problem": "", **changes}
    if not Dataset.objects.filter(pk=dataset.pk, state__in=states).update(**fields):
        raise ValidationError(_("This file has moved on meanwhile. Look at it again."))
    record(by, "read file", dataset, now, **changes)
    jobs.queue("read", dataset.pk)
    dataset.refresh_from_db()


def take_out(dataset: Dataset, by: Person | None, now: datetime) -> Dataset:
    """Takes what came with this file out again; the file itself and what was asked about stay.

    Signals that an escalation cites are kept, and said in `notes`.
    """
    _check_may_bring(by, dataset.holds)
    if dataset.holds not in removing.REMOVE:
        raise ValidationError(_("What a register changed is not taken out; bring a newer file."))
    if dataset.state in {State.QUEUED, State.READING} and lock.is_read(dataset.folder):
        raise ValidationError(_("This file is being read at this moment. Wait until it is done."))
    with transaction.atomic():
        removing.REMOVE[dataset.holds](dataset, by, now)
        dataset.state = State.REMOVED
        dataset.finished_at = now
        dataset.save()
        record(by, "take out file", dataset, now, notes=dataset.notes)
        jobs.queue("removed", dataset.pk)
    dataset.refresh_from_db()
    return dataset


def _recognised(known: Dataset, kept: storage.Kept) -> Dataset:
    storage.drop(kept.path.parent)
    known.recognised = True
    return known


def _check_may_bring(by: Person | None, holds: str) -> None:
    if holds not in Dataset.Holds.values:
        raise ValidationError(
            _("“%(holds)s” is none of %(values)s.")
            % {"holds": holds, "values": ", ".join(Dataset.Holds.values)}
        )
    if by is not None and not may_bring(by, holds):
        raise PermissionDenied(_("Analysts and administrators bring files; HR partners the staff list."))
