"""A mechanism beside what its people, teams and customers let one expect elsewhere: picture, sentence, table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from andon.plots import words
from andon.plots.counts import CountChart, counts

HEADER = ("Period", "Cases", "Ended badly", "Expected", "Evidence", "")
ORDINARY = 0.05  # of what is expected: a difference that nobody would act upon


@dataclass(frozen=True, slots=True)
class Watched:
    """`table` is (header, rows), the latest period first."""

    sentence: str
    svg: str
    table: tuple[tuple[str, ...], list[tuple[str, ...]]]


def shown(kept: Mapping[str, Any] | None, name: str) -> Watched | None:
    if not kept or not kept["periods"]:
        return None
    told = sentence(kept)
    return Watched(told, counts(_chart(kept, name, told)), (HEADER, _rows(kept)))


def sentence(kept: Mapping[str, Any]) -> str:
    return f"{_beyond(kept['periods'])} {_alarm(kept)}"


def _beyond(periods: Sequence[Mapping[str, Any]]) -> str:
    n, seen, expected = (sum(one[name] for one in periods) for name in ("n", "seen", "expected"))
    told = f"Of {n:,} cases here, {seen:,} ended badly; the same people, teams and customers elsewhere let one expect"
    apart = seen - expected
    if abs(apart) <= ORDINARY * expected:
        return f"{told} about as many."
    return f"{told} about {expected:,.0f}, {abs(apart):,.0f} {'fewer' if apart > 0 else 'more'}."


def _alarm(kept: Mapping[str, Any]) -> str:
    every, periods = kept["every"], kept["periods"]
    evidence = f"The evidence that the odds of it are {kept['odds']:g} times as high here"
    past = [one for one in periods if one["alarm"]]
    if not past:
        return f"{evidence} stays below its limit."
    if not periods[-1]["alarm"]:
        return (
            f"{evidence} is below its limit. It was beyond it last in {words.period(past[-1]['at'], every)}."
        )
    first = len(periods) - 1
    while first and periods[first - 1]["alarm"]:
        first -= 1
    since = words.period(periods[first]["at"], every)
    return f"{evidence} is beyond its limit since {since}: this is a matter of the mechanism."


def _chart(kept: Mapping[str, Any], name: str, told: str) -> CountChart:
    periods = kept["periods"]
    column = lambda key: np.array([one[key] for one in periods], float)  # noqa: E731
    at = np.array([one["at"] for one in periods], "datetime64[s]")
    alarm = np.array([one["alarm"] for one in periods], bool)
    return CountChart(name, told, at, column("seen"), column("expected"), np.full(len(at), np.nan), alarm)


def _rows(kept: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            words.period(one["at"], kept["every"]), f"{one['n']:,}", f"{one['seen']:,}", f"{one['expected']:,.0f}",
            f"{one['sum']:,.1f}", f"beyond {kept['limit']:.1f}" if one["alarm"] else "",
        )
        for one in reversed(kept["periods"])
    ]  # fmt: skip
