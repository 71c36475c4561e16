"""Whether a change helped: verdicts on points, from lively ones to far too few."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.escalations.rules import judging, life
from andon.escalations.rules.judging import Criterion, Level, Point

START = datetime(2026, 1, 5, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def weeks(values, n=400, start=START, phase=0):
    return [
        Point(start + i * WEEK, start + (i + 1) * WEEK, n, value, phase) for i, value in enumerate(values)
    ]


def verdict(before, after, level=0.015, n=400, kind="proportion", good="low", side="at_most"):
    base, window = (judging.level_of(weeks(values, n), kind) for values in (before, after))
    return judging.judge(base, window, Criterion(side, level), kind, good, "share")


HIGH = [0.025, 0.027, 0.023, 0.026, 0.024, 0.025, 0.028, 0.022, 0.025, 0.025]


class TestVerdicts:
    def test_as_promised_and_more_than_chance_is_effective(self):
        found = verdict(HIGH, [0.012, 0.014, 0.013, 0.011, 0.013, 0.012, 0.014, 0.013])
        assert found.verdict == life.EFFECTIVE
        assert "at most 1.50 %, as was promised" in found.sentence

    def test_better_but_not_as_promised_is_partial(self):
        assert verdict(HIGH, [0.017] * 8, n=1500).verdict == life.PARTIAL

    def test_as_before_with_cases_enough_is_not_effective(self):
        assert verdict(HIGH, HIGH, n=1500).verdict == life.INEFFECTIVE

    def test_worse_is_not_effective(self):
        found = verdict(HIGH, [0.06] * 4)
        assert found.verdict == life.INEFFECTIVE
        assert "worse" in found.sentence

    def test_few_cases_tell_nothing_and_say_how_many_it_takes(self):
        found = verdict(HIGH, [0.018] * 2)
        assert found.verdict == life.TOO_FEW
        assert "20 such outcomes were to be expected" in found.sentence
        assert "cases are needed; there were 800" in found.sentence

    def test_no_such_outcome_where_hardly_any_was_to_be_expected_is_no_success(self):
        assert verdict(HIGH, [0.0], n=100).verdict == life.TOO_FEW

    def test_a_window_without_data_cannot_tell(self):
        assert verdict(HIGH, []).verdict == life.TOO_FEW

    def test_two_points_are_no_baseline(self):
        assert verdict(HIGH[:2], [0.01] * 8).verdict == life.TOO_FEW

    def test_points_that_scatter_more_than_chance_need_more(self):
        calm = verdict(HIGH, [0.016] * 5, n=1200)
        wild = verdict([0.005, 0.05, 0.01, 0.045, 0.02, 0.03, 0.04, 0.0], [0.016] * 5, n=1200)
        assert wild.figures.dispersion > 5 > calm.figures.dispersion
        assert (calm.verdict, wild.verdict) == (life.PARTIAL, life.TOO_FEW)

    def test_an_average_is_judged_by_how_its_points_scatter(self):
        minutes = [30.0, 33.0, 29.0, 31.0, 32.0, 30.0]
        assert verdict(minutes, [24.0, 25.0, 23.0, 24.0], level=26, kind="value").verdict == life.EFFECTIVE
        assert verdict(minutes, [31.0, 30.0, 32.0, 30.0], level=26, kind="value").verdict == life.INEFFECTIVE

    def test_higher_is_better_where_it_is(self):
        kept = [0.78, 0.77, 0.79, 0.78, 0.78, 0.77]
        found = verdict(kept, [0.91] * 6, level=0.9, good="high", side="at_least")
        assert found.verdict == life.EFFECTIVE

    @pytest.mark.parametrize("kind", ["count", "rate"])
    def test_counts_are_judged_as_counts(self, kind):
        base = judging.level_of(weeks([40, 38, 44, 41, 39, 42], 1), kind)
        window = judging.level_of(weeks([20, 18, 22, 21], 1), kind)
        assert (
            judging.judge(base, window, Criterion("at_most", 25), kind, "low", "count").verdict == "effective"
        )


class TestChance:
    """How often it errs, by playing many windows: as written in the module."""

    rng = np.random.default_rng(7)
    PLAYS = 400

    def share(self, truth: float, wanted: str, n=330) -> float:
        found = []
        for _ in range(self.PLAYS):
            before = self.rng.binomial(400, 0.025, 12) / 400
            after = self.rng.binomial(n, truth, 8) / n
            base, window = (
                judging.level_of(weeks(before), "proportion"),
                judging.level_of(weeks(after, n), "proportion"),
            )
            found.append(
                judging.judge(base, window, Criterion("at_most", 0.014), "proportion", "low", "share").verdict
            )
        return found.count(wanted) / self.PLAYS

    def test_nothing_is_called_effective_where_nothing_changed(self):
        assert self.share(0.025, life.EFFECTIVE) < 0.03

    def test_a_change_that_helped_twice_as_much_as_needed_is_hardly_ever_called_ineffective(self):
        assert self.share(0.012, life.INEFFECTIVE) < 0.03

    def test_with_the_cases_it_says_it_needs_it_mostly_tells_that_nothing_changed(self):
        assert self.share(0.025, life.INEFFECTIVE) > 0.7


class TestBaseline:
    def test_it_begins_where_the_chart_began_to_be_out(self):
        points = weeks([0.01] * 10 + [0.03] * 5)
        assert judging.before(points, points[10].at, points[-1].until) == points[10:]

    def test_one_bad_week_is_no_baseline_of_its_own(self):
        points = weeks([0.01] * 20 + [0.03])
        assert len(judging.before(points, points[20].at, points[-1].until)) == judging.USUAL_BEFORE

    def test_an_earlier_phase_does_not_count(self):
        points = weeks([0.01] * 10) + weeks([0.03] * 4, start=START + 10 * WEEK, phase=1)
        assert judging.before(points, None, points[-1].until) == points[10:]

    def test_a_period_that_is_not_over_does_not_count(self):
        points = weeks([0.01] * 5)
        assert judging.before(points, None, points[-1].at) == points[:4]

    def test_the_period_in_which_the_change_came_is_neither_before_nor_after(self):
        points = weeks([0.01] * 6)
        came = points[2].at + timedelta(days=2)
        assert judging.within(points, came, points[-1].until) == points[3:]


@given(
    st.lists(st.floats(0, 1), max_size=12), st.lists(st.floats(0, 1), max_size=8), st.floats(0, 1),
    st.sampled_from(["proportion", "rate", "count", "value", "between"]), st.sampled_from(["low", "high"]),
)  # fmt: skip
def test_whatever_the_points_there_is_a_verdict_with_a_sentence(before, after, level, kind, good):
    side = "at_most" if good == "low" else "at_least"
    found = verdict(before, after, level, kind=kind, good=good, side=side)
    assert found.verdict in ("effective", "partial", "ineffective", "too_few")
    assert found.sentence
    assert "nan" not in found.sentence


def test_a_level_weighs_periods_by_their_cases():
    level = judging.level_of([*weeks([0.1], 100), *weeks([0.4], 300)], "proportion")
    assert level.mean == pytest.approx(0.325)
    assert (level.points, level.n) == (2, 400)


def test_nothing_is_a_level_of_nothing():
    assert judging.level_of([], "proportion") == Level()
