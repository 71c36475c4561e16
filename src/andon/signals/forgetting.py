"""Somebody who is erased leaves files too: their staff number in the lake becomes a pseudonym, staff lists go."""

from collections.abc import Callable

from django.utils.translation import gettext_noop

from andon.lake import BadInput, open_source, records, text_of
from andon.lake.renaming import rename, values
from andon.signals.models import Dataset

WHO = "worker"


def forget_worker(meant: Callable[[str], bool], name: str) -> int:
    """Rows of the lake of whoever is `meant` by their number get `name`; how many. Twice is harmless.

    A file as it was brought names them still, so it goes once its rows are rewritten, with its preview and what was
    refused: the lake holds all that was read of it.
    """
    return sum(_in_file(one, meant, name) for one in Dataset.objects.in_lake().order_by("pk"))


def _in_file(dataset: Dataset, meant: Callable[[str], bool], name: str) -> int:
    path = dataset.lake_path
    if not path.exists():
        return 0
    written = [one for one in values(path, WHO) if meant(one)]
    changed = rename(path, WHO, written, name)
    if changed:
        _discard(dataset)
        Dataset.objects.filter(pk=dataset.pk).update(preview={})
    return changed


LISTED = gettext_noop(
    "Somebody whom this list names was erased, and the file went with them. Bring a newer one."
)


def forget_listed(meant: Callable[[str], bool], name: str) -> int:
    """Staff lists go that name whoever is `meant` by a cell, with what was shown and refused of them; how many.

    What a list changed is kept elsewhere, so that it can still be taken back. One that still waits is not read any
    more, as it would bring them back. `name` is theirs: sentences with it go.
    """
    lists = Dataset.objects.filter(holds=Dataset.Holds.PEOPLE)
    named = [one for one in lists.order_by("pk") if one.path.is_file() and _lists(one, meant)]
    for one in named:
        _discard(one)
        _empty(one, name)
    return len(named)


def _lists(dataset: Dataset, meant: Callable[[str], bool]) -> bool:
    """Whether a list names them; one that cannot be read may."""
    try:
        rows = records(open_source([dataset.path]))
        return any(meant(text_of(cell)) for row in rows for cell in row.cells.values())
    except BadInput:
        return True


def _empty(dataset: Dataset, name: str) -> None:
    dataset.refusals.all().delete()
    dataset.notes = [note for note in dataset.notes if name not in note]
    dataset.preview, dataset.problem = {}, ""
    if dataset.state != Dataset.State.DONE:
        dataset.state, dataset.notes = Dataset.State.REMOVED, [LISTED]
    dataset.save(update_fields=["notes", "preview", "problem", "state"])


def _discard(dataset: Dataset) -> None:
    for file in (dataset.path, dataset.refused_path):
        file.unlink(missing_ok=True)
