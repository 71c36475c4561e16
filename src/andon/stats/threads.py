"""Blocks of points on as many threads as there are cores; NumPy lets go of the interpreter in its loops."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np


def with_threads[T](work: Callable[[T], None], parts: list[T]) -> None:
    """Do every part; few parts, or one core, need no threads."""
    cores = min(os.cpu_count() or 1, 8)
    _keep_freed_memory()
    if len(parts) < 4 or cores == 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(work, parts))


@cache
def _keep_freed_memory() -> None:
    """Free one large buffer, once.

    glibc gives memory back to the system after every temporary array of a block, and each next one then
    costs a page fault for every 4 KB, until it has seen something larger freed: five times slower.
    """
    np.empty(1 << 24, np.uint8)
