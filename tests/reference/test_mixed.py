"""Mixed models against numbers printed by lme4 1.1-31 and MixedModels.jl.

glmer stops the search for the mode early; with `tolPwrss = 1e-13` its deviance of cbpp goes from 184.05313 to
184.05256 and that of VerbAgg from 8135.83508 to 8135.83286, which is what is tested here.
"""

import numpy as np
import pytest
from scipy.special import gammaln

from andon.stats.mixed import fit
from tests.reference import mixed as data

BATCH = np.repeat(np.arange(6), 5)
CASK = np.repeat(np.arange(30), 2)


def penicillin():
    return data.cases(
        data.PENICILLIN, {"plate": np.repeat(np.arange(24), 6), "sample": np.tile(np.arange(6), 24)}
    )


def pastes():
    return data.cases(data.PASTES, {"cask": CASK, "batch": CASK // 3})


def cbpp():
    fixed = data.dummies(data.CBPP_PERIOD, [2, 3, 4])
    names = ("period 2", "period 3", "period 4")
    return data.cases(data.CBPP_CASES, {"herd": data.CBPP_HERD}, fixed, data.CBPP_SIZE, names)


@pytest.fixture(scope="module")
def insteval():
    return data.columns("insteval.csv.gz")


def evaluations(table, y, *factors):
    labels = {
        name: np.char.add(np.char.add(table["dept"], ":"), table["service"]) for name in ("dept:service",)
    }
    groups = {name: labels.get(name, table.get(name)) for name in factors}
    return data.cases(y, groups, (table["service"] == "1")[:, None], names=("service",))


@pytest.mark.parametrize(
    ("made", "method", "variances", "residual", "criterion"),
    [
        (lambda: data.cases(data.DYESTUFF, {"batch": BATCH}), "reml", [1764.050], 2451.250, 319.65428),
        (lambda: data.cases(data.DYESTUFF, {"batch": BATCH}), "ml", [1388.3333], 2451.250, 327.32706),
        (lambda: data.cases(data.DYESTUFF2, {"batch": BATCH}), "reml", [0.0], 13.80631, 161.82828),
        (lambda: data.cases(data.DYESTUFF2, {"batch": BATCH}), "ml", [0.0], 13.34610, 162.87304),
        (penicillin, "reml", [0.716908, 3.73092], 0.302415, 330.86059),
        (penicillin, "ml", [0.714993, 3.13519], 0.302425, 332.18835),
        (pastes, "reml", [8.43366, 1.65731], 0.678000, 246.99075),
        (pastes, "ml", [8.43362, 1.19918], 0.678002, 247.99447),
    ],
)
def test_textbook_values_agree_with_lme4(made, method, variances, residual, criterion):
    found = fit(made(), method=method)
    assert list(found.variances.values()) == pytest.approx(variances, rel=1e-4)
    assert found.residual == pytest.approx(residual, rel=1e-5)
    assert found.criterion == pytest.approx(criterion, abs=1e-5)
    assert found.converged


def test_dyestuff_has_the_mean_of_all_and_the_textbook_standard_error():
    found = fit(data.cases(data.DYESTUFF, {"batch": BATCH}))
    assert found.fixed[0] == pytest.approx(1527.5)
    assert np.sqrt(found.fixed_covariance[0, 0]) == pytest.approx(19.383, abs=5e-4)


def test_cbpp_agrees_with_lme4():
    found = fit(cbpp(), "binomial")
    ways = (
        gammaln(data.CBPP_SIZE + 1)
        - gammaln(data.CBPP_CASES + 1)
        - gammaln(data.CBPP_SIZE - data.CBPP_CASES + 1)
    )
    assert found.criterion - 2 * ways.sum() == pytest.approx(184.0525637, abs=1e-6)
    assert found.variances["herd"] == pytest.approx(0.4125, abs=1e-5)
    assert found.fixed == pytest.approx([-1.398532, -0.992333, -1.128672, -1.580314], abs=2e-6)
    first = [0.590020, -0.298897, 0.406256, 0.039277, -0.190015, -0.400269, 0.889394, 0.599372]
    assert found.effects["herd"][:8] == pytest.approx(first, abs=5e-6)


def test_cbpp_as_counts_agrees_with_lme4():
    """incidence ~ period + (1 | herd) + offset(log(size)), family poisson."""
    found = fit(cbpp(), "poisson")
    assert found.criterion == pytest.approx(180.4832954, abs=1e-6)
    assert found.variances["herd"] == pytest.approx(0.2416499, abs=2e-5)
    assert found.fixed == pytest.approx([-1.648365, -0.844065, -0.966289, -1.391046], abs=2e-5)


def test_cbpp_is_the_same_fit_cow_by_cow():
    rows = np.repeat(np.arange(56), data.CBPP_SIZE.astype(int))
    sick = np.concatenate(
        [np.arange(size) < ill for size, ill in zip(data.CBPP_SIZE, data.CBPP_CASES, strict=True)]
    )
    fixed = data.dummies(data.CBPP_PERIOD[rows], [2, 3, 4])
    one = fit(data.cases(sick, {"herd": data.CBPP_HERD[rows]}, fixed, names=("2", "3", "4")), "binomial")
    assert one.criterion == pytest.approx(fit(cbpp(), "binomial").criterion, abs=1e-7)


@pytest.mark.parametrize(
    ("method", "variances", "residual", "criterion"),
    [
        ("reml", {"s": 0.105998, "d": 0.265221, "dept": 0.00691}, 1.386500, 237733.8341),
        ("ml", {"s": 0.105968, "d": 0.265207, "dept": 0.006165}, 1.386490, 237721.76877),
    ],
)
def test_insteval_agrees_with_lme4_and_mixedmodels(insteval, method, variances, residual, criterion):
    """lme4 1.1-31; the criterion of maximum likelihood is pinned by MixedModels.jl.

    Variances to the digits to which lme4's optimiser found them: ours have the smaller gradient.
    """
    found = fit(evaluations(insteval, insteval["y"].astype(float), "s", "d", "dept"), method=method)
    assert found.criterion == pytest.approx(criterion, abs=5e-5)
    assert found.criterion < criterion + 6e-6 if method == "ml" else True
    assert found.residual == pytest.approx(residual, abs=2e-6)
    for name, variance in variances.items():
        assert found.variances[name] == pytest.approx(variance, abs=6e-6)
    assert found.gradient_norm < 0.01


def test_insteval_effects_agree_with_lme4(insteval):
    found = fit(evaluations(insteval, insteval["y"].astype(float), "s", "d", "dept"))
    names = np.unique(insteval["d"]).tolist()
    effects = [found.effects["d"][names.index(name)] for name in ("1", "6", "7", "8")]
    assert effects == pytest.approx([0.38171, -0.47452, 0.71546, -0.59457], abs=5e-6)


def test_insteval_with_departments_by_service_agrees_with_lme4(insteval):
    found = fit(evaluations(insteval, insteval["y"].astype(float), "s", "d", "dept:service"))
    assert found.criterion == pytest.approx(237661.5357, abs=5e-5)


def test_insteval_as_yes_or_no_agrees_with_lme4(insteval):
    found = fit(evaluations(insteval, insteval["y"].astype(float) >= 4, "s", "d", "dept"), "binomial")
    assert found.criterion == pytest.approx(92821.7703, abs=5e-4)
    assert found.criterion < 92821.7704
    assert list(found.variances.values()) == pytest.approx([0.22726, 0.62067, 0.01350], abs=1e-5)
    assert found.gradient_norm < 0.01


def test_verbagg_agrees_with_lme4():
    table = data.columns("verbagg.csv")
    levels = {"Gender": ["M"], "btype": ["scold", "shout"], "situ": ["self"], "mode": ["do"]}
    fixed = [
        table["Anger"].astype(float)[:, None],
        *(data.dummies(table[name], v) for name, v in levels.items()),
    ]
    names = ("Anger", "M", "scold", "shout", "self", "do")
    people = {"id": table["id"], "item": table["item"]}
    found = fit(data.cases(table["r2"] == "Y", people, np.column_stack(fixed), names=names), "binomial")
    assert found.criterion == pytest.approx(8135.8328558, abs=1e-6)
    assert list(found.variances.values()) == pytest.approx([1.793505, 0.117147], rel=1e-5)
    coefficients = [0.553415, 0.0574205, 0.320810, -1.059799, -2.103839, -1.054308, -0.707044]
    assert found.fixed == pytest.approx(coefficients, abs=1e-4)
