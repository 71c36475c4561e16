"""Cells made from rows, for tests of what is computed from them."""

import numpy as np

from andon.lake.cells import Factor
from andon.lake.factors import FactorCells


def factor(names) -> Factor:
    levels = sorted(set(names))
    return Factor(np.array([levels.index(name) for name in names], np.int32), levels)


def cells(rows: list[dict], kind: str = "proportion", **more) -> FactorCells:
    """One cell a row: worker, mechanism, team, period, n, total; what begins with "mix_" is a covariate."""
    column = lambda name: [row[name] for row in rows]  # noqa: E731
    roles = [name for name in ("worker", "mechanism", "team", "period") if name in rows[0]]
    bins = {name[4:]: factor(column(name)) for name in rows[0] if name.startswith("mix_")}
    n, total = (np.array(column(name), float) for name in ("n", "total"))
    return FactorCells(
        {name: factor(column(name)) for name in roles}, n, total, total.copy(), kind, bins=bins, **more
    )  # fmt: skip


def grid(
    workers=6, mechanisms=3, periods=4, n=50, share=lambda **where: 0.1, team=lambda worker: f"T{worker % 5}"
):
    """A row for everybody in every mechanism and month."""
    return [
        {
            "worker": f"w{w:02d}", "mechanism": f"m{m}", "team": team(w), "period": f"2025-{p + 1:02d}-01", "n": n,
            "total": round(n * share(worker=w, mechanism=m, period=p)),
        }
        for w in range(workers)
        for m in range(mechanisms)
        for p in range(periods)
    ]  # fmt: skip
