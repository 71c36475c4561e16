"""Lists come in pages that cost the same however deep: each names the place where the next one begins."""

from typing import Annotated

from ninja import Field, Schema
from pydantic import AfterValidator

from andon.people.words import tidy

Word = Annotated[str, AfterValidator(tidy), Field(max_length=400)]


class Paging(Schema):
    """`after` is what the page before gave as `next`."""

    after: Word = ""
    limit: int = Field(50, ge=1, le=200)


def after_key(rows, name: str, paging: Paging, key=str):
    """Rows after a place in the order of one unique column, one more than asked for."""
    if paging.after:
        rows = rows.filter(**{f"{name}__{'lt' if key is int else 'gt'}": key(paging.after)})
    return list(rows.order_by(f"-{name}" if key is int else name)[: paging.limit + 1])


def page(rows: list, paging: Paging, place) -> dict:
    """The rows asked for, and where to go on; empty at the end."""
    shown = rows[: paging.limit]
    return {"items": shown, "next": str(place(shown[-1])) if len(rows) > paging.limit else ""}
