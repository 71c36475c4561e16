"""InstEval by lme4, gpboost and Andon: seconds, and whether they found the same minimum."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from andon.stats import mixed

FACTORS = ("s", "d", "dept")
AIMS = {"gaussian": (2.0, 10.0), "binomial": (3.0, 40.0)}
"""Seconds of Andon at most, and how many times faster than lme4 at least."""

LME4 = """
suppressMessages(library(lme4)); options(digits = 15)
rows <- read.csv("{path}", colClasses = c(s = "factor", d = "factor", dept = "factor"))
took <- system.time(m <- {call})[["elapsed"]]
v <- as.data.frame(VarCorr(m)); v <- setNames(v$vcov, v$grp)
l <- function(x) paste0("[", paste(format(unname(x), digits = 15), collapse = ","), "]")
criterion <- if (isREML(m)) REMLcrit(m) else -2 * as.numeric(logLik(m))
residual <- if ("Residual" %in% names(v)) v[["Residual"]] else 1
cat(sprintf('{{"seconds": %f, "variances": %s, "residual": %.15g, "fixed": %s, "criterion": %.8f}}\\n',
  took, l(v[c("s", "d", "dept")]), residual, l(fixef(m)), criterion))
"""


@dataclass(frozen=True)
class Found:
    """What a program found; `criterion` is -2 log likelihood as it tells it itself."""

    program: str
    method: str
    seconds: float
    variances: dict[str, float]
    residual: float
    fixed: list[float]
    criterion: float


def compare(path: Path, families: list[str], times: int) -> bool:
    """Print the table of each family; whether the aims are met and nobody found a lower minimum."""
    if not path.exists():
        print(
            "InstEval is not here (reference/mixed/insteval.csv.gz): set ANDON_SHARED to the folder that holds it"
        )
        return False
    good = True
    for family in families:
        good &= _told(family, list(_all(_design(path, family), family, times)), _design(path, family))
    return good


def _design(path: Path, family: str) -> mixed.Design:
    with gzip.open(path, "rt") as lines:
        rows = list(csv.DictReader(lines))
    column = {name: np.array([row[name] for row in rows]) for name in (*FACTORS, "service", "y")}
    y = column["y"].astype(float)
    y = (y >= 4).astype(float) if family == "binomial" else y
    coded = {name: np.unique(column[name], return_inverse=True) for name in FACTORS}
    groupings = {
        name: mixed.Grouping(codes.astype(np.int64), len(names)) for name, (names, codes) in coded.items()
    }
    service = (column["service"] == "1").astype(float)[:, None]
    return mixed.Design(np.ones(len(y)), y, y**2, groupings, service, ("service",))


def _all(design: mixed.Design, family: str, times: int) -> Iterator[Found]:
    methods = ("reml", "ml") if family == "gaussian" else ("ml",)
    for method in methods:
        for program in (_lme4, _gpboost):
            try:
                found = program(design, family, method)
            except Exception as error:  # a peer that fails is a row of the table
                print(f"{program.__name__[1:]} {method}: {error}")
                continue
            if found:
                yield found
        yield _andon(design, family, method, times)


def _andon(design: mixed.Design, family: str, method: str, times: int) -> Found:
    fits = [_timed(lambda: mixed.fit(design, family, method=method)) for _ in range(times)]
    seconds, fit = min(fits, key=lambda pair: pair[0])
    return Found("Andon", method, seconds, fit.variances, fit.residual, fit.fixed.tolist(), fit.criterion)


def _lme4(design: mixed.Design, family: str, method: str) -> Found | None:
    if shutil.which("Rscript") is None:
        return None
    formula = "y ~ service + (1|s) + (1|d) + (1|dept)"
    call = f"lmer({formula}, rows, REML = {'TRUE' if method == 'reml' else 'FALSE'})"
    if family == "binomial":
        call = f"glmer({formula}, rows, binomial)"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        columns = [design.total, design.fixed[:, 0], *(design.groupings[name].codes for name in FACTORS)]
        np.savetxt(path, np.column_stack(columns), "%d", ",", header="y,service,s,d,dept", comments="")
        run = ["Rscript", "-e", LME4.format(path=path, call=call)]
        told = json.loads(
            subprocess.run(run, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        )
    told["variances"] = dict(zip(FACTORS, told["variances"], strict=True))
    return Found("lme4", method, **told)


def _gpboost(design: mixed.Design, family: str, method: str) -> Found | None:
    if method == "reml":
        return None  # it has maximum likelihood alone
    import gpboost

    codes = np.column_stack([design.groupings[name].codes for name in FACTORS])
    x = np.column_stack([np.ones(len(design.n)), design.fixed])
    likelihood = "gaussian" if family == "gaussian" else "bernoulli_logit"

    def work() -> object:
        model = gpboost.GPModel(group_data=codes, likelihood=likelihood, num_parallel_threads=1)
        return model.fit(y=design.total, X=x)

    seconds, model = _timed(work)
    spread = np.asarray(model.get_cov_pars(), float).ravel().tolist()
    residual = spread.pop(0) if family == "gaussian" else 1.0
    fixed = np.asarray(model.get_coef(), float).ravel().tolist()
    value = 2 * float(model.get_current_neg_log_likelihood())
    return Found("gpboost", method, seconds, dict(zip(FACTORS, spread, strict=True)), residual, fixed, value)


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def _told(family: str, everyone: list[Found], design: mixed.Design) -> bool:
    print(f"\nInstEval, {family}: y ~ service + (1|s) + (1|d) + (1|dept), {len(design.n):,} rows")
    print(
        f"{'':9s}{'':6s}{'seconds':>9s}{'its -2 log L':>15s}{'by our own':>15s}{'gradient':>10s}  variances"
    )
    judged = {}
    for found in everyone:
        judged[found.program, found.method] = _judged(found, family, design)
        value, norm = judged[found.program, found.method]
        spread = "  ".join(f"{name} {variance:.6f}" for name, variance in found.variances.items())
        line = f"{found.program:9s}{found.method:6s}{found.seconds:9.2f}{found.criterion:15.4f}"
        print(f"{line}{value:15.4f}{norm:10.4f}  {spread}")
    return all([_lowest(judged), *_aims(family, everyone)])


def _judged(found: Found, family: str, design: mixed.Design) -> tuple[float, float]:
    """Our criterion and the norm of its gradient at what a program found."""
    fixed = np.array(found.fixed)
    there = mixed.appraise(
        design, family, found.variances, residual=found.residual, fixed=fixed, method=found.method
    )
    return there.criterion, there.gradient_norm


def _lowest(judged: dict[tuple[str, str], tuple[float, float]]) -> bool:
    good = True
    for (program, method), (value, _) in judged.items():
        apart = value - judged["Andon", method][0]
        if program != "Andon":
            print(
                f"  {program} {method} ends {apart:+.5f} from Andon's minimum"
                + ("" if apart < 0.01 else ": NOT EQUAL")
            )
            good &= apart > -1e-3
    return good


def _aims(family: str, everyone: list[Found]) -> Iterator[bool]:
    limit, ratio = AIMS[family]
    theirs = {found.method: found.seconds for found in everyone if found.program == "lme4"}
    for found in everyone:
        if found.program != "Andon":
            continue
        said = f"  Andon {found.method}: {found.seconds:.2f} s (aim {limit:g})"
        faster = theirs.get(found.method, np.nan) / found.seconds
        print(said + (f", {faster:.0f} x lme4 (aim {ratio:g})" if faster == faster else ", lme4 is not here"))
        yield found.seconds <= limit or faster >= ratio


if __name__ == "__main__":
    raise SystemExit("Run bench/attribution.")
