"""Numbers made of columns, row by row: what a contact centre reports."""

import math
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon import lake
from andon.lake.derived import Derived, derived, highest
from andon.lake.metrics import people_by_mechanism

ROWS = (
    # mechanism, wait, gone, nps, csat, talk, wrap, worker
    ("phone", 30, "no", 10, 5, 100, 20, "a"),
    ("phone", 100, "no", 6, 3, 200, 40, "a"),
    ("phone", 130, "no", 8, 4, 300, "", "b"),
    ("phone", 15, "yes", "", "", "", "", ""),
    ("chat", 30, "no", 9, 2, "", "", "b"),
    ("chat", "", "yes", 0, 1, "", "", "c"),
    ("chat", "", "no", 7, "", "", "", "c"),
)
COLUMNS = ("mechanism", "wait", "gone", "nps", "csat", "talk", "wrap", "worker")


@pytest.fixture
def made(tmp_path):
    """`made(*wanted)` gives (n, mean) of each, by mechanism."""
    source = written(tmp_path / "x.parquet", [dict(zip(COLUMNS, row, strict=True)) for row in ROWS])
    rows = lake.reduce(source, lake.CellSpec("at", "week", ("mechanism",)))

    def make(*wanted):
        return {name: _by_mechanism(cells) for name, cells in derived(source, rows, wanted).items()}

    make.source = source
    return make


def written(path, rows):
    """As the lake keeps a file that was brought in: typed, what is empty unknown; all in one week."""
    for minute, row in enumerate(rows):
        row["at"] = datetime(2026, 1, 5, 10, minute)
        if "gone" in row:
            row["gone"] = row["gone"] == "yes"
    known = [{name: None if value == "" else value for name, value in row.items()} for row in rows]
    pq.write_table(pa.Table.from_pylist(known), path)
    return lake.open_source([str(path)])


def _by_mechanism(cells):
    names = [cells.by["mechanism"].levels[code] for code in cells.by["mechanism"].codes]
    return {
        name: (int(n), total / n if n else math.nan)
        for name, n, total in zip(names, cells.n.tolist(), cells.total.tolist(), strict=True)
    }


def test_promoters_less_detractors_of_those_who_answered(made):
    found = made(Derived("nps", "net", ("nps",), 9, 6))["nps"]
    assert found == {"phone": (3, 0.0), "chat": (3, 0.0)}


def test_the_share_from_a_bound_on(made):
    found = made(Derived("csat", "share", ("csat",), 4))["csat"]
    assert found == {"phone": (3, pytest.approx(2 / 3)), "chat": (2, 0.0)}


def test_who_gave_up_was_not_answered_in_time_however_short_the_wait(made):
    found = made(Derived("service", "within", ("wait",), 40, limits={"phone": 120}, gone="gone"))["service"]
    assert found == {"phone": (4, 0.5), "chat": (2, 0.5)}


def test_without_a_limit_of_its_own_a_mechanism_has_the_usual_one(made):
    found = made(Derived("service", "within", ("wait",), 40, limits={"chat": 10}))["service"]
    assert found == {"phone": (4, 0.5), "chat": (1, 0.0)}


def test_a_sum_counts_where_all_its_parts_are_known(made):
    found = made(Derived("handling", "sum", ("talk", "wrap")), Derived("part", "part", ("talk", "wrap")))
    assert found["handling"]["phone"] == (2, 180.0)
    assert found["part"]["phone"] == (2, 150.0)
    assert found["handling"]["chat"][0] == 0


def test_the_greatest_value_tells_the_scale(made):
    assert highest(made.source, "csat") == 5


def test_without_a_column_of_who_served_nobody_is_counted(tmp_path):
    source = written(tmp_path / "y.parquet", [{"mechanism": "phone"}, {"mechanism": "chat"}])
    assert people_by_mechanism(source) == {"phone": 0, "chat": 0}


def test_people_are_counted_by_mechanism_and_nobody_is_none(made):
    assert people_by_mechanism(made.source) == {"phone": 2, "chat": 2}


@settings(max_examples=12)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=30))
def test_the_net_score_is_the_difference_of_two_shares(tmp_path_factory, answers):
    path = tmp_path_factory.mktemp("nps") / "x.parquet"
    source = written(path, [{"mechanism": "m", "nps": answer} for answer in answers])
    rows = lake.reduce(source, lake.CellSpec("at", "week", ("mechanism",)))
    cells = derived(source, rows, [Derived("nps", "net", ("nps",), 9, 6)])["nps"]
    promoters, detractors = sum(a >= 9 for a in answers), sum(a <= 6 for a in answers)
    assert cells.total.sum() / cells.n.sum() == pytest.approx(100 * (promoters - detractors) / len(answers))
