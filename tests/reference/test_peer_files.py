"""Point by point against qicharts2 0.8.1 and NHSRplotthedots 0.2.2."""

import numpy as np
import pytest

from andon.stats import charts, icons, rules, runs
from andon.stats.segments import Segments
from tests.reference.files import columns, numbers


def accidents(kind, **options):
    table = columns("qicharts2_nhs_accidents.csv")
    n = numbers(table["n"])
    return charts.limits(kind, numbers(table["r"]) / n, [0, 20], n, **options)


def loans(**options):
    cost = numbers(columns("montgomery_qic_tbl_06.07.csv")["cost"])
    return charts.limits("xmr", cost, [0, 40], baseline=20, **options)


def loan_ranges(screen):
    cost = numbers(columns("montgomery_qic_tbl_06.07.csv")["cost"])
    return charts.limits("mr", charts.ranges(cost, [0, 40]), [0, 40], baseline=19, screen=screen)


def rings(kind):
    ring = numbers(columns("montgomery_qic_tbl_06.03.csv")["obs"]).reshape(25, 5)
    deviation = ring.std(axis=1, ddof=1)
    if kind == "s":
        return charts.limits("s", deviation, [0, 25], 5)
    return charts.limits("xbar-s", ring.mean(axis=1), [0, 25], 5, within=deviation)


def rates(table, size, divisor=1.0):
    found = columns(table)
    exposure = numbers(found[size]) / divisor
    return charts.limits("u", numbers(found["count"]) / exposure, [0, len(exposure)], exposure)


def rejects():
    found = columns("montgomery_qic_tbl_07.04.csv")
    size = numbers(found["size"])
    return charts.limits("p", numbers(found["count"]) / size, [0, 25], size)


def boards():
    kept = np.arange(46) < 26
    kept[[5, 19]] = False
    count = numbers(columns("montgomery_qic_tbl_07.08.csv")["count"])
    return charts.limits("c", count, [0, 46], baseline=kept)


def between():
    return charts.limits("g", numbers(columns("g_sim.csv")["g"]), [0, 30])


CASES = {
    "qic_Montgomery_6_3_s.csv": lambda: rings("s"),
    "qic_Montgomery_6_3_xbar.csv": lambda: rings("xbar-s"),
    "qic_Montgomery_6_5_I_frz20_FALSE.csv": lambda: loans(screen=False),
    "qic_Montgomery_6_5_I_frz20_TRUE.csv": lambda: loans(screen=True),
    "qic_Montgomery_6_5_MR_FALSE.csv": lambda: loan_ranges(False),
    "qic_Montgomery_6_5_MR_TRUE.csv": lambda: loan_ranges(True),
    "qic_Montgomery_7_3_c_excl.csv": boards,
    "qic_Montgomery_7_4_p_varn.csv": rejects,
    "qic_Montgomery_7_4_u.csv": lambda: rates("montgomery_qic_tbl_07.10.csv", "size"),
    "qic_Montgomery_7_5_u.csv": lambda: rates("montgomery_qic_tbl_07.11.csv", "meters", 50.0),
    "qic_g_sim_seed1.csv": between,
    "qic_nhs_accidents_p.csv": lambda: accidents("p"),
    "qic_nhs_accidents_pp_FALSE.csv": lambda: accidents("p'", screen=False),
    "qic_nhs_accidents_pp_TRUE.csv": lambda: accidents("p'", screen=True),
}


@pytest.mark.parametrize("name", CASES)
def test_every_point_has_the_limits_of_qicharts2(name):
    table, limits = columns(name), CASES[name]()
    y = numbers(table["y"])
    scale = 50 if name == "qic_Montgomery_7_5_u.csv" and limits.centre[0] < 1 else 1
    for line, column in (("centre", "cl"), ("lower", "lcl"), ("upper", "ucl")):
        assert getattr(limits, line) * scale == pytest.approx(numbers(table[column]), rel=1e-12, abs=1e-12), (
            line
        )
    mark = rules.marks("limits", y, limits, [0, len(y)])
    assert list(mark > 0) == [cell == "TRUE" for cell in table["sigma.signal"]]


EXCLUDED = {"qic_Montgomery_7_3_c_excl.csv": [5, 19]}


@pytest.mark.parametrize("name", CASES)
def test_runs_and_crossings_of_qicharts2(name):
    table = columns(name)
    side = np.nan_to_num(np.sign(numbers(table["y"]) - numbers(table["cl"])))
    side[EXCLUDED.get(name, [])] = 0
    found = runs.signals(side, Segments(np.array([0, len(side)])))
    mine = [found.longest_run, found.longest_allowed, found.crossings, found.fewest_allowed]
    theirs = [table[c][0] for c in ("longest.run", "longest.run.max", "n.crossings", "n.crossings.min")]
    assert [int(number[0]) for number in mine] == [int(cell) for cell in theirs]
    assert found.signal[0] == (table["runs.signal"][0] == "TRUE")


@pytest.mark.parametrize(("name", "good"), [("increase", "high"), ("decrease", "low")])
class TestMakingDataCount:
    @pytest.fixture
    def table(self, name):
        return columns(f"nhs_rules_{name}.csv")

    @pytest.fixture
    def limits(self, table):
        y = numbers(table["y"])
        return charts.limits("xmr", y, [0, len(y)], d2="2.66", screen=True)

    def test_limits_point_by_point(self, table, limits, good):
        for line, column in (("centre", "mean_col"), ("lower", "lpl"), ("upper", "upl")):
            assert getattr(limits, line) == pytest.approx(numbers(table[column]), rel=1e-12), line

    def test_special_causes_point_by_point(self, table, limits, good):
        y = numbers(table["y"])
        mark = rules.marks("nhs", y, limits, [0, len(y)])
        words = {"Common Cause": 0, "Above UCL": 1, "Below LCL": 1, "7 Point Trend (Increasing)": 4}
        theirs = [words[cell] for cell in table["special_cause_type"]]
        assert [int(m) & -int(m) if m & 1 else int(m) & 7 for m in mark] == theirs

    def test_close_to_the_limits_point_by_point(self, table, limits, good):
        y = numbers(table["y"])
        close = (abs(limits.scores(y)) > 2) & (rules.marks("limits", y, limits, [0, len(y)]) == 0)
        assert list(close) == [cell == "TRUE" for cell in table["close_to_limits"]]

    def test_improvement_and_concern_point_by_point(self, table, limits, good):
        y = numbers(table["y"])
        direction = icons.directions(y, limits, [0, len(y)])
        better = {"high": 1, "low": -1}[good]
        words = {better: "special_cause_improvement", -better: "special_cause_concern", 0: "common_cause"}
        assert [words[int(d)] for d in direction] == table["point_type"]
