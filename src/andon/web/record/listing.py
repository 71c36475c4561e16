"""A record as a page shows it: its items in time order, each with what it may be used for."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from andon.evidence.models import Item, Reply
from andon.evidence.rules import Usable, usable

PAGE = 25
SHOWN_WITH = (
    "mechanism",
    "measure__mechanism",
    "behaviour__principle",
    "signal",
    "sight__shown_by",
    "sight__witness",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One item, and whether it may be used."""

    item: Item
    usable: Usable
    correction: Item | None
    replies: list[Reply]

    @property
    def open_request(self) -> bool:
        """Whether a correction was asked for that nobody has answered yet."""
        return any(reply.asks and not hasattr(reply, "answer") for reply in self.replies)


def items_of(items: QuerySet[Item]) -> QuerySet[Item]:
    """With all that a line shows, in a fixed number of queries."""
    replies = Prefetch("replies", Reply.objects.select_related("answer__by"))
    related = items.select_related("by", "sight", "corrects", "acceptance", *SHOWN_WITH)
    return related.prefetch_related(replies, "corrections")


def line(item: Item, now: datetime) -> Line:
    corrections = list(item.corrections.all())
    return Line(
        item, usable(item.facts, now), corrections[0] if corrections else None, list(item.replies.all())
    )


def page_of(items: QuerySet[Item], number: str | None, now: datetime) -> tuple[Page, list[Line]]:
    page = Paginator(items_of(items), PAGE).get_page(number)
    return page, [line(item, now) for item in page]
