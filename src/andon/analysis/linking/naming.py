"""Units are never persons."""

from __future__ import annotations

import re

from andon.lake import BadInput

PERSONS = frozenset({
    "worker", "employee", "agent", "person", "user", "staff", "colleague", "adviser", "advisor", "operator", "nurse",
    "doctor", "teacher", "driver", "resolver", "assignee", "rep", "representative", "manager", "customer", "email",
    "mitarbeiter", "mitarbeiterin",
})  # fmt: skip
GROUPS = frozenset({
    "team", "teams", "site", "group", "unit", "org", "organisation", "organization", "department", "dept", "branch",
    "office", "region", "area", "store", "shop", "location", "trust", "ward", "division", "company", "plant", "school",
    "queue", "mechanism", "service", "country", "city", "hospital", "provider", "business", "segment", "category",
})  # fmt: skip


def refuse_persons(column: str) -> None:
    """Raises BadInput for a column that, by its name, holds persons."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", column)
    parts = {part.casefold() for part in re.split(r"[^A-Za-z]+", spaced) if part}
    if parts & PERSONS and not parts & GROUPS:
        raise BadInput(
            f"“{column}” looks like persons; units are teams, sites or organisations.",
            "Give the column of teams or sites as --unit. If it does hold teams, rename it.",
        )
