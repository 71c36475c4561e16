"""Cells made by hand, without a file."""

import numpy as np

from andon.lake import Cells, Every, Factor

MONDAY = np.datetime64("2023-01-02", "s")
STEPS = {"day": 1, "week": 7}


def times(points: int, every: Every = "week") -> np.ndarray:
    if every in ("month", "quarter"):
        months = np.arange(points) * (3 if every == "quarter" else 1)
        return (np.datetime64("2020-01", "M") + months).astype("datetime64[s]")
    return MONDAY + np.arange(points) * np.timedelta64(STEPS[every], "D")


def made(
    total,
    n=None,
    *,
    every: Every = "week",
    squares=None,
    outcome: bool = True,
    of: bool = False,
    customers=None,
) -> Cells:
    """Cells of a table of totals, a row a series; without `n` each cell holds one case."""
    total = np.atleast_2d(np.asarray(total, np.float64))
    series, points = total.shape
    cases = np.ones_like(total) if n is None else np.broadcast_to(np.asarray(n, np.float64), total.shape)
    seen = np.isfinite(total.ravel())

    def flat(values) -> np.ndarray:
        return np.ascontiguousarray(np.broadcast_to(values, total.shape).ravel()[seen], np.float64)

    at = np.tile(times(points, every), series)[seen]
    share = flat(total / np.maximum(cases, 1))
    codes = np.repeat(np.arange(series), points).astype(np.int32)[seen]
    return Cells(
        by={"mechanism": Factor(codes, [f"m{i:03}" for i in range(series)])},
        at=at, n=flat(cases), total=flat(total), squares=flat(total**2 if squares is None else squares),
        customers=flat(np.nan if customers is None else customers), every=every, lows=np.minimum(share, 0), highs=share,
        rows=flat(cases if not of else 1.0), since=at.min(), until=at.max() + np.timedelta64(6, "D"),
        has_outcome=outcome, has_of=of,
    )  # fmt: skip


def truths(shares, n: int, rng: np.random.Generator) -> Cells:
    """Yes and no: `n` cases a point, each yes with the share given."""
    yes = rng.binomial(n, np.atleast_2d(shares)).astype(float)
    return made(yes, n, squares=yes)
