"""Cells by worker, mechanism, team, week and covariates: nothing is lost, and what cannot be used is said."""

import collections

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon import lake
from andon.lake import BadInput, factor_arrays, factoring
from andon.lake.factor_plan import plan_factors
from andon.lake.factoring import factor_cells, factor_refusals
from andon.lake.factors import FactorSpec

BY = {"worker": ("worker",), "mechanism": ("mechanism",), "team": ("team",)}
ROWS = 3000


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(11)
    return {
        "worker": rng.integers(1, 15, ROWS),
        "mechanism": rng.choice(["Refunds", "Labels", "Sign-in"], ROWS),
        "team": rng.choice(["North", "South"], ROWS),
        "at": np.datetime64("2025-01-01", "s") + rng.integers(0, 60 * 86400, ROWS),
        "ok": rng.random(ROWS) < 0.8,
        "minutes": rng.gamma(3, 400, ROWS) + 1e6,
        "wait": rng.gamma(2, 30, ROWS),
        "channel": rng.choice(["phone", "mail"], ROWS),
    }


@pytest.fixture
def source(rows, tmp_path):
    def write(**changes):
        path = tmp_path / "rows.parquet"
        pq.write_table(pa.table({**rows, **changes}), path)
        return lake.open_source([str(path)])

    return write


def spec(outcome="ok", **changes):
    return FactorSpec(**{"outcome": outcome, "by": BY, **changes})


def told(cells, *names):
    """n and Σy by the names of levels, whatever the order of cells."""
    found = collections.defaultdict(lambda: np.zeros(2))
    factors = [{**cells.factors, **cells.bins}[name] for name in names]
    for i in range(len(cells)):
        key = tuple(factor.levels[factor.codes[i]] for factor in factors)
        found[key] += (cells.n[i], cells.total[i])
    return {key: tuple(value) for key, value in found.items()}


def test_every_case_is_in_a_cell_of_its_own_kind(source, rows):
    cells = factor_cells(source(), spec(at="at", covariates=("wait", "channel")))
    wanted = collections.Counter(
        zip(map(str, rows["worker"]), rows["mechanism"], rows["channel"], strict=True)
    )
    got = told(cells, "worker", "mechanism", "channel")
    assert {key: value[0] for key, value in got.items()} == dict(wanted)
    assert cells.total.sum() == rows["ok"].sum()


def test_weeks_begin_on_monday_and_are_in_order_of_time(source):
    levels = factor_cells(source(), spec(at="at")).factors["period"].levels
    assert levels[0] == "2024-12-30"
    assert levels == sorted(levels)


def test_values_keep_their_sums_of_squares_far_from_zero(source, rows):
    cells = factor_cells(source(), spec("minutes"))
    mean = cells.shift + cells.scale * cells.total.sum() / cells.cases
    variance = cells.scale**2 * (cells.squares.sum() / cells.cases - (cells.total.sum() / cells.cases) ** 2)
    assert mean == pytest.approx(rows["minutes"].mean(), rel=1e-12)
    assert variance == pytest.approx(rows["minutes"].var(), rel=1e-9)


def test_a_number_is_told_apart_in_twelve_stretches_and_keeps_its_mean(source, rows):
    cells = factor_cells(source(), spec(covariates=("wait",)))
    assert len(cells.bins["wait"].levels) == 12
    shares = np.bincount(cells.bins["wait"].codes, cells.n) / ROWS
    assert shares.min() > 0.07
    assert np.average(cells.slopes["wait"], weights=cells.n) == pytest.approx(rows["wait"].mean())


def test_few_different_numbers_are_a_stretch_each(source, rows):
    cells = factor_cells(source(lines=np.arange(ROWS) % 3), spec(covariates=("lines",)))
    assert cells.bins["lines"].levels == ["up to 0", "0 to 1", "above 1"]


def test_a_missing_number_has_a_level_of_its_own_and_no_mean(source, rows):
    wait = pa.array(np.where(np.arange(ROWS) % 10 == 0, np.nan, rows["wait"]), from_pandas=True)
    cells = factor_cells(source(wait=wait), spec(covariates=("wait",)))
    unknown = cells.bins["wait"].codes == cells.bins["wait"].levels.index("(not given)")
    assert cells.n[unknown].sum() == ROWS / 10
    assert np.isnan(cells.slopes["wait"][unknown]).all()
    assert np.isfinite(cells.slopes["wait"][~unknown]).all()


def test_ids_that_are_whole_numbers_go_in_order_of_number(source):
    cells = factor_cells(source(), spec())
    assert cells.numbered
    assert cells.factors["worker"].levels == [str(i) for i in range(1, 15)]


def test_ids_that_are_texts_keep_their_zeros(source, rows):
    cells = factor_cells(source(worker=[f"{i:03}" for i in rows["worker"]]), spec())
    assert not cells.numbered
    assert cells.factors["worker"].levels[0] == "001"


def test_names_that_differ_only_in_spaces_are_one(source, rows):
    mechanism = [f"  {name} " if i % 2 else name for i, name in enumerate(rows["mechanism"])]
    cells = factor_cells(source(mechanism=mechanism), spec())
    assert cells.factors["mechanism"].levels == ["Labels", "Refunds", "Sign-in"]


def test_several_columns_of_a_factor_combine(source):
    cells = factor_cells(source(), spec(by=BY | {"mechanism": ("mechanism", "channel")}))
    assert cells.factors["mechanism"].levels[:2] == ["Labels · mail", "Labels · phone"]


def test_rows_without_a_worker_are_left_out_and_counted(source, rows):
    worker = pa.array([None if i % 100 == 0 else int(w) for i, w in enumerate(rows["worker"])])
    cells = factor_cells(source(worker=worker), spec())
    assert cells.nobody == 30
    assert cells.tally.used == cells.cases == ROWS - 30
    assert "(not given)" not in cells.factors["worker"].levels


def test_a_mechanism_that_is_not_given_is_one_of_its_own(source, rows):
    mechanism = [None if i % 100 == 0 else m for i, m in enumerate(rows["mechanism"])]
    assert "(not given)" in factor_cells(source(mechanism=mechanism), spec()).factors["mechanism"].levels


def test_rows_that_cannot_be_read_are_refused_with_their_place(source, rows):
    opened = source(
        ok=["perhaps" if i == 7 else "" if i == 8 else "yes" if y else "no" for i, y in enumerate(rows["ok"])]
    )
    todo = plan_factors(opened, spec())
    cells = factor_cells(opened, spec(), todo)
    assert (cells.tally.refused, cells.tally.missing, cells.tally.used) == (1, 1, ROWS - 2)
    [refused] = factor_refusals(opened, todo)
    assert (refused.row, refused.column, refused.value) == (8, "ok", "perhaps")


def test_rows_without_a_time_are_refused(source, rows):
    at = pa.array([None if i < 5 else t for i, t in enumerate(rows["at"].astype(object))], pa.timestamp("s"))
    assert factor_cells(source(at=at), spec(at="at")).tally.refused == 5


def test_only_the_rows_asked_for_are_counted(source, rows):
    cells = factor_cells(source(), spec(where=(("team", "North"), ("channel", "mail"))))
    wanted = ((rows["team"] == "North") & (rows["channel"] == "mail")).sum()
    assert cells.cases == wanted
    assert cells.tally.filtered == ROWS - wanted


@pytest.mark.parametrize(
    ("outcome", "kind", "found"),
    [
        ("ok", None, "proportion"),
        ("minutes", None, "value"),
        ("lines", None, "value"),
        ("lines", "count", "count"),
    ],
)
def test_the_kind_is_told_by_the_outcome_or_asked_for(source, outcome, kind, found):
    cells = factor_cells(source(lines=np.arange(ROWS) % 4), spec(outcome, kind=kind))
    assert cells.kind == found


@pytest.mark.parametrize(
    ("outcome", "kind"), [("minutes", "proportion"), ("minutes", "count"), ("below", "count")]
)
def test_a_kind_that_does_not_fit_is_turned_down(source, outcome, kind):
    with pytest.raises(BadInput, match=outcome):
        factor_cells(source(below=np.arange(ROWS) % 3 - 1), spec(outcome, kind=kind))


def test_one_column_cannot_be_two_things(source):
    with pytest.raises(BadInput, match="--worker and as --team"):
        factor_cells(source(), spec(by=BY | {"team": ("worker",)}))


def test_a_column_of_times_is_no_covariate(source):
    with pytest.raises(BadInput, match="holds times"):
        factor_cells(source(), spec(covariates=("at",)))


def test_more_mechanisms_than_can_be_told_apart_are_turned_down(source, monkeypatch):
    monkeypatch.setitem(factor_arrays.MOST_LEVELS, "mechanism", 2)
    with pytest.raises(BadInput, match="coarser column as --mechanism"):
        factor_cells(source(), spec())


def test_with_too_many_combinations_periods_get_longer_and_that_is_said(source, monkeypatch):
    monkeypatch.setattr(factoring, "MOST_CELLS", 400)
    cells = factor_cells(source(), spec(at="at"))
    assert cells.every == "month"
    assert "Periods are months" in cells.notes[-1]


def test_then_covariates_are_cut_into_fewer_stretches(source, monkeypatch):
    monkeypatch.setattr(factoring, "MOST_CELLS", 500)
    cells = factor_cells(source(), spec(covariates=("wait",)))
    assert len(cells.bins["wait"].levels) < 12
    assert "fewer stretches" in cells.notes[-1]
    assert cells.cases == ROWS


def test_combinations_that_stay_too_many_are_turned_down(source, monkeypatch):
    monkeypatch.setattr(factoring, "MOST_CELLS", 20)
    with pytest.raises(BadInput, match="leave out a --covariate"):
        factor_cells(source(), spec(at="at", covariates=("wait",)))


def test_rare_words_of_a_covariate_are_one_level(source, monkeypatch):
    monkeypatch.setattr(factor_arrays, "MOST_WORDS", 5)
    cells = factor_cells(source(word=[f"w{i % 9}" for i in range(ROWS)]), spec(covariates=("word",)))
    assert len(cells.bins["word"].levels) == 5
    assert cells.bins["word"].levels[-1] == "(other)"
    assert cells.cases == ROWS


def test_numbers_too_large_to_sum_are_turned_down(source):
    with pytest.raises(BadInput, match="larger unit"):
        factor_cells(source(minutes=np.linspace(1, 1e200, ROWS)), spec("minutes"))


@pytest.mark.spark
def test_spark_counts_the_same_cells(source, rows):
    from pyspark.sql import SparkSession

    from andon.lake.spark import SparkSource

    session = (
        SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false").getOrCreate()
    )  # fmt: skip
    path = source().tables[0].sql.split("'")[1]
    asked = spec("minutes", at="at", covariates=("channel",))
    here = factor_cells(lake.open_source([path]), asked)
    there = factor_cells(SparkSource(session.read.parquet(path)), asked)
    session.stop()
    names = ("worker", "mechanism", "team", "period", "channel")
    mine, theirs = told(here, *names), told(there, *names)
    assert mine.keys() == theirs.keys()
    assert all(mine[key] == pytest.approx(theirs[key], abs=1e-9) for key in mine)
