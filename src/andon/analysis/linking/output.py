"""What links leave behind: links.json, the report, and what could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from andon.analysis.leaving import plain, write_json, write_refused
from andon.analysis.linking.judging import better_together
from andon.analysis.linking.spec import Joined, Link, Linked, Told, ToldLag
from andon.stats.linked import Association

MOST_NAMES = 50


def _numbers(found: Association, p_adjusted: float) -> dict[str, Any]:
    return {
        "r": found.r, "low": found.low, "high": found.high, "p": found.p, "p_adjusted": p_adjusted,
        "slope": found.slope, "slope_low": found.slope_low, "slope_high": found.slope_high,
        "units": found.units, "cells": found.cells,
    }  # fmt: skip


def _told(told: Told, joined: Joined) -> dict[str, Any]:
    found, one = told.found, told.found.without_one
    return _numbers(found, told.p_adjusted) | {
        "verdict": told.verdict,
        "why": told.why,
        "spearman": found.spearman,
        "p_pearson": found.p_pearson,
        "p_spearman": found.p_spearman,
        "least_p": found.least_p,
        "per_step": told.step,
        "without_one": {"unit": joined.units[one.unit], "r": one.r, "p": one.p, "far": one.far}
        if one
        else None,
    }


def _lag(one: ToldLag, joined: Joined) -> dict[str, Any]:
    return {"leads": one.leads, "lag": one.lag, "every": joined.every} | _numbers(one.found, one.p_adjusted) | {
        "clear": one.clear, "own_past_held": one.held, "plain_r": one.plain, "why": one.found.why,
    }  # fmt: skip


def _link(one: Link, joined: Joined) -> dict[str, Any]:
    return {
        "employee_measure": one.employee.name,
        "customer_measure": one.customer.name,
        "period": joined.every,
        "periods": {"first": one.first, "last": one.last, "count": one.periods},
        "good": {"employee": one.employee.good, "customer": one.customer.good},
        "between": _told(one.between, joined),
        "within": _told(one.within, joined) | {"periods": one.periods},
        "lags": [_lag(lag, joined) for lag in one.lags],
        "direction": one.direction or "none",
        "simpson": one.simpson,
        "pooled_r": one.pooled,
        "better_with_better": {
            name: better_together(one.employee, one.customer, told.found.r)
            if told.verdict == "association"
            else None
            for name, told in (("between", one.between), ("within", one.within))
        },
        "sentence": one.sentence,
    }


def summary(found: Linked) -> dict[str, Any]:
    """Everything that was found, as JSON knows it."""
    joined, question = found.joined, found.question
    return {
        "links": [_link(one, joined) for one in found.links],
        "warnings": [*joined.notes, *found.warnings],
        "units": {"both": len(joined.units)}
        | {f"{side}_only": {"count": len(names), "names": names[:MOST_NAMES]} for side, names in joined.alone.items()},
        "periods": {
            "every": joined.every, "first": joined.periods[0], "last": joined.periods[-1], "count": len(joined.periods),
        },
        "rows_read": joined.rows,
        "rows_refused": len(joined.refused),
        "fdr": question.fdr,
        "looks": found.looks,
        "lag_looks": found.lag_looks,
        "lags": found.lags,
        "permutations": question.permutations,
        "seed": question.seed,
    }  # fmt: skip


def write(found: Linked, report: str, folder: Path) -> None:
    """All files into `folder`."""
    write_json(folder / "links.json", plain(summary(found)))
    (folder / "report.html").write_text(report, "utf-8")
    if found.joined.refused:
        write_refused(folder / "refused.csv", found.joined.refused)
