"""Notices and choices as the page shows them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from andon.people.notices.kinds import CHOSEN, Kind, Way
from andon.people.notices.models import Notice

State = Notice.State


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was told; `mail` says what became of the mail."""

    subject: str
    text: str
    link: str
    kind: str
    at: datetime
    mail: str
    failed: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind, what it is, and each way with whether it is chosen."""

    kind: str
    label: str
    ways: list[tuple[str, str, bool]]


def row(notice: Notice) -> Row:
    failed = notice.state == State.FAILED
    return Row(
        notice.subject, notice.text, notice.link, str(Kind(notice.kind).label), notice.at, _mail(notice),
        failed, notice.problem,
    )  # fmt: skip


def _mail(notice: Notice) -> str:
    """Nothing where the page is the only place it was meant for."""
    if notice.state == State.HELD:
        return ""
    if notice.state == State.SENT:
        return _("Sent with your digest") if notice.digest_id else _("Sent by mail")
    if notice.state == State.FAILED:
        return _("Could not be sent by mail")
    return _("Comes with your digest") if notice.way == Way.DIGEST else _("On its way by mail")


def choices(chosen: dict[str, Way]) -> list[Choice]:
    return [
        Choice(kind.value, str(kind.label), [(way.value, str(way.label), chosen[kind] == way) for way in Way])
        for kind in CHOSEN
    ]
