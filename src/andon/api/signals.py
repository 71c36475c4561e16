"""What customers said, as far as whoever asks may read it."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from andon.api.paging import Paging, Word
from andon.signals.access import may_see_contact
from andon.signals.models import Signal
from andon.signals.search import Search

router = Router(tags=["signals"])


class SignalLine(Schema):
    """One thing a customer said; `customer` is a pseudonym."""

    key: str
    received_at: datetime
    text: str
    customer: str
    channel: str
    language: str
    product: str
    region: str
    rating: float | None
    rating_kind: str
    mechanism: str | None = None
    suggested: str | None = None

    @staticmethod
    def resolve_mechanism(signal) -> str | None:
        return signal.mechanism and signal.mechanism.slug

    @staticmethod
    def resolve_suggested(signal) -> str | None:
        return signal.suggested and signal.suggested.slug


class SignalPage(Schema):
    items: list[SignalLine]
    next: str


class SignalOut(SignalLine):
    """With who wrote, for those who answer customers."""

    contact_name: str = ""
    contact: str = ""

    @staticmethod
    def resolve_contact_name(signal, context) -> str:
        return signal.contact_name if may_see_contact(context["request"].user, signal) else ""

    @staticmethod
    def resolve_contact(signal, context) -> str:
        return signal.contact if may_see_contact(context["request"].user, signal) else ""


class Wanted(Paging):
    """Which signals; the words of the pages' search."""

    q: Word = ""
    mechanism: Word = ""
    channel: Word = ""
    language: Word = ""
    product: Word = ""
    region: Word = ""
    band: Word = ""
    month: Word = ""
    suggested: Word = ""
    since: Word = ""
    until: Word = ""
    cluster: Word = ""


@router.get("", response=SignalPage)
def signals(request: HttpRequest, wanted: Query[Wanted]):
    """Signals, newest first."""
    search = Search.read(wanted.dict(exclude={"after", "limit"}))
    visible = Signal.objects.visible_to(request.user).matching(search)
    found = visible.page(after=wanted.after, size=wanted.limit)
    return {"items": found.signals, "next": found.after}


@router.get("/{slug:key}", response=SignalOut)
def signal(request: HttpRequest, key: str):
    """One signal."""
    return get_object_or_404(
        Signal.objects.visible_to(request.user).select_related("mechanism", "suggested"), key=key
    )
