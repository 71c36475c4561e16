"""Where a stage above hangs in the work that a brought file sets off; see `flow.apps`."""

from collections.abc import Callable

_queues: dict[str, Callable[[int], object]] = {}


def queue_with(name: str, enqueue: Callable[[int], object]) -> None:
    """From now on `queue(name, key)` calls `enqueue(key)`."""
    _queues[name] = enqueue


def queue(name: str, key: int) -> None:
    """Queues the job in the transaction that is open, so that both happen or neither."""
    _queues[name](key)
