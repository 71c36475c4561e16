"""Journeys as a whole, by the quarter in which they begin, and by the step at which they begin. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.following import begins, travelled
from andon.analysis.journeys.pooling import pooled
from andon.analysis.journeys.returning import returns
from andon.analysis.journeys.spec import JourneySpec, Travelled
from andon.lake.contacts import Contacts

WEEK, QUARTER, YEAR = 7, 13 * 7, 52 * 7  # days
ALL, AT, FROM = "all", "at:", "from:"
OTHER, UNKNOWN = "+other", "+unknown"
"""Steps that are too rare for a lane of their own; what was said about something that nobody has named yet."""
STEPS = 24
RARE = 20  # customers, below which a step is counted with others
RAW = JourneySpec(fewest=1, paths=400)


@dataclass(frozen=True, slots=True)
class Slices:
    """By key: `all`, `from:2026-01-05` (13 weeks from that Monday on), `at:phone` (begun there). Nothing is hidden yet.
    starts, ends: of the first and after the last moment at which journeys begin.
    """

    found: dict[str, Travelled]
    starts: np.datetime64
    ends: np.datetime64


def sliced(contacts: Contacts, spec: JourneySpec = RAW) -> Slices:
    """Of the last 52 whole weeks: journeys that begin in them. Contacts may reach beyond on both sides."""
    starts, ends = span(contacts)
    contacts = pooled(contacts, STEPS, RARE, OTHER)
    found = returns(contacts, spec.gap)
    first = begins(contacts, spec.gap)
    opening = np.flatnonzero(first)[np.cumsum(first) - 1]
    begun, step = contacts.at[opening], contacts.step.codes[opening]
    last = contacts.at.max()

    def part(which: NDArray[np.bool_], since: np.datetime64, until: np.datetime64) -> Travelled:
        rows = np.flatnonzero(which & (begun >= since) & (begun < until))
        months = float((until - since).astype("timedelta64[s]").astype(np.int64)) / 86_400 / 30.44
        return travelled(contacts.take(rows), found.take(rows), spec, months, last)

    every = np.ones(len(contacts), np.bool_)
    told = {ALL: part(every, starts, ends)}
    for since, until in _quarters(starts, ends):
        told[f"{FROM}{since.astype('datetime64[D]')}"] = part(every, since, until)
    for code, name in enumerate(contacts.step.levels):
        told[f"{AT}{name}"] = part(step == code, starts, ends)
    return Slices({key: one for key, one in told.items() if one.journeys}, starts, ends)


def span(contacts: Contacts) -> tuple[np.datetime64, np.datetime64]:
    """Whole weeks, up to 52 of them: what is shown today and what is shown tomorrow differ once a week only."""
    first, last = contacts.at.min(), contacts.at.max() + np.timedelta64(1, "s")
    day = last.astype("datetime64[D]")
    since_monday = (int(day.astype(int)) + 3) % WEEK  # day 0 was a Thursday
    ends = (day - np.timedelta64(since_monday, "D")).astype("datetime64[s]")
    if ends - first < np.timedelta64(2 * WEEK, "D"):  # too little to wait for the week to end
        ends = last.astype("datetime64[s]")
    since = ends - np.timedelta64(YEAR, "D")
    return max(since, first.astype("datetime64[D]").astype("datetime64[s]")), ends


def _quarters(starts: np.datetime64, ends: np.datetime64) -> list[tuple[np.datetime64, np.datetime64]]:
    """13 weeks each, the latest first; nothing where there would be one only."""
    found, until = [], ends
    while until > starts:
        since = max(until - np.timedelta64(QUARTER, "D"), starts)
        found.append((since, until))
        until = since
    return found if len(found) > 1 else []
