"""Stored funnels as pictures: teams and sites, never people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from andon.plots import words
from andon.plots.funnel import Funnel, funnel, funnel_table
from andon.plots.widths import for_any_width

INNER, OUTER = 1.959964, 3.090232  # 95 % and 99.8 %
POINTS = 60


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
    title = f"{words.capital(noun)}s by their number of cases"
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
    ordinary = f"chance and ordinary differences between {noun}s explain"
    if not outside:
        return f"None of {words.counted(count, noun)} lies outside what {ordinary}."
    verb = "lies" if len(outside) == 1 else "lie"
    return f"Of {words.counted(count, noun)}, {words.few(len(outside))} {verb} outside what {ordinary}."
