"""Contacts of customers: what happened to them, from the lake, and what they said, by the same pseudonym."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from django.utils.translation import gettext_noop

from andon import lake
from andon.culture.journeys.slicing import UNKNOWN
from andon.lake import BadInput, Source
from andon.lake.contacts import Contacts, ContactSpec
from andon.lake.hearing import Said, joined
from andon.signals.models import Dataset, Signal

LOOKED_BACK = timedelta(days=53 * 7)
MOST_SAID = 300_000  # the newest
MOST_ROWS = 20_000_000
SAMPLES = {1: "", 16: "0", 256: "00", 4096: "000"}
"""One customer in so many: those whose pseudonym begins so, as its letters are those of a digest."""
SURVEY = "survey"
"""In the name of a channel: what came by it is an answer. So is a rating of which no channel is known."""
VALUES: Mapping[str, tuple[str, ...]] = {
    "wait": ("wait_time", "waiting_time", "wait", "queue_time", "time_in_queue", "wait_seconds"),
    "passed": (
        "transfers",
        "transferred",
        "transfer",
        "handovers",
        "hand_overs",
        "reassignments",
        "passed_on",
    ),
    "gave_up": ("abandoned", "gave_up", "hung_up", "abandonment", "cancelled_by_customer"),
    "effort": ("effort", "customer_effort", "ces"),
}
NO_CUSTOMERS = BadInput(
    gettext_noop("The data do not say to whom it happened."),
    gettext_noop("Name the column of the customer when the file is brought in."),
)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Contacts over every channel; how many are what customers said; and one customer in how many was looked at."""

    contacts: Contacts
    said: int
    one_in: int


def facts(now: datetime) -> Facts:
    """One query, and one look into the lake. Raises BadInput with a sentence where there is nothing to follow."""
    source, rows, newest = _lake()
    end = min(now, newest) if newest else now
    since = end - LOOKED_BACK
    one_in = next((n for n in SAMPLES if rows / n <= MOST_ROWS), max(SAMPLES))
    said = _said(since, now)
    if source is None and not len(said):
        raise NO_CUSTOMERS
    columns = _values(source) if source else {}
    spec = ContactSpec(
        "at", "customer", ("mechanism",), **columns, since=since.astimezone(UTC).replace(tzinfo=None),
        begins=SAMPLES[one_in],
    )  # fmt: skip
    known = joined(source, spec, said)
    past = known.at <= np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "s")
    return Facts(known.take(np.flatnonzero(past)), int((~said.answer).sum()), one_in)


def _lake() -> tuple[Source | None, int, datetime | None]:
    """None where no data name customers and mechanisms."""
    found = [one for one in Dataset.objects.in_lake().order_by("pk") if one.lake_path.exists()]
    if not found:
        return None, 0, None
    source = lake.open_source([str(one.lake_path) for one in found])
    if not {"at", "customer", "mechanism"} <= source.columns.keys():
        return None, 0, None
    return source, sum(one.rows for one in found), max((one.ends for one in found if one.ends), default=None)


def _values(source: Source) -> dict[str, str]:
    """Columns of waiting, passing on, giving up and effort, by the names that such columns have."""
    named = {
        name.casefold(): name
        for name, kind in source.columns.items()
        if kind in ("number", "truth", "duration")
    }
    return {
        value: next(named[name] for name in names if name in named)
        for value, names in VALUES.items()
        if not named.keys().isdisjoint(names)
    }


def _said(since: datetime, now: datetime) -> Said:
    """By whom is known as a pseudonym only; what nobody has assigned to a mechanism is said about something unknown."""
    found = Signal.objects.filter(received_at__gte=since, received_at__lte=now).exclude(customer="")
    columns = ("customer", "received_at", "mechanism__slug", "rating_kind", "rating", "channel")
    rows = list(found.order_by("-received_at", "-pk").values_list(*columns)[:MOST_SAID])
    answer = [SURVEY in channel.casefold() if channel else bool(kind) for *_, kind, _, channel in rows]
    effort = [
        rating if kind == Signal.RatingKind.CES and rating is not None else np.nan
        for *_, kind, rating, _ in rows
    ]
    return Said(
        [row[0] for row in rows],
        np.array([row[1].astimezone(UTC).replace(tzinfo=None) for row in rows], "datetime64[s]"),
        [row[2] or UNKNOWN for row in rows],
        np.array(answer, np.bool_),
        np.array(effort, np.float64),
    )
