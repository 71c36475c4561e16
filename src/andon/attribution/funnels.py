"""Teams and sites against how many cases they had: what they reached beyond what their work lets expect.

Expected is what all reached in the same mechanism and period (indirect standardisation); limits allow for ordinary
differences between groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from andon.attribution.rules import FEWEST, small
from andon.lake.cells import Factor
from andon.lake.factors import FactorCells
from andon.lake.missing import NOT_GIVEN
from andon.people.models import Team
from andon.stats.funnel import funnel as of_units

FEWEST_GROUPS = 4  # of fewer nobody can say what is ordinary
DIGITS = 6
TINY = 1e-12  # variance of an outcome that is the same in all cases of a group
Floats = np.ndarray


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each cell belongs to, -1 for none, and the names of groups."""

    codes: np.ndarray
    names: list[str]


def funnels(cells: FactorCells) -> dict[str, Any]:
    """{"team": …, "site": …}, those of which there are enough to be told and drawn."""
    if "team" not in cells.factors:
        return {}
    teams = cells.factors["team"]
    sizes = people(cells, teams.codes, len(teams.levels))
    hidden = small(sizes.tolist())
    unknown = {i for i, name in enumerate(teams.levels) if name == NOT_GIVEN}
    shown = np.array([-1 if i in hidden | unknown else i for i in range(len(teams.levels))])
    found = {
        "team": funnel(cells, _packed(shown[teams.codes], teams.levels)),
        "site": funnel(cells, _sites(cells, teams, sizes, hidden)),
    }
    return {noun: one for noun, one in found.items() if one}


def people(cells: FactorCells, codes: np.ndarray, groups: int) -> np.ndarray:
    """How many different people served in each group."""
    worker = cells.factors["worker"]
    some = codes >= 0
    pairs = np.unique(codes[some].astype(np.int64) * len(worker.levels) + worker.codes[some])
    return np.bincount(pairs // len(worker.levels), minlength=groups)


def _sites(cells: FactorCells, teams: Factor, sizes: np.ndarray, hidden: set[int]) -> Groups:
    """By the register of teams. A site is left out where it would tell, by subtraction, of a team that is."""
    known = _site_of_team()
    where = [known.get(name.strip().casefold(), "") for name in teams.levels]
    names = sorted({site for site in where if site})
    secret = {site: sum(int(sizes[i]) for i in hidden if where[i] == site) for site in names}
    names = [site for site in names if secret[site] == 0 or secret[site] >= FEWEST]
    code = np.array([names.index(site) if site in names else -1 for site in where])[teams.codes]
    small_sites = small(people(cells, code, len(names)).tolist()) if names else set()
    return _packed(np.array([-1 if i in small_sites else i for i in range(len(names))] + [-1])[code], names)


def _site_of_team() -> Mapping[str, str]:
    rows = Team.objects.values_list("name", "slug", "site")
    return {key.casefold(): site for name, slug, site in rows for key in (name, slug)}


def _packed(codes: np.ndarray, names: list[str]) -> Groups:
    """Only groups that occur."""
    used = sorted(set(codes[codes >= 0].tolist()))
    place = np.full(len(names) + 1, -1)
    place[used] = np.arange(len(used))
    return Groups(place[codes], [names[i] for i in used])


def funnel(cells: FactorCells, groups: Groups) -> dict[str, Any] | None:
    """Rows by name, and what the limits are drawn from: `centre`, `spread` of a case and `between` groups."""
    size = len(groups.names)
    if size < FEWEST_GROUPS:
        return None
    some = groups.codes >= 0
    sums = lambda values: np.bincount(groups.codes[some], values[some], size)  # noqa: E731
    mean, spread = _expected(cells)
    n, variance = sums(cells.n), sums(cells.n * spread)
    beyond = (sums(cells.total) - sums(cells.n * mean)) / n
    centre = float(cells.total.sum() / cells.n.sum())
    deviation = np.sqrt(np.maximum(variance / n, TINY))
    judged = of_units("value", centre + beyond, n, target=centre, deviation=deviation)
    scale, shift = cells.scale, cells.shift
    rows = [
        {"name": groups.names[i], "n": int(n[i]), "value": _kept((centre + beyond[i]) * scale + shift),
         "outside": bool(judged.flagged[i])}
        for i in range(size)
    ]  # fmt: skip
    return {
        "centre": _kept(centre * scale + shift),
        "spread": _kept(variance.sum() / n.sum() * scale**2),
        "between": _kept(judged.tau**2 * scale**2),
        "rows": rows,
    }


def _expected(cells: FactorCells) -> tuple[Floats, Floats]:
    """What all reached in the mechanism and period of each cell, and the variance of a case there; (M,) each."""
    key = cells.factors["mechanism"].codes.astype(np.int64)
    if "period" in cells.factors:
        key = key * len(cells.factors["period"].levels) + cells.factors["period"].codes
    place = np.unique(key, return_inverse=True)[1]
    n, total = np.bincount(place, cells.n), np.bincount(place, cells.total)
    mean = total / n
    variance = {
        "proportion": mean * (1 - mean),
        "count": mean,
        "value": np.maximum(np.bincount(place, cells.squares) / n - mean**2, 0.0),
    }[cells.kind]
    return mean[place], variance[place]


def _kept(x: float) -> float:
    return float(f"{x:.{DIGITS}g}")
