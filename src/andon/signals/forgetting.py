"""Somebody who is erased leaves the data of what happened to customers too: their staff number becomes a pseudonym."""

from collections.abc import Callable

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
        for file in (dataset.path, dataset.refused_path):
            if file.is_file():
                file.unlink()
        Dataset.objects.filter(pk=dataset.pk).update(preview={})
    return changed
