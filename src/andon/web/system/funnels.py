"""Stored funnels as pictures: teams and sites, never people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy, ngettext

from andon.people import saying
from andon.plots.funnel import Funnel, funnel, funnel_table
from andon.plots.widths import for_any_width

INNER, OUTER = 1.959964, 3.090232  # 95 % and 99.8 %
POINTS = 60
TITLES = {
    "team": gettext_lazy("Teams by their number of cases"),
    "site": gettext_lazy("Sites by their number of cases"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """`table` is (header, rows) as plots give it."""

    title: str
    sentence: str
    svg: str
    table: tuple[tuple[str, ...], list[tuple[str, ...]]]


def drawn(kept: Mapping[str, Mapping[str, Any]], unit: str) -> list[Drawn]:
    return [_drawn(noun, kept[noun], unit) for noun in ("team", "site") if noun in kept]


def _drawn(noun: str, kept: Mapping[str, Any], unit: str) -> Drawn:
    rows = kept["rows"]
    outside = [row["name"] for row in rows if row["outside"]]
    title = str(TITLES[noun])
    told = sentence(noun, len(rows), outside)
    n = np.array([row["n"] for row in rows], float)
    at = np.linspace(0.05, 1.03, POINTS) ** 2 * n.max()
    limits = list(_limits(kept, at))
    chart = Funnel(
        title, told, noun, [row["name"] for row in rows], n, np.array([row["value"] for row in rows], float),
        np.array([row["outside"] for row in rows], bool), kept["centre"], at, limits[0], limits[1],
        "" if unit == "score" else unit,
    )  # fmt: skip
    return Drawn(title, told, for_any_width(lambda width: funnel(chart, width)), funnel_table(chart))


def _limits(kept: Mapping[str, Any], at: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    spread = np.sqrt(kept["spread"] / at + kept["between"])
    for z in (INNER, OUTER):
        yield kept["centre"] - z * spread, kept["centre"] + z * spread


def sentence(noun: str, count: int, outside: list[str]) -> str:
    told = {"n": saying.few(count), "outside": saying.few(len(outside))}
    within, beyond = SENTENCES[noun]
    return (beyond(len(outside)) if outside else within(count)) % told


def _teams_within(n: int) -> str:
    return ngettext(
        "None of %(n)s team lies outside what chance and ordinary differences between teams explain.",
        "None of %(n)s teams lies outside what chance and ordinary differences between teams explain.",
        n,
    )


def _teams_beyond(n: int) -> str:
    return ngettext(
        "Of %(n)s teams, %(outside)s lies outside what chance and ordinary differences between teams explain.",
        "Of %(n)s teams, %(outside)s lie outside what chance and ordinary differences between teams explain.",
        n,
    )


def _sites_within(n: int) -> str:
    return ngettext(
        "None of %(n)s site lies outside what chance and ordinary differences between sites explain.",
        "None of %(n)s sites lies outside what chance and ordinary differences between sites explain.",
        n,
    )


def _sites_beyond(n: int) -> str:
    return ngettext(
        "Of %(n)s sites, %(outside)s lies outside what chance and ordinary differences between sites explain.",
        "Of %(n)s sites, %(outside)s lie outside what chance and ordinary differences between sites explain.",
        n,
    )


SENTENCES = {"team": (_teams_within, _teams_beyond), "site": (_sites_within, _sites_beyond)}
