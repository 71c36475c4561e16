"""One reader a file. The lock is the operating system's: it ends with the process, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def reading(folder: Path) -> Iterator[bool]:
    """True while this process alone reads what lies in `folder`; False when another one already does."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def is_read(folder: Path) -> bool:
    """Whether some living process reads what lies in `folder`."""
    with reading(folder) as free:
        return not free
