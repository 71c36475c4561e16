"""A signal as it came, column by column, with who wrote it hidden from those who need not know."""

from dataclasses import dataclass
from typing import Any

from andon.signals.models import Signal

OPEN = frozenset(
    {
        "text",
        "received_at",
        "at",
        "rating",
        "channel",
        "language",
        "product",
        "region",
        "mechanism",
        "reference",
    }
)


@dataclass(frozen=True, slots=True)
class Raw:
    """`rows` are (column, value); `hidden` are the names of columns that are kept but not shown here."""

    rows: list[tuple[str, Any]]
    hidden: list[str]

    @classmethod
    def of(cls, signal: Signal, contact: bool) -> "Raw":
        """Without leave to see contacts, only columns known to name nobody: others might hold an address."""
        shown = set(signal.raw) if contact else _open_columns(signal)
        rows = [(column, value) for column, value in signal.raw.items() if column in shown]
        return cls(rows, [column for column in signal.raw if column not in shown])


def _open_columns(signal: Signal) -> set[str]:
    mapping = signal.dataset.mapping if signal.dataset else {}
    return {column for canonical, column in mapping.items() if canonical in OPEN and isinstance(column, str)}
