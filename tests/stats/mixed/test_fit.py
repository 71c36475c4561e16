"""What must not matter to a fit, and what it says of the awkward."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.stats.mixed import Design, Grouping, fit
from tests.stats.mixed.making import FAMILIES, SEEDS, crossed, design, grouping, outcome

NAMES = ("worker", "mechanism", "worker x mechanism")
each_family = pytest.mark.parametrize("family", FAMILIES)


def made(seed, family, names=NAMES, **options):
    rng, labels, x, eta = crossed(seed, **options)
    return rng, design(outcome(rng, family, eta), {name: labels[name] for name in names}, x.round())


def same(one, other, scale=1.0):
    """Two fits agree, the second of an outcome `scale` times as large."""
    for name, variance in one.variances.items():
        assert other.variances[name] == pytest.approx(variance * scale**2, rel=1e-3, abs=1e-5 * scale**2)
        assert other.effects[name] == pytest.approx(one.effects[name] * scale, rel=1e-3, abs=1e-4 * scale)
        assert other.pev[name] == pytest.approx(one.pev[name] * scale**2, rel=1e-2, abs=1e-4 * scale**2)
    assert other.fixed == pytest.approx(one.fixed * scale, rel=1e-3, abs=1e-4 * scale)


def reordered(d, order):
    groupings = {name: Grouping(codes[order], levels) for name, (codes, levels) in d.groupings.items()}
    return Design(d.n[order], d.total[order], d.squares[order], groupings, d.fixed[order], d.fixed_names)


def as_cells(d):
    """Cases alike in every grouping and covariate put together."""
    key = np.column_stack([*(codes for codes, _ in d.groupings.values()), d.fixed])
    _, first, cell = np.unique(key, axis=0, return_index=True, return_inverse=True)
    n, total, squares = (np.bincount(cell.ravel(), v) for v in (d.n, d.total, d.squares))
    groupings = {name: Grouping(codes[first], levels) for name, (codes, levels) in d.groupings.items()}
    return Design(n, total, squares, groupings, d.fixed[first], d.fixed_names)


@each_family
@given(SEEDS)
@settings(max_examples=6)
def test_rows_and_cells_give_the_same_fit(family, seed):
    _, d = made(seed, family)
    rows, cells = fit(d, family), fit(as_cells(d), family)
    same(rows, cells)
    if family != "poisson":  # its constant is that of the cells
        assert cells.criterion == pytest.approx(rows.criterion, abs=1e-5)


@each_family
@given(SEEDS)
@settings(max_examples=6)
def test_the_order_of_cells_does_not_matter(family, seed):
    rng, d = made(seed, family)
    same(fit(d, family), fit(reordered(d, rng.permutation(len(d.n))), family))


@given(SEEDS, st.sampled_from([1e-12, 1e-3, 100, 1e12]), st.sampled_from([0, -1e3, 1e3]))
@settings(max_examples=8)
def test_the_unit_of_the_outcome_does_not_matter_nor_where_it_starts(seed, unit, start):
    _, d = made(seed, "gaussian")
    moved = (d.total + start) * unit
    there = Design(d.n, moved, moved**2, d.groupings, d.fixed, d.fixed_names)
    one, other = fit(d), fit(there)
    one.fixed[0] += start
    same(one, other, unit)
    freedom = len(d.n) - 2
    assert other.criterion - 2 * freedom * np.log(unit) == pytest.approx(one.criterion, abs=1e-4)


@given(SEEDS)
@settings(max_examples=6)
def test_the_numbering_of_levels_does_not_matter(seed):
    rng, d = made(seed, "binomial")
    turn = {name: rng.permutation(g.levels) for name, g in d.groupings.items()}
    turned = {name: Grouping(turn[name][codes], levels) for name, (codes, levels) in d.groupings.items()}
    one = fit(d, "binomial")
    other = fit(Design(d.n, d.total, None, turned, d.fixed, d.fixed_names), "binomial")
    for name in NAMES:
        assert other.effects[name][turn[name]] == pytest.approx(one.effects[name], abs=1e-4)


@each_family
@given(SEEDS)
@settings(max_examples=10)
def test_a_converged_fit_has_a_small_gradient_and_nothing_lower_near_it(family, seed):
    _, d = made(seed, family)
    found = fit(d, family)
    assert found.converged
    assert found.gradient_norm < 0.05
    assert found.gradient_norm == pytest.approx(np.linalg.norm(found.gradient))
    again = fit(d, family, start=dict.fromkeys(NAMES, 0.3))
    assert again.criterion >= found.criterion - 1e-3


@each_family
def test_where_nothing_varies_between_levels_variances_are_exactly_zero(family):
    _rng, _labels, _x, _ = crossed(3)
    level = np.tile([0.0, 1.0], 80)  # each worker, in turn, exactly as the others
    found = fit(design(level, {"worker": np.repeat(np.arange(20), 8)}), family)
    assert found.variances == {"worker": 0.0}
    assert not found.effects["worker"].any()
    assert not found.pev["worker"].any()
    assert "worker: no more variation than chance gives, so its variance is zero." in found.notes
    assert found.converged


def test_a_variance_on_zero_is_one_from_which_the_criterion_only_rises():
    rng, labels, _x, _ = crossed(11)
    d = design(rng.normal(size=160), {name: labels[name] for name in NAMES})
    found = fit(d)
    zero = [name for name, variance in found.variances.items() if variance == 0]
    assert zero
    for name in zero:
        rest = {other: g for other, g in d.groupings.items() if other != name}
        without = fit(Design(d.n, d.total, d.squares, rest, d.fixed, d.fixed_names))
        assert without.criterion == pytest.approx(found.criterion, abs=1e-6)


def test_a_level_without_cases_has_no_effect_and_the_whole_variance():
    rng, labels, x, eta = crossed(1)
    worker = Grouping(labels["worker"] * 2, 30)
    found = fit(design(outcome(rng, "gaussian", eta), {"worker": worker}, x))
    unseen = np.setdiff1d(np.arange(30), worker.codes)
    assert not found.effects["worker"][unseen].any()
    assert found.pev["worker"][unseen] == pytest.approx(found.variances["worker"])


def test_empty_cells_change_nothing():
    _, d = made(2, "gaussian")
    wide = {name: Grouping(np.append(codes, 0), levels) for name, (codes, levels) in d.groupings.items()}
    fixed = np.vstack([d.fixed, [[99.0]]])
    more = Design(
        np.append(d.n, 0), np.append(d.total, 0), np.append(d.squares, 0), wide, fixed, d.fixed_names
    )
    assert fit(more).criterion == fit(d).criterion


@each_family
def test_a_grouping_with_one_level_has_variance_zero_and_a_note(family):
    rng, labels, x, eta = crossed(4)
    d = design(outcome(rng, family, eta), {"worker": labels["worker"], "site": np.zeros(160, int)}, x)
    found = fit(d, family)
    alone = fit(design(d.total, {"worker": labels["worker"]}, x), family)
    assert found.variances["site"] == 0
    assert found.variances["worker"] == pytest.approx(alone.variances["worker"], rel=1e-3)
    assert "site has a single level, so its variance cannot be seen and is left at zero." in found.notes


@each_family
def test_covariates_that_say_nothing_new_are_left_out_and_named(family):
    rng, labels, x, eta = crossed(4)
    y, groups = outcome(rng, family, eta), {"worker": labels["worker"]}
    d = design(y, groups, np.column_stack([x, np.ones(160), 3 - 2 * x, x**2]))
    found = fit(d, family)
    plain = fit(design(y, groups, np.column_stack([x, x**2])), family)
    assert found.aliased == ("x1", "x2")
    assert found.fixed[[2, 3]].tolist() == [0, 0]
    assert found.fixed[[0, 1, 4]] == pytest.approx(plain.fixed, rel=1e-6)
    assert found.criterion == pytest.approx(plain.criterion, abs=1e-6)
    assert not found.fixed_covariance[2:4].any()
    assert any(note.startswith("x2 says nothing") for note in found.notes)


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_complete_separation_is_bounded_and_said(family):
    rng, labels, _x, eta = crossed(4)
    never = (labels["week"] == 0).astype(float)
    y = np.where(never > 0, 0, outcome(rng, family, eta))
    found = fit(design(y, {"worker": labels["worker"]}, never), family)
    assert -40 < found.fixed[1] < -10
    assert np.isfinite(found.fixed_covariance).all()
    assert found.converged
    assert any(
        note.startswith("x0: the data only say that its coefficient is very low") for note in found.notes
    )


@pytest.mark.parametrize("family", ["binomial", "poisson"])
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_outcomes_all_alike_give_a_finite_fit(family, value):
    _, labels, x, _ = crossed(4)
    found = fit(design(np.full(160, value), {name: labels[name] for name in NAMES}, x), family)
    assert found.converged
    assert set(found.variances.values()) == {0.0}
    assert np.isfinite(found.fixed).all()


def test_a_constant_outcome_has_no_variance_at_all():
    _, labels, x, _ = crossed(4)
    found = fit(design(np.full(160, 3.0), {name: labels[name] for name in NAMES}, x))
    assert (set(found.variances.values()), found.residual) == ({0.0}, 0.0)
    assert found.fixed == pytest.approx([3, 0])
    assert any("hardly varies" in note for note in found.notes)


def test_an_outcome_that_is_the_same_within_each_level_has_the_variance_of_its_levels():
    _, labels, _, _ = crossed(4)
    found = fit(design(labels["worker"] * 1.0, {name: labels[name] for name in ("worker", "mechanism")}))
    assert found.variances["worker"] == pytest.approx(np.var(np.arange(12), ddof=1), rel=1e-3)
    assert found.residual < 1e-3
    assert any("hardly varies" in note for note in found.notes)


def test_levels_that_are_all_or_nothing_have_a_variance_without_bound():
    _, labels, _, _ = crossed(4)
    found = fit(design((labels["worker"] < 6) * 1.0, {"worker": labels["worker"]}), "binomial")
    assert np.isfinite(found.variances["worker"])
    assert "worker: its levels are so unlike that its variance has no upper bound." in found.notes


def test_groupings_that_divide_alike_are_named():
    rng, labels, x, eta = crossed(4)
    d = design(outcome(rng, "gaussian", eta), {"worker": labels["worker"], "desk": 11 - labels["worker"]}, x)
    found = fit(d)
    one = fit(design(d.total, {"worker": labels["worker"]}, x))
    assert (
        "worker and desk divide the cases alike: only the sum of their variances can be told." in found.notes
    )
    assert sum(found.variances.values()) == pytest.approx(one.variances["worker"], rel=1e-3)


def test_one_case_a_level_is_named():
    rng, labels, _x, eta = crossed(4)
    found = fit(
        design(outcome(rng, "binomial", eta), {"case": np.arange(160), "worker": labels["worker"]}),
        "binomial",
    )
    assert "case has one case a level, so it cannot be told from chance within cells." in found.notes


def test_a_start_does_not_change_the_end():
    _, d = made(8, "gaussian")
    first = fit(d)
    again = fit(d, start={"worker": 2.0, "mechanism": 1e-4})
    assert again.criterion == pytest.approx(first.criterion, abs=1e-6)


def change(d, **what):
    return Design(**{**{name: getattr(d, name) for name in d.__slots__}, **what})


def bad(problem):
    """A design with one thing wrong."""
    _, d = made(1, "binomial")
    first = np.arange(160) == 0
    worker = d.groupings["worker"]
    return {
        "nothing grouped": (change(d, groupings={}), "needs at least one grouping"),
        "no cells": (reordered(d, np.zeros(0, int)), "there are no cases"),
        "no cases": (change(d, n=d.n * 0, total=d.total * 0), "there are no cases"),
        "outcome without a case": (
            change(d, n=d.n * ~first, total=d.total * 0 + 1),
            "total is not 0 although n is in cell 0",
        ),
        "not known": (change(d, total=np.where(first, np.nan, d.total)), "total is nan in cell 0"),
        "too long": (change(d, n=np.ones(3)), "total has 160 cells where n has 3"),
        "flat": (change(d, n=np.ones((160, 1))), "one number a cell"),
        "below nought": (change(d, total=d.total - 2), "total is below 0"),
        "more than all": (change(d, total=d.total + 2), "total is above n"),
        "negative cases": (change(d, n=d.n - 2), "n is below 0"),
        "codes out of range": (
            change(d, groupings={"worker": Grouping(worker.codes, 3)}),
            "worker has codes from 0 to 11, but 3",
        ),
        "codes missing": (
            change(d, groupings={"worker": Grouping(worker.codes - 1, 12)}),
            "whose worker is not known",
        ),
        "codes short": (change(d, groupings={"worker": Grouping(worker.codes[:5], 12)}), "160 cells"),
        "codes broken": (
            change(d, groupings={"worker": Grouping(worker.codes * 1.5, 30)}),
            "not whole numbers",
        ),
        "covariate unnamed": (change(d, fixed_names=()), "0 names"),
        "covariate twice": (change(d, fixed=np.ones((160, 2)), fixed_names=("a", "a")), "name of its own"),
        "covariate not known": (change(d, fixed=np.full((160, 1), np.inf)), "covariate x0 is inf in cell 0"),
    }[problem]


@pytest.mark.parametrize(
    "problem",
    [
        *(
            "nothing grouped",
            "no cells",
            "no cases",
            "outcome without a case",
            "not known",
            "too long",
            "flat",
        ),
        *(
            "below nought",
            "more than all",
            "negative cases",
            "codes out of range",
            "codes missing",
            "codes short",
        ),
        *("codes broken", "covariate unnamed", "covariate twice", "covariate not known"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(problem):
    d, sentence = bad(problem)
    with pytest.raises(ValueError, match=sentence):
        fit(d, "binomial")


def test_values_need_their_squares_and_more_cases_than_coefficients():
    _, d = made(1, "gaussian")
    with pytest.raises(ValueError, match="give squares"):
        fit(change(d, squares=None))
    with pytest.raises(ValueError, match="give more cases"):
        fit(design([1.0], {"worker": grouping(["a"])}))


@pytest.mark.parametrize(
    ("options", "sentence"), [({"family": "beta"}, "family beta"), ({"method": "mle"}, "method mle")]
)
def test_unknown_families_and_methods_are_named(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        fit(made(1, "gaussian")[1], **options)


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_a_covariate_that_tells_all_does_not_keep_a_fit_from_its_minimum(family):
    """Variances fall to zero while coefficients are still far from where they belong."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=200)
    groups = {"a": rng.integers(0, 10, 200), "b": rng.integers(0, 5, 200)}
    found = fit(design((x > 0) * 1.0, groups, x), family)
    assert found.converged
    assert found.gradient_norm < 0.01
    assert set(found.variances.values()) == {0.0}
