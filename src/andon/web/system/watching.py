"""A mechanism beside what its people, teams and customers let one expect elsewhere: picture, sentence, table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.people import saying
from andon.plots import words
from andon.plots.counts import CountChart, counts

HEADER = (
    gettext_lazy("Period"),
    gettext_lazy("Cases"),
    gettext_lazy("Ended badly"),
    gettext_lazy("Expected"),
    gettext_lazy("Evidence"),
    "",
)
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
    apart = seen - expected
    told = {"n": n, "seen": seen, "expected": expected, "apart": abs(apart)}
    return _compared(apart, expected) % {name: saying.thousands(x) for name, x in told.items()}


def _compared(apart: float, expected: float) -> str:
    if abs(apart) <= ORDINARY * expected:
        return _(
            "Of %(n)s cases here, %(seen)s ended badly; the same people, teams and customers elsewhere let one "
            "expect about as many."
        )
    if apart > 0:
        return _(
            "Of %(n)s cases here, %(seen)s ended badly; the same people, teams and customers elsewhere let one "
            "expect about %(expected)s, %(apart)s fewer."
        )
    return _(
        "Of %(n)s cases here, %(seen)s ended badly; the same people, teams and customers elsewhere let one "
        "expect about %(expected)s, %(apart)s more."
    )


def _alarm(kept: Mapping[str, Any]) -> str:
    every, periods = kept["every"], kept["periods"]
    odds = {"odds": saying.plain(kept["odds"])}
    past = [one for one in periods if one["alarm"]]
    if not past:
        return (
            _("The evidence that the odds of it are %(odds)s times as high here stays below its limit.")
            % odds
        )
    if not periods[-1]["alarm"]:
        return _(
            "The evidence that the odds of it are %(odds)s times as high here is below its limit. It was beyond it "
            "last in %(period)s."
        ) % (odds | {"period": _period(past[-1], every)})
    first = len(periods) - 1
    while first and periods[first - 1]["alarm"]:
        first -= 1
    return _(
        "The evidence that the odds of it are %(odds)s times as high here is beyond its limit since %(period)s: "
        "this is a matter of the mechanism."
    ) % (odds | {"period": _period(periods[first], every)})


def _period(one: Mapping[str, Any], every: str) -> str:
    at = words.moment(one["at"])
    return saying.period(at, every) if at else saying.MISSING


def _chart(kept: Mapping[str, Any], name: str, told: str) -> CountChart:
    periods = kept["periods"]
    column = lambda key: np.array([one[key] for one in periods], float)  # noqa: E731
    at = np.array([one["at"] for one in periods], "datetime64[s]")
    alarm = np.array([one["alarm"] for one in periods], bool)
    return CountChart(name, told, at, column("seen"), column("expected"), np.full(len(at), np.nan), alarm)


def _rows(kept: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            _period(one, kept["every"]), saying.thousands(one["n"]), saying.thousands(one["seen"]),
            saying.thousands(one["expected"]), saying.figures(f"{one['sum']:,.1f}"),
            _("beyond %(limit)s") % {"limit": saying.figures(f"{kept['limit']:.1f}")} if one["alarm"] else "",
        )
        for one in reversed(kept["periods"])
    ]  # fmt: skip
