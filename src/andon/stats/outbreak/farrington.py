"""Farrington's method, original and flexible: weekly counts against the same weeks of past years."""

from __future__ import annotations

from datetime import date

from numpy.typing import ArrayLike

from andon.stats.outbreak.alarms import Alarms, as_counts
from andon.stats.outbreak.judging import Options, judge
from andon.stats.outbreak.past import PastRule


def farrington_flexible(
    counts: ArrayLike,
    at: ArrayLike | None = None,
    *,
    years: int | None = 5,
    half_window: int = 3,
    seasons: int = 10,
    recent: int = 26,
    weights_above: float | None = 2.58,
    trend: bool = True,
    trend_alpha: float = 1.0,
    alpha: float = 0.005,
    bound: str = "nbPlugin",
    power: str = "2/3",
    population: ArrayLike | None = None,
    least: tuple[float, int] = (5, 4),
    start: date | None = None,
    period: int = 52,
    compat: bool = False,
) -> Alarms:
    """Farrington flexible (Noufaily et al. 2013) for weekly counts (S, T); the weeks `at` are judged, or all.

    years (b): to look back; None takes what there is, at most 5.   half_window (w): weeks either side of the
    same week.   seasons: parts of the year, each with its own level; 1 uses the windows only.   recent: weeks
    just before that are left out, so that an outbreak does not raise its own bound.   weights_above: Anscombe
    residuals beyond it weigh less; None for no reweighting.   trend: a straight one, kept when there are 3 years,
    its p is below trend_alpha and it does not forecast more than was ever seen.   alpha: one-sided.
    bound: "nbPlugin" or "muan" (quantile of a negative binomial) or "delta" (normal after `power`).
    population: (S, T) or (T,), enters as log offset.   least: (5, 4) judges only where the last 4 weeks
    had 5 cases.   start: first day of the first week; the same week is then found by the calendar, and not
    `period` weeks back.   compat: do as the R package surveillance 1.20.3 does, with its slips (see the page).
    ValueError only for options.
    """
    rule = PastRule(years, half_window, seasons, recent, period, start)
    options = Options(rule, alpha, bound, power, weights_above, trend, trend_alpha, least, compat, not compat)
    return judge(as_counts(counts), at, population, options)


def farrington(
    counts: ArrayLike,
    at: ArrayLike | None = None,
    *,
    years: int | None = 5,
    half_window: int = 3,
    alpha: float = 0.05,
    trend: bool = True,
    power: str = "2/3",
    population: ArrayLike | None = None,
    least: tuple[float, int] = (5, 4),
    start: date | None = None,
    period: int = 52,
) -> Alarms:
    """The original method (Farrington et al. 1996); options as in `farrington_flexible`.

    Only the windows around the same week are used, residuals above 1 weigh less, the trend must be significant
    at 5 %, and `alpha` is two-sided: the bound leaves alpha / 2 above. Agrees with surveillance to the last digits.
    """
    rule = PastRule(years, half_window, 1, half_window, period, start)
    options = Options(rule, alpha / 2, "delta", power, 1.0, trend, 0.05, least, settled=False)
    return judge(as_counts(counts), at, population, options)
