"""A metric beside the outcome, in cells: nothing is lost, what is missing is left out."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.lake import BadInput, open_source
from andon.lake.metrics import (
    MetricSpec,
    fine_counts,
    holding,
    joint_cells,
    metric_cells,
    open_rows,
    plan_metrics,
)

BY = {"worker": ("agent",), "mechanism": ("queue",)}


@pytest.fixture
def columns():
    rng = np.random.default_rng(1)
    return {
        "day": np.datetime64("2025-01-06") + rng.integers(0, 60, 900),
        "agent": np.array(["a", "b", "c", None], object)[rng.integers(0, 4, 900)],
        "queue": np.array(["x", "y"])[rng.integers(0, 2, 900)],
        "wait": np.where(rng.random(900) < 0.2, np.nan, np.round(rng.gamma(2, 60, 900))),
        "calls": rng.integers(0, 4, 900),
        "csat": rng.integers(1, 6, 900),
    }


def opened(tmp_path, columns, metrics, **more):
    pq.write_table(
        pa.table({name: pa.array(values) for name, values in columns.items()}), tmp_path / "c.parquet"
    )
    source = open_source(tmp_path / "c.parquet")
    spec = MetricSpec("day", "csat", tuple(metrics), more.pop("by", BY), **more)
    return open_rows(source, plan_metrics(source, spec))


def test_sums_are_those_of_the_rows_that_know_the_metric_and_name_somebody(tmp_path, columns):
    cells = metric_cells(opened(tmp_path, columns, ["wait"]), "wait")
    kept = np.isfinite(columns["wait"]) & np.array([one is not None for one in columns["agent"]])
    wait, csat = columns["wait"][kept], columns["csat"][kept]
    x = (wait - cells.metric.mean) / cells.metric.spread
    y = (csat - cells.outcome.mean) / cells.outcome.spread
    assert cells.cases == kept.sum()
    for name, values in {"x": x, "y": y, "xx": x * x, "xy": x * y, "yy": y * y}.items():
        assert getattr(cells, name).sum() == pytest.approx(values.sum(), abs=1e-6)
    assert sorted(cells.factors["worker"].levels) == ["(not given)", "a", "b", "c"]


def test_stretches_hold_about_equal_shares_and_few_values_are_each_their_own(tmp_path, columns):
    rows = opened(tmp_path, columns, ["wait", "calls"])
    wait, calls = metric_cells(rows, "wait"), metric_cells(rows, "calls")
    share = np.bincount(wait.stretch, wait.n) / wait.cases
    assert len(share) == 10
    assert share.min() > 0.07
    assert np.bincount(calls.stretch, calls.n).tolist() == [
        float(((columns["calls"] == value) & [one is not None for one in columns["agent"]]).sum())
        for value in range(4)
    ]


def test_together_only_cases_that_know_all_of_them_count(tmp_path, columns):
    rows = opened(tmp_path, columns, ["wait", "calls"])
    found = joint_cells(rows, ["wait", "calls"])
    kept = np.isfinite(columns["wait"]) & np.array([one is not None for one in columns["agent"]])
    assert found.n.sum() == kept.sum()
    assert found.names == ("wait", "calls")
    assert found.products.shape[1:] == (3, 3)


def test_a_metric_known_too_seldom_is_left_out_of_those_together(tmp_path, columns):
    rare = np.where(np.arange(900) < 100, 1.0 * np.arange(900), np.nan)
    rows = opened(tmp_path, columns | {"rare": rare}, ["wait", "calls", "rare"])
    found = joint_cells(rows, ["wait", "calls", "rare"])
    assert found.names == ("wait", "calls")
    assert found.missing == ("rare",)


def test_fine_counts_tell_values_at_an_edge_from_those_between(tmp_path, columns):
    columns["wait"] = np.tile([10.0, 10.5, 11.0, 30.0, 60.0, 90.0, 120.25, 41.0, 52.0], 100)
    rows = opened(tmp_path, columns, ["wait"], by={})
    found = fine_counts(rows, "wait")
    values = {10.0: 2 * 10 / found.width, 30.0: 2 * 30 / found.width}
    for place in values.values():
        assert found.n[found.place == round(place)].sum() == 100
    assert found.n.sum() == 900


def test_months_stay_months(tmp_path, columns):
    columns["day"] = columns["day"].astype("datetime64[M]").astype("datetime64[D]")
    columns["day"][:300] = np.datetime64("2025-04-01")
    assert opened(tmp_path, columns, ["wait"]).every == "month"


def test_a_period_asked_for_is_kept(tmp_path, columns):
    assert opened(tmp_path, columns, ["wait"], every="day").every == "day"


def test_texts_are_numbers_where_they_look_it(tmp_path, columns):
    columns["wait"] = np.array([f"{1000 + i:,}" for i in range(900)], object)
    rows = opened(tmp_path, columns, ["wait"])
    assert rows.metrics["wait"].low == 1000
    assert rows.metrics["wait"].high == 1899


def test_one_column_cannot_be_metric_and_worker(tmp_path, columns):
    with pytest.raises(BadInput, match="as --metric and as --worker"):
        opened(tmp_path, columns, ["agent"])


def test_dates_are_no_metric(tmp_path, columns):
    with pytest.raises(BadInput, match="holds times"):
        opened(tmp_path, columns | {"closed": columns["day"]}, ["closed"])


@pytest.mark.parametrize(
    "by",
    [BY, {"mechanism": ("queue", "calls"), "team": ("agent",)}, {"worker": ("agent",)}, {}],
    ids=["who and what", "several columns", "no mechanism", "nobody"],
)
def test_rows_that_are_held_say_the_same_as_rows_that_are_read_anew(tmp_path, columns, by, monkeypatch):
    def counted():
        rows = opened(tmp_path, columns, ["wait", "csat_before"], by=by)
        cells, fine = metric_cells(rows, "wait"), fine_counts(rows, "wait", ("csat_before",))
        joint = joint_cells(rows, ["wait", "csat_before"])
        return _sorted(cells, "period", "stretch"), _sorted(joint, "period"), _fine(fine)

    columns["csat_before"] = np.roll(columns["csat"], 1)
    held = counted()
    monkeypatch.setattr(holding, "MOST_HELD", 0)
    for one, other in zip(held, counted(), strict=True):
        assert one.keys() == other.keys()
        assert all(values == pytest.approx(other[key], abs=1e-9) for key, values in one.items())


def _sorted(cells, *more):
    """Sums by the names of who and what, and by numbers."""
    keys = [[one.levels[code] for code in one.codes] for one in cells.factors.values()]
    keys += [getattr(cells, name).tolist() for name in more]
    sums = getattr(cells, "sums", None)
    values = np.column_stack([cells.n, *([cells.x, cells.xy] if sums is None else sums.T)]).tolist()
    return dict(zip(zip(*keys, strict=True), values, strict=True))


def _fine(fine):
    named = [fine.mechanisms[code] for code in fine.mechanism]
    values = np.column_stack([fine.n, fine.y, *fine.others["csat_before"]]).tolist()
    return dict(zip(zip(named, fine.place.tolist(), strict=True), values, strict=True))
