"""A search of the customer voice: what was asked, as it stands in an address, and what it finds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

NOBODY = "none"  # in place of a mechanism: signals that nobody has given one


@dataclass(frozen=True, slots=True)
class Search:
    """Empty means "any". `mechanism` is a slug or "none"; `month` and `day` are "2025-01" and "2025-01-31".

    `since` and `until` are days, both inclusive. `suggested` is a slug: signals without a mechanism that are
    suggested to belong to it. `cluster` is its number.
    """

    q: str = ""
    mechanism: str = ""
    channel: str = ""
    language: str = ""
    product: str = ""
    region: str = ""
    band: str = ""
    month: str = ""
    suggested: str = ""
    since: str = ""
    until: str = ""
    cluster: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """From a query string (`request.GET`); anything unknown in it is ignored."""
        return cls(**{f.name: str(query.get(f.name, "")).strip()[:200] for f in fields(cls)})

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def query(self) -> str:
        """As a query string, without what is empty; the same search always gives the same."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def having(self, **changes: str) -> Self:
        return replace(self, **changes)

    def without(self, *names: str) -> Self:
        return replace(self, **dict.fromkeys(names, ""))

    def narrowed(self) -> list[tuple[str, str]]:
        """What was chosen, as (name, value)."""
        return [(name, value) for name, value in asdict(self).items() if value]
