"""Every rule against a slow and obvious reading of its definition, and the edges in between."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.stats import charts, limits, rules
from andon.stats.rules import RULES


def line(points):
    """Centre 0, limits at 3: values are sigmas."""
    return limits.given(0.0, -3.0, 3.0, [0, points])


def marked(rule_set, values, **options):
    return rules.marks(rule_set, values, line(len(values)), [0, len(values)], **options)


def points_of(rule_set, bit, values, **options):
    """Points (from 0) that carry one bit."""
    return list(np.flatnonzero(marked(rule_set, values, **options) >> bit & 1))


def passes(rule, window, previous):
    """A slow reading of each test: the sides (+1, -1, 0 for either) on which the newest point passes."""
    z = window[-1]
    if rule.test == "outside":
        return [1] * (z > 3) + [-1] * (z < -3)
    if rule.test == "beyond":
        return [1] * (z > max(rule.threshold, 1e-9)) + [-1] * (z < -max(rule.threshold, 1e-9))
    if rule.test == "close":
        return [1] * (2 < z <= 3) + [-1] * (-3 <= z < -2)
    if rule.test == "within":
        return [0] * (abs(z) < rule.threshold)
    if rule.test == "steps":
        return [] if previous is None or z == previous else [1 if z > previous else -1]
    raise AssertionError(rule.test)


def slowly(rule, values):
    """The points at which a rule completes, point by point."""
    stretch, out = [], []
    for at, z in enumerate(values):
        if np.isnan(z):
            stretch = []
            continue
        sides = passes(rule, [z], values[at - 1] if stretch else None)
        stretch.append(sides)
        recent = stretch[-rule.n :]
        if rule.sides == "any":
            hit = bool(sides) and sum(bool(s) for s in recent) >= rule.k
        else:
            hit = any(sum(side in s for s in recent) >= rule.k for side in sides)
        if hit:
            out.append(at)
    return out


def alternates(values):
    """Fourteen points that go up and down by turns, by looking at each window of fourteen."""
    out = []
    for end in range(13, len(values)):
        moves = np.sign(np.diff(values[end - 13 : end + 1]))
        if not np.isnan(moves).any() and (moves[1:] * moves[:-1] == -1).all():
            out.append(end)
    return out


sigmas = st.lists(
    st.floats(-4, 4) | st.sampled_from([0.0, 1.0, -1.0, 2.0, 3.0, 2.5, -2.5, 1.5, 0.5, np.nan]), max_size=60
)
RULE_CASES = [
    (name, bit, rule)
    for name in ("nelson", "western-electric", "nhs")
    for bit, rule in enumerate(RULES[name])
    if rule.test != "turns"
]


@pytest.mark.parametrize(("name", "bit", "rule"), RULE_CASES, ids=[rule.name for _, _, rule in RULE_CASES])
@settings(deadline=None, max_examples=60)
@given(values=sigmas)
def test_a_rule_marks_what_its_definition_says(name, bit, rule, values):
    assert points_of(name, bit, values, marked="last") == slowly(rule, values)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0, -1.0, 2.0]), max_size=8), st.integers(10, 30), st.booleans())
def test_alternation_marks_what_its_definition_says(noise, turns, broken):
    values = np.array([*noise, *([1.0, -1.0] * turns)[:turns], *noise])
    if broken:
        values[len(values) // 2] = np.nan
    assert points_of("nelson", 3, values) == alternates(values)


class TestEachRule:
    def test_nine_in_a_row_on_one_side(self):
        assert points_of("nelson", 1, [0.5] * 10) == [8, 9]

    def test_a_point_on_the_centre_line_ends_a_run(self):
        assert points_of("nelson", 1, [0.5] * 8 + [0.0] + [0.5] * 8) == []

    def test_rounding_does_not_put_a_point_on_a_side(self):
        assert points_of("nelson", 1, [1e-12] * 20) == []

    def test_six_rising_points_have_five_steps(self):
        assert points_of("nelson", 2, [0, 0.1, 0.2, 0.3, 0.4, 0.5]) == [5]
        assert points_of("nelson", 2, [0, 0.1, 0.2, 0.3, 0.4]) == []

    def test_a_tie_ends_a_trend(self):
        assert points_of("nelson", 2, [0, 0.1, 0.2, 0.2, 0.3, 0.4, 0.5]) == []

    def test_fourteen_by_turns(self):
        assert points_of("nelson", 3, [0.1, -0.1] * 7) == [13]

    def test_two_of_three_on_the_same_side(self):
        assert points_of("nelson", 4, [2.5, 0, 2.5]) == [2]
        assert points_of("nelson", 4, [2.5, 0, -2.5]) == []
        assert points_of("nelson", 4, [2.5, 0, 0, 2.5]) == []

    def test_four_of_five_on_the_same_side(self):
        assert points_of("nelson", 5, [1.5, 1.5, 0, 1.5, 1.5]) == [4]
        assert points_of("nelson", 5, [1.5, 1.5, 0, 1.5, -1.5]) == []

    def test_fifteen_close_to_the_centre(self):
        assert points_of("nelson", 6, [0.5, -0.5] * 8) == [14, 15]

    def test_eight_that_avoid_the_centre_on_either_side(self):
        assert points_of("nelson", 7, [1.5, -1.5] * 4) == [7]

    def test_a_point_on_a_limit_is_inside(self):
        assert points_of("nelson", 0, [3.0, -3.0, 3.0000001]) == [2]

    def test_nhs_close_points_lie_inside_the_limits(self):
        assert points_of("nhs", 3, [2.5, 2.6, 0]) == [0, 1]
        assert points_of("nhs", 3, [2.5, 3.5, 0]) == []

    def test_nhs_marks_the_whole_run_and_the_whole_trend(self):
        assert points_of("nhs", 1, [-1] + [0.5] * 7 + [-1]) == [1, 2, 3, 4, 5, 6, 7]
        assert points_of("nhs", 2, [0.5, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0]) == [1, 2, 3, 4, 5, 6, 7]


class TestPatterns:
    def test_the_whole_pattern_can_be_marked(self):
        assert points_of("nelson", 1, [-1] + [0.5] * 9 + [-1], marked="pattern") == list(range(1, 10))

    def test_in_two_of_three_the_odd_point_is_not_marked(self):
        assert points_of("nelson", 4, [2.5, 0, 2.5], marked="pattern") == [0, 2]

    def test_alternation_takes_in_the_points_it_starts_from(self):
        assert points_of("nelson", 3, [0.1, -0.1] * 7, marked="pattern") == list(range(14))


class TestBreaks:
    def test_a_missing_point_breaks_the_run(self):
        assert points_of("nelson", 1, [0.5] * 5 + [np.nan] + [0.5] * 5) == []

    def test_a_missing_point_is_never_bridged_by_two_of_three(self):
        assert points_of("nelson", 4, [2.5, np.nan, 2.5]) == []

    def test_a_missing_point_is_never_marked(self):
        assert marked("nelson", [np.nan, np.inf, -np.inf]).tolist() == [0, 0, 0]

    def test_an_excluded_point_is_as_if_missing(self):
        values = [0.5] * 4 + [9.0] + [0.5] * 5
        assert points_of("nelson", 1, values, exclude=np.array(values) > 3) == []
        assert points_of("nelson", 0, values, exclude=np.array(values) > 3) == []

    @pytest.mark.parametrize("offsets", [[0, 8, 16], [0, 5, 16], [0, 0, 8, 16, 16]])
    def test_a_run_ends_with_its_segment(self, offsets):
        values = np.full(16, 0.5)
        mark = rules.marks("nelson", values, limits.given(0, -3, 3, offsets), offsets)
        long = np.repeat(np.diff(offsets) >= 9, np.diff(offsets))
        assert ((mark & 2 > 0) <= long).all()

    def test_nothing_in_nothing_out(self):
        assert rules.marks("nelson", [], limits.given(0, -3, 3, [0]), [0]).tolist() == []
        assert rules.marks("nelson", [], limits.given(0, -3, 3, [0, 0]), [0, 0]).tolist() == []


class TestWithoutSigma:
    def test_a_constant_series_is_quiet(self):
        values = [0.1] * 40
        mark = rules.marks("nelson", values, charts.limits("xmr", values, [0, 40]), [0, 40])
        assert mark.tolist() == [0] * 40

    def test_leaving_a_constant_baseline_is_a_signal(self):
        values = [5.0] * 20 + [6.0]
        mark = rules.marks("nelson", values, charts.limits("xmr", values, [0, 21], baseline=20), [0, 21])
        assert mark.nonzero()[0].tolist() == [20]

    def test_runs_need_a_centre_and_no_limits(self):
        values = np.array([1.0] * 10 + [2.0] * 10)
        found = charts.limits("run", values, [0, 20])
        assert (rules.marks("nelson", values, found, [0, 20]) & ~np.uint32(2)).tolist() == [0] * 20
        assert rules.marks("nelson", values, found, [0, 20])[9] == 2

    def test_only_limits_count_where_points_carry_their_past(self):
        x = np.random.default_rng(1).normal(size=60)
        found = charts.limits("ewma", x, [0, 60], weight=0.1)
        assert set(rules.marks("nelson", x, found, [0, 60])) <= {0, 1}


class TestRunCharts:
    def test_a_long_run_is_marked_whole(self):
        values = [1, -1, 1, -1] + [1] * 9 + [-1, 1, -1]
        assert points_of("anhoj", 0, values) == list(range(4, 13))

    def test_points_on_the_line_neither_lengthen_nor_break_a_run(self):
        values = [1, -1, 1, -1] + [1] * 4 + [0] + [1] * 5 + [-1, 1, -1]
        assert points_of("anhoj", 0, values) == [4, 5, 6, 7, 9, 10, 11, 12, 13]

    def test_too_few_crossings_are_told_at_the_last_useful_point(self):
        assert points_of("anhoj", 1, [1] * 10 + [-1] * 10 + [0]) == [19]

    def test_a_quiet_series_is_quiet(self):
        assert marked("anhoj", [1, -1, -1, 1, 1, -1, 1, -1, -1, 1]).tolist() == [0] * 10

    def test_points_on_the_line_only(self):
        assert marked("anhoj", [0.0] * 12).tolist() == [0] * 12


class TestWords:
    @pytest.mark.parametrize("name", RULES)
    def test_every_bit_has_a_sentence(self, name):
        assert all(rule.sentence.endswith(".") and len(rule.sentence) > 20 for rule in RULES[name])

    def test_a_mark_reads_as_sentences(self):
        assert rules.reasons("nelson", 0b11) == [RULES["nelson"][0].sentence, RULES["nelson"][1].sentence]
        assert rules.reasons("nelson", 0) == []

    def test_an_unknown_set_is_refused_with_those_there_are(self):
        with pytest.raises(ValueError, match="western-electric"):
            marked("westgard", [1.0])

    def test_limits_of_other_points_are_refused(self):
        with pytest.raises(ValueError, match="limits are for 3 points"):
            rules.marks("nelson", [1, 2], line(3), [0, 2])

    def test_more_than_eight_rules_fit_a_mark(self):
        many = RULES["nelson"] + RULES["western-electric"]
        assert marked(many, [0, 0, 9.0])[2] == 1 | 1 << 8

    def test_no_rules_mark_nothing(self):
        assert marked((), [9.0]).tolist() == [0]


@settings(deadline=None, max_examples=60)
@given(st.lists(sigmas, min_size=1, max_size=8), st.sampled_from(["nelson", "nhs", "anhoj"]))
def test_many_segments_at_once_are_as_one_at_a_time(series, name):
    flat = np.concatenate([np.array(s, float) for s in series])
    offsets = np.concatenate([[0], np.cumsum([len(s) for s in series])])
    together = rules.marks(name, flat, limits.given(0, -3, 3, offsets), offsets)
    apart = np.concatenate([marked(name, s) for s in series])
    assert together.tolist() == apart.tolist()


@settings(deadline=None, max_examples=60)
@given(sigmas)
def test_turning_a_chart_upside_down_changes_no_mark(values):
    flipped = [-z for z in values]
    assert marked("nelson", values).tolist() == marked("nelson", flipped).tolist()
