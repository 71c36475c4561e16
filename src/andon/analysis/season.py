"""A yearly or weekly rhythm, learned with the level of each series taken out, and put back into the limits.

Shares are adjusted on the scale of log odds, counts and rates by a factor, values by a difference. With
several
series the rhythm they share is learned from all of them, and each keeps as much of its own as its data
support.
"""

from dataclasses import dataclass

import numpy as np

from andon.analysis import shifts
from andon.analysis.series import Series
from andon.analysis.spec import Floats, Ints, Kind
from andon.lake import BadInput, Every

CYCLES = 2  # a rhythm needs at least so many turns
_SCALES: dict[Kind, str] = {
    "proportion": "odds",
    "count": "factor",
    "rate": "factor",
    "value": "plus",
    "between": "factor",
}


@dataclass(frozen=True, slots=True, eq=False)
class Season:
    """What the season adds to each point, (N,), on the scale "odds", "factor" or "plus"; 0 without a
    season.
    """

    effect: Floats
    scale: str

    def remove(self, value: Floats) -> Floats:
        """The values as they would be in an average season."""
        return _moved(value, -self.effect, self.scale)

    def restore(self, level: Floats) -> Floats:
        """A level or limit as it is in the season of each point."""
        return _moved(level, self.effect, self.scale)


def none(points: int) -> Season:
    return Season(np.zeros(points), "plus")


def _moved(value: Floats, effect: Floats, scale: str) -> Floats:
    if scale == "plus":
        return value + effect
    factor = np.exp(effect)
    if scale == "factor":
        return value * factor
    with np.errstate(all="ignore"):
        return np.where((value <= 0) | (value >= 1), value, value * factor / (value * factor + 1 - value))


def turns_of(at: np.ndarray, every: Every, season: str) -> tuple[Ints, int]:
    """The place of each point in the rhythm, and how many places there are. Raises BadInput where it makes
    none.
    """
    if season == "year":
        month = at.astype("datetime64[M]").astype(np.int64) % 12
        if every == "year":
            raise BadInput("A yearly season cannot be seen in yearly points.", "Leave out --season.")
        return (month // 3, 4) if every == "quarter" else (month, 12)
    if every not in ("day", "hour"):
        raise BadInput(
            f"A weekly season cannot be seen in points every {every}.", "Use --every day, or --season year."
        )
    seconds = at.astype("datetime64[s]").astype(np.int64)
    if every == "day":
        return (seconds // 86400 + 3) % 7, 7
    return (seconds // 3600 + 72) % 168, 168


def _scaled(value: Floats, n: Floats, scale: str) -> Floats:
    """Values on the scale of the season; a little is added so that none is infinite."""
    with np.errstate(all="ignore"):
        if scale == "odds":
            yes = value * n
            return np.log((yes + 0.5) / (n - yes + 0.5))
        return np.log(np.maximum(value, 0) + 0.5 / np.maximum(n, 1)) if scale == "factor" else value


def _level(y: Floats) -> Floats:
    """The level of a series with its shifts."""
    cuts = shifts.splits(y) if len(y) >= 12 else []
    return np.concatenate([np.full(len(part), part.mean()) for part in np.split(y, cuts)])


def _yearly_level(y: Floats, places: int) -> Floats:
    """A first level: the running mean over one turn, which no rhythm moves."""
    if len(y) < places:
        return np.full(len(y), y.mean())
    kernel = np.ones(places) / places
    if places % 2 == 0:
        kernel = np.r_[0.5, np.ones(places - 1), 0.5] / places
    middle = np.convolve(y, kernel, mode="valid")
    before = (len(y) - len(middle)) // 2
    return np.pad(middle, (before, len(y) - len(middle) - before), mode="edge")


def _means(residual: Floats, turn: Ints, owner: Ints, series: int, places: int) -> tuple[Floats, Floats]:
    """Mean and number of residuals by series and place."""
    key = owner * places + turn
    count = np.bincount(key, minlength=series * places).reshape(series, places)
    total = np.bincount(key, residual, series * places).reshape(series, places)
    return total / np.maximum(count, 1), count.astype(np.float64)


def _shrunk(own: Floats, count: Floats, noise: float) -> Floats:
    """Each series' rhythm drawn towards the one all share, as far as its own is uncertain."""
    seen = count > 0
    own = np.where(seen, own, np.nan)
    shared = np.array(
        [np.median(column[np.isfinite(column)]) if np.isfinite(column).any() else 0.0 for column in own.T]
    )
    if len(own) < 3:
        return np.where(seen, np.nan_to_num(own), shared)
    error = noise / np.maximum(count, 1)
    real = max(float(np.nanmean((own - shared) ** 2 - np.where(seen, error, np.nan))), 0.0)
    return np.where(seen, shared + (np.nan_to_num(own) - shared) * real / (real + error), shared)


def learn(series: Series, value: Floats, kind: Kind, season: str) -> Season:
    """The rhythm of the series. Raises BadInput when they are too short to show one."""
    turn, places = turns_of(series.at, series.every, season)
    scale = _SCALES[kind]
    seen = np.flatnonzero(np.isfinite(value) & series.judged)
    _check(series, seen, season)
    y, owner = _scaled(value, series.n, scale), series.owner
    runs = np.split(seen, np.flatnonzero(np.diff(owner[seen])) + 1)
    effect = np.zeros((len(series.names), places))
    span = (
        places
        if season == "week" or series.every in ("month", "quarter")
        else {"week": 52, "day": 365}.get(series.every, places)
    )
    for step in range(3):
        adjusted = y - effect[owner, turn]
        level = np.full(len(y), np.nan)
        for run in runs:
            level[run] = _level(adjusted[run]) if step else _yearly_level(adjusted[run], span)
        residual = (y - level)[seen]
        own, count = _means(residual, turn[seen], owner[seen], len(series.names), places)
        left = residual - own[owner[seen], turn[seen]]
        noise = float((left**2).sum() / max(len(left) - (count > 0).sum(), 1))
        effect = _shrunk(own, count, noise)
        effect -= effect.mean(axis=1, keepdims=True)
    return Season(effect[owner, turn], scale)


def _check(series: Series, seen: Ints, season: str) -> None:
    days = {"year": 365, "week": 7}[season]
    span = (
        (series.at[seen].max() - series.at[seen].min()).astype("timedelta64[D]").astype(int)
        if len(seen)
        else 0
    )
    if span < (CYCLES - 0.1) * days - 31 * (season == "year"):
        raise BadInput(
            f"The data span {span} days: too short to learn a season of a {season}.",
            f"Bring at least two {season}s, or leave out --season.",
        )


def present(series: Series, value: Floats, kind: Kind, season: str) -> float:
    """Share of the point-to-point variation that a season would explain (0 where it cannot be told)."""
    try:
        turn, places = turns_of(series.at, series.every, season)
        seen = np.flatnonzero(np.isfinite(value) & series.judged)
        _check(series, seen, season)
    except BadInput:
        return 0.0
    y, owner = _scaled(value, series.n, _SCALES[kind]), series.owner
    residual = np.full(len(y), np.nan)
    for run in np.split(seen, np.flatnonzero(np.diff(owner[seen])) + 1):
        if len(run) >= 2 * places:
            part = y[run] - _yearly_level(y[run], places if series.every != "week" else 52)
            spread = part.std()
            residual[run] = part / spread if spread > 0 else 0.0
    return _explained(residual, turn, places)


def _explained(residual: Floats, turn: Ints, places: int) -> float:
    """R squared of the rhythm shared by all, less what as many places explain by chance."""
    good = np.isfinite(residual)
    total = float((residual[good] ** 2).sum())
    if not total:
        return 0.0
    count = np.bincount(turn[good], minlength=places)
    sums = np.bincount(turn[good], residual[good], places)
    between = float((sums[count > 0] ** 2 / count[count > 0]).sum())
    n = int(good.sum())
    if n - places < 10:
        return 0.0
    f = (between / (places - 1)) / max((total - between) / (n - places), 1e-12)
    return between / total if f > 5 else 0.0
