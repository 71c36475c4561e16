"""The whole volume through time: more of everything than level, trend and season let expect."""

from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.spec import Bools, Floats
from andon.stats.scan import CAP, SEASON, ScanSpec
from andon.stats.unlikely import t_tail, tail

TREND = 2.0  # standard errors beyond which a slope is a trend
NEED = 8  # windows before a trend is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """All (T,): see `andon.stats.scan.Scan`."""

    log_p: Floats
    length: np.ndarray[tuple[int], np.dtype[np.int64]]
    expected: Floats
    sd: Floats
    judged: Bools


@dataclass(frozen=True, slots=True)
class _Forecast:
    level: float  # log of the count at the last window of history
    slope: float
    over: float
    spread: float  # sum of squared distances in time
    n: int

    def at(self, ahead: int) -> tuple[float, float]:
        """Expected count and its squared relative uncertainty."""
        middle = (self.n - 1) / 2
        away = ahead + middle
        loose = 1 / self.n + (away**2 / self.spread if self.slope and self.spread else 0)
        mean = float(np.exp(self.level + self.slope * away))
        return mean, (self.over + 1 / max(mean, 0.5)) * loose


def _forecast(history: Floats) -> _Forecast:
    n, time = len(history), np.arange(len(history)) - (len(history) - 1) / 2
    y, spread = np.log(history + 0.5), float((time**2).sum())
    slope, mean = float(time @ y) / spread if spread else 0.0, float(y.mean())
    left = y - mean - slope * time
    error = float(np.sqrt((left**2).sum() / max(n - 2, 1) / spread)) if spread else np.inf
    trend = n >= NEED and abs(slope) > TREND * error
    fitted = np.exp(mean + (slope * time if trend else 0 * time))
    fitted *= history.sum() / max(fitted.sum(), 1e-9) if history.sum() else 1
    above = float(((history - fitted) ** 2).sum()) * n / max(n - 1 - trend, 1) - float(fitted.sum())
    over = max(above / max(float((fitted**2).sum()), 1e-9), 0.0)
    level = (
        float(
            np.log(max(history.sum(), 0.5) / max(np.exp(mean + (slope if trend else 0) * time).sum(), 1e-9))
        )
        + mean
    )
    return _Forecast(level, slope if trend else 0.0, over, spread, n)


def whole(total: Floats, spec: ScanSpec) -> Whole:
    """Judges each window and run of windows by the trend before it."""
    T = len(total)
    clean, rough, season = total.copy(), np.zeros(T), np.ones(T)
    made: list[_Forecast | None] = [None] * T
    for t in range(spec.need, T):
        made[t] = forecast = _forecast(clean[max(0, t - spec.baseline) : t])
        rough[t] = forecast.at(1)[0]
        season[t] = _season(clean, rough, t, spec)
        e = rough[t] * season[t]
        v = e + (forecast.over + forecast.at(1)[1]) * e * e
        clean[t] = min(total[t], e + CAP * np.sqrt(v))
    return _judged(total, made, season, spec)


def _season(clean: Floats, rough: Floats, t: int, spec: ScanSpec) -> float:
    places = [t - lag for lag in spec.lags if t - lag >= spec.need]
    was, would = float(clean[places].sum()), float(rough[places].sum())
    return (was + SEASON) / (would + SEASON)


def _judged(total: Floats, made: list[_Forecast | None], season: Floats, spec: ScanSpec) -> Whole:
    T = len(total)
    log_p, length, expected, sd = np.zeros(T), np.ones(T, np.int64), np.zeros(T), np.zeros(T)
    for run in spec.runs(T):
        wide = 1.0
        squares: list[float] = []
        for t in range(spec.need + run - 1, T):
            forecast = made[t - run + 1]
            assert forecast is not None
            means, looses = np.array([forecast.at(k + 1) for k in range(run)]).T
            means = means * season[t - run + 1 : t + 1]
            e, o = float(means.sum()), float(total[t - run + 1 : t + 1].sum())
            v = e + forecast.over * float((means**2).sum()) + float(looses.mean()) * e * e
            chance = _chance(o, e, v * wide, forecast.n)
            if chance < log_p[t]:
                log_p[t], length[t] = chance, run
            if run == 1:
                expected[t], sd[t] = e, np.sqrt(v)
            squares.append(min((o - e) ** 2 / v, CAP**2))
            wide = max((10 + sum(squares)) / (10 + len(squares)), 1.0)
    judged = np.array([forecast is not None for forecast in made], np.bool_)
    return Whole(log_p, length, expected, sd, judged)


def _chance(o: float, e: float, v: float, n: int) -> float:
    if o <= e + 1.5 * np.sqrt(v):
        return 0.0
    df = np.array([(n - 1) / max(1 - e / v, 1e-6) ** 2])
    return float(t_tail(tail(np.array([o]), np.array([e]), np.array([v])), df)[0])
