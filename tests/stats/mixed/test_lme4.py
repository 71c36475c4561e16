"""The same models fitted by lme4 in R, here and now."""

import json
import subprocess

import numpy as np
import pytest
from scipy.special import gammaln

from andon.stats.mixed import Design, fit
from tests.needs import r
from tests.reference import mixed as data
from tests.stats.mixed.making import crossed, design, outcome

pytestmark = pytest.mark.r

TOLD = """
suppressMessages(library(lme4))
options(digits = 15)
told <- function(m) {
  v <- as.data.frame(VarCorr(m))
  l <- function(x) paste0("[", paste(format(x, digits = 15), collapse = ","), "]")
  criterion <- if (isREML(m)) REMLcrit(m) else -2 * as.numeric(logLik(m))
  cat(sprintf('{"variances": %s, "names": %s, "fixed": %s, "criterion": %.10f}\\n', l(v$vcov),
    paste0('["', paste(v$grp, collapse = '","'), '"]'), l(unname(fixef(m))), criterion))
}
tight <- glmerControl("bobyqa", optCtrl = list(rhoend = 1e-9), tolPwrss = 1e-13)
near <- lmerControl("bobyqa", optCtrl = list(rhoend = 1e-9))
"""


def in_r(script):
    """What R tells at the end of a script, which calls `told` once."""
    done = subprocess.run([r(), "-e", TOLD + script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def agree(found, theirs, constant=0.0):
    """Ours is no worse, equal to the digits to which their optimiser goes, and the variances follow."""
    assert found.criterion + constant == pytest.approx(theirs["criterion"], abs=2e-5)
    variances = dict(zip(theirs["names"], theirs["variances"], strict=True))
    for name, variance in found.variances.items():
        assert variance == pytest.approx(variances[name], rel=2e-3, abs=1e-4)
    assert found.fixed == pytest.approx(theirs["fixed"], abs=1e-3)


def written(folder, d: Design):
    """The design as a table that R reads, its path as R writes it."""
    columns = {"y": d.total, **{name: g.codes for name, g in d.groupings.items()}}
    columns |= dict(zip(d.fixed_names, d.fixed.T, strict=True))
    path = folder / "rows.csv"
    np.savetxt(
        path, np.column_stack(list(columns.values())), "%.17g", ",", header=",".join(columns), comments=""
    )
    return json.dumps(str(path))


@pytest.mark.parametrize(
    ("family", "seed"), [("gaussian", 1), ("gaussian", 2), ("binomial", 3), ("poisson", 4)]
)
def test_random_designs_agree_with_lme4(tmp_path, family, seed):
    rng, labels, x, eta = crossed(seed, cases=600, covariates=2)
    names = {"worker": "worker", "mechanism": "mechanism", "both": "worker x mechanism", "week": "week"}
    groups = {short: labels[name] for short, name in names.items()}
    d = design(outcome(rng, family, eta), groups, x)
    formula = "y ~ x0 + x1 + (1|worker) + (1|mechanism) + (1|both) + (1|week)"
    read = f"rows <- read.csv({written(tmp_path, d)})\n"
    call = (
        "lmer(%s, rows, control = near)"
        if family == "gaussian"
        else f"glmer(%s, rows, {family}, control = tight)"
    )
    agree(fit(d, family), in_r(read + f"told({call % formula})"))


def test_verbagg_agrees_with_lme4():
    table = data.columns("verbagg.csv")
    levels = {"Gender": ["M"], "btype": ["scold", "shout"], "situ": ["self"], "mode": ["do"]}
    fixed = [
        table["Anger"].astype(float)[:, None],
        *(data.dummies(table[name], v) for name, v in levels.items()),
    ]
    d = data.cases(
        table["r2"] == "Y",
        {"id": table["id"], "item": table["item"]},
        np.column_stack(fixed),
        names=("Anger", "M", "scold", "shout", "self", "do"),
    )
    formula = "r2 ~ Anger + Gender + btype + situ + mode + (1|id) + (1|item)"
    agree(fit(d, "binomial"), in_r(f"told(glmer({formula}, VerbAgg, binomial, control = tight))"))


def test_cbpp_agrees_with_lme4():
    size, ill = data.CBPP_SIZE, data.CBPP_CASES
    fixed = data.dummies(data.CBPP_PERIOD, [2, 3, 4])
    d = data.cases(ill, {"herd": data.CBPP_HERD}, fixed, size, ("2", "3", "4"))
    ways = float((gammaln(size + 1) - gammaln(ill + 1) - gammaln(size - ill + 1)).sum())
    formula = "cbind(incidence, size - incidence) ~ period + (1|herd)"
    theirs = in_r(f"told(glmer({formula}, cbpp, binomial, control = tight))")
    agree(fit(d, "binomial"), theirs, -2 * ways)
