"""What an audit says where the truth is known."""

import numpy as np
import pytest
from scipy.special import expit

from tests.analysis.metrics.made import ask, people


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def test_a_planted_effect_matters_and_its_size_is_right(rng, tmp_path):
    columns, worker, mechanism, _ = people(rng)
    hold = rng.gamma(2, 50, 6000)
    csat = 4 - 0.004 * hold + 0.2 * mechanism + 0.05 * worker + rng.normal(0, 1, 6000)
    found = ask(tmp_path, columns | {"hold time": hold, "csat": csat}, ["hold time"])[1]["hold time"]
    assert found.verdict == "matters"
    assert found.form.kind == "monotone"
    assert found.effect.low < -0.004 < found.effect.high
    assert found.step.kind == "quartiles"
    assert found.step.change.effect == pytest.approx(
        found.effect.effect * (found.step.end - found.step.start)
    )
    assert "worse for customers" in found.sentence


def test_what_has_no_effect_does_not_matter_and_it_is_said_how_much_at_most(rng, tmp_path):
    columns, worker, *_ = people(rng, 30_000)
    csat = 4 + 0.05 * worker + rng.normal(0, 1, 30_000)
    found = ask(tmp_path, columns | {"talk": rng.gamma(3, 60, 30_000), "csat": csat}, ["talk"])[1]["talk"]
    assert found.verdict == "does not matter"
    assert found.form.kind == "flat"
    assert 0 < found.at_most < 0.06
    assert "at most" in found.sentence


def test_with_few_cases_the_answer_is_cannot_tell(rng, tmp_path):
    columns, *_ = people(rng, 200)
    columns |= {"talk": rng.gamma(3, 60, 200), "csat": rng.normal(4, 1, 200)}
    found = ask(tmp_path, columns, ["talk"])[1]["talk"]
    assert found.verdict == "cannot tell"
    assert found.form.kind == "cannot tell"


def test_hard_mechanisms_do_not_make_a_metric_matter_and_the_paradox_is_named(rng, tmp_path):
    """Long calls go with bad outcomes between mechanisms; within each, longer is better."""
    columns, _, mechanism, _ = people(rng, 12_000, mechanisms=6)
    talk = 200 + 100 * mechanism + rng.normal(0, 40, 12_000)
    csat = 5 - 0.8 * mechanism + 0.006 * (talk - 200 - 100 * mechanism) + rng.normal(0, 0.7, 12_000)
    found = ask(tmp_path, columns | {"talk": talk, "csat": csat}, ["talk"])[1]["talk"]
    assert found.effect.effect == pytest.approx(0.006, abs=0.001)
    assert any(one.opposite for one in found.between if one.unit == "mechanism")
    assert "Simpson's paradox" in found.sentence


@pytest.mark.parametrize(
    ("what", "kinds"),
    [
        (lambda x: -0.5 * (x > 300), {"only beyond a threshold", "too much"}),
        (lambda x: -0.004 * np.maximum(x - 260, 0), {"too much"}),
        (lambda x: 0.006 * np.minimum(x, 200), {"too little"}),
        (lambda x: -0.00003 * (x - 220) ** 2, {"inverted U"}),
        (lambda x: 0.00003 * (x - 220) ** 2, {"U"}),
        (lambda x: -0.003 * x, {"monotone"}),
    ],
)
def test_the_shape_is_that_planted(rng, tmp_path, what, kinds):
    columns, worker, *_ = people(rng, 20_000)
    talk = rng.gamma(4, 55, 20_000)
    csat = 4 + what(talk) + 0.03 * worker + rng.normal(0, 0.7, 20_000)
    found = ask(tmp_path, columns | {"talk": talk, "csat": csat}, ["talk"])[1]["talk"]
    assert found.verdict == "matters"
    assert found.form.kind in kinds
    assert len(found.form.bins) == 10


def test_a_yes_or_no_outcome_and_metric_are_told_in_percentage_points(rng, tmp_path):
    columns, _, mechanism, _ = people(rng, 20_000)
    first = rng.random(20_000) < 0.6
    again = rng.random(20_000) < expit(-1.5 - 0.8 * first + 0.3 * mechanism)
    columns |= {"settled": np.where(first, "Yes", "No"), "again": np.where(again, "Yes", "No")}
    answered, found = ask(tmp_path, columns, ["settled"], outcome="again", good="low")
    one = found["settled"]
    assert answered.found.unit == "share"
    assert one.verdict == "matters"
    assert one.step.kind == "from no to yes"
    assert one.step.change.effect == pytest.approx(-0.14, abs=0.04)
    assert "percentage points lower" in one.sentence
    assert "better for customers" in one.sentence


def test_of_whole_numbers_the_step_is_one_more(rng, tmp_path):
    columns, *_ = people(rng)
    transfers = rng.poisson(0.4, 6000)
    columns |= {"transfers": transfers, "csat": 4 - 0.4 * transfers + rng.normal(0, 1, 6000)}
    found = ask(tmp_path, columns, ["transfers"])[1]["transfers"]
    assert found.step.kind == "one more"
    assert found.step.change.effect == pytest.approx(-0.4, abs=0.05)
    assert [one.name for one in found.form.bins][:2] == ["0", "1"]


def test_of_two_that_go_along_the_one_that_carries_it_is_named(rng, tmp_path):
    columns, *_ = people(rng, 10_000)
    hold = rng.gamma(2, 50, 10_000)
    handling = hold + rng.gamma(9, 10, 10_000)
    columns |= {"hold": hold, "handling": handling, "csat": 4 - 0.005 * hold + rng.normal(0, 1, 10_000)}
    found = ask(tmp_path, columns, ["handling", "hold"])[1]
    assert found["handling"].joint.carried_by == "hold"
    assert "hold carries it" in found["handling"].sentence
    assert found["hold"].joint.carried_by == ""


def test_a_metric_twice_is_said_to_be_one(rng, tmp_path):
    columns, *_ = people(rng)
    hold = rng.gamma(2, 50, 6000)
    columns |= {"hold": hold, "hold in minutes": hold / 60, "csat": 4 - 0.005 * hold + rng.normal(0, 1, 6000)}
    found = ask(tmp_path, columns, ["hold", "hold in minutes"])[1]
    assert "says the same as hold in minutes" in found["hold"].sentence


@pytest.mark.parametrize(
    ("what", "why"),
    [("constant", "the same in every case"), ("empty", "no values"), ("copy", "copy of the outcome")],
)
def test_what_can_say_nothing_is_told_why(rng, tmp_path, what, why):
    columns, *_ = people(rng, 500)
    csat = rng.normal(4, 1, 500)
    made = {"constant": np.full(500, 3.0), "empty": np.full(500, np.nan), "copy": 10 * csat + 1}
    found = ask(tmp_path, columns | {"odd": made[what], "csat": csat}, ["odd"])[1]["odd"]
    assert found.verdict == "cannot tell"
    assert why in found.sentence


def test_a_metric_that_is_the_outcome_is_said_to_be(rng, tmp_path):
    columns, *_ = people(rng, 500)
    columns |= {"csat": rng.normal(4, 1, 500), "talk": rng.normal(4, 1, 500)}
    found = ask(tmp_path, columns, ["csat", "talk"])[1]
    assert "the customer outcome itself" in found["csat"].sentence


def test_a_metric_that_only_differs_between_people_cannot_be_told(rng, tmp_path):
    columns, worker, *_ = people(rng)
    columns |= {"tenure": worker * 10.0, "csat": 3 + 0.05 * worker + rng.normal(0, 1, 6000)}
    found = ask(tmp_path, columns, ["tenure"])[1]["tenure"]
    assert found.verdict == "cannot tell"
    assert "does not vary within" in found.sentence


def test_missing_values_of_one_metric_leave_the_others_alone(rng, tmp_path):
    columns, *_ = people(rng, 20_000)
    hold, talk = rng.gamma(2, 50, 20_000), rng.gamma(3, 50, 20_000)
    csat = 4 - 0.005 * hold + rng.normal(0, 1, 20_000)
    some = np.where(rng.random(20_000) < 0.7, np.nan, talk)
    whole = ask(tmp_path, columns | {"hold": hold, "csat": csat}, ["hold"])[1]["hold"]
    beside = ask(tmp_path, columns | {"hold": hold, "talk": some, "csat": csat}, ["hold", "talk"])[1]
    assert beside["hold"].effect.effect == pytest.approx(whole.effect.effect)
    assert beside["talk"].cases == np.isfinite(some).sum()
    assert beside["talk"].joint is None


def test_one_value_far_out_does_not_hide_an_effect(rng, tmp_path):
    columns, *_ = people(rng)
    hold = rng.gamma(2, 50, 6000)
    csat = 4 - 0.005 * hold + rng.normal(0, 1, 6000)
    hold[17] = 1e9
    answered, found = ask(tmp_path, columns | {"hold": hold, "csat": csat}, ["hold"])
    assert found["hold"].verdict == "matters"
    assert any("lie far out" in note for note in answered.found.warnings)


def test_few_workers_give_wide_intervals_and_a_warning(rng, tmp_path):
    columns, worker, *_ = people(rng, 2000, workers=3)
    tilt = np.array([0.02, -0.01, 0.004])
    hold = rng.gamma(2, 50, 2000)
    csat = 4 + tilt[worker] * hold + rng.normal(0, 1, 2000)
    answered, found = ask(tmp_path, columns | {"hold": hold, "csat": csat}, ["hold"])
    assert found["hold"].clusters == 3
    assert found["hold"].verdict == "cannot tell"
    assert any("3 workers only" in note for note in answered.found.warnings)


def test_one_worker_who_does_most_of_it_does_not_speak_for_all(rng, tmp_path):
    columns, worker, *_ = people(rng, 8000, workers=12)
    alone = rng.random(8000) < 0.8
    worker = np.where(alone, 0, worker)
    columns["agent"] = np.array([f"p{i:02}" for i in range(12)])[worker]
    hold = rng.gamma(2, 50, 8000)
    csat = 4 - 0.01 * hold * (worker == 0) + rng.normal(0, 1, 8000)
    found = ask(tmp_path, columns | {"hold": hold, "csat": csat}, ["hold"])[1]["hold"]
    assert found.verdict == "cannot tell"
    assert found.largest > 0.5


def test_a_season_in_both_does_not_join_them(rng, tmp_path):
    columns, _, _, when = people(rng, 20_000, days=364)
    season = np.sin(2 * np.pi * when / 364)
    columns |= {
        "wait": 100 + 60 * season + rng.gamma(2, 20, 20_000),
        "csat": 4 - season + rng.normal(0, 1, 20_000),
    }
    answered, found = ask(tmp_path, columns, ["wait"])
    assert found["wait"].verdict != "matters"
    assert abs(found["wait"].step.change.effect) < 0.05
    assert next(one for one in found["wait"].between if one.unit == "all cases").change.high < -0.2
    assert not answered.found.trends


def test_a_metric_that_improves_while_customers_fare_worse_is_named(rng, tmp_path):
    columns, _, _, when = people(rng, 20_000, days=364)
    columns |= {
        "handling time": 400 - 100 * when / 364 + rng.normal(0, 40, 20_000),
        "csat": 4 - 0.5 * when / 364 + rng.normal(0, 1, 20_000),
    }
    (found,) = ask(tmp_path, columns, ["handling time"])[0].found.trends
    assert found.metric == "handling time"
    assert found.metric_change == pytest.approx(-100, abs=10)
    assert found.outcome_change == pytest.approx(-0.5, abs=0.15)
    assert found.known


def test_both_getting_worse_is_no_such_thing(rng, tmp_path):
    columns, _, _, when = people(rng, 20_000, days=364)
    columns |= {
        "handling time": 400 + 100 * when / 364 + rng.normal(0, 40, 20_000),
        "csat": 4 - 0.5 * when / 364 + rng.normal(0, 1, 20_000),
    }
    assert not ask(tmp_path, columns, ["handling time"])[0].found.trends


def cliff(rng, tmp_path, harm, **more):
    """Of calls of one queue longer than 300 seconds, half end just before, by a transfer."""
    columns, _, mechanism, _ = people(rng, 40_000)
    talk = rng.gamma(4, 75, 40_000)
    cut = (mechanism == 2) & (talk > 300) & (rng.random(40_000) < 0.5)
    talk = np.where(cut, 300 - rng.exponential(10, 40_000), talk)
    csat = 4 - harm * cut + rng.normal(0, 1, 40_000)
    columns |= {"handling time": np.round(talk), "transfers": rng.poisson(0.1, 40_000) + cut, "csat": csat}
    return ask(tmp_path, columns, ["handling time", "transfers"], **more)[0].found.harms


def test_a_target_met_by_harm_is_found_where_it_is(rng, tmp_path):
    (harm,) = cliff(rng, tmp_path, 1.0)
    assert (harm.metric, harm.mechanism, harm.limit, harm.side) == ("handling time", "queue 2", 300, "below")
    assert harm.harmful
    assert harm.outcome.high < 0
    assert dict(harm.others)["transfers"] > 0.2
    assert "worse for customers" in harm.sentence


def test_transfers_before_the_limit_are_harm_even_if_the_outcome_says_nothing(rng, tmp_path):
    (harm,) = cliff(rng, tmp_path, 0.0)
    assert harm.harmful
    assert [name for name, _ in harm.others] == ["transfers"]


def test_a_limit_that_is_given_is_the_only_one_looked_at(rng, tmp_path):
    assert not cliff(rng, tmp_path, 1.0, limits=("handling time=200",))
    (harm,) = cliff(rng, tmp_path, 1.0, limits=("handling time=300",))
    assert harm.given


def test_limits_that_people_are_held_to_come_first_and_round_values_where_nothing_is_at_them(rng, tmp_path):
    further = {"look_further": True, "limits": {"handling time": (200.0,)}}
    (harm,) = cliff(rng, tmp_path, 1.0, spec=further)
    assert (harm.limit, harm.given) == (300, False)
    further = {"look_further": True, "limits": {"handling time": (200.0, 300.0)}}
    (harm,) = cliff(rng, tmp_path, 1.0, spec=further)
    assert (harm.limit, harm.given) == (300, True)


def test_round_numbers_that_people_write_are_no_cliff(rng, tmp_path):
    columns, *_ = people(rng, 40_000)
    talk = rng.gamma(4, 75, 40_000)
    talk = np.where(rng.random(40_000) < 0.3, np.round(talk / 60) * 60, np.round(talk))
    columns |= {"handling time": talk, "csat": rng.normal(4, 1, 40_000)}
    assert not ask(tmp_path, columns, ["handling time"])[0].found.harms


@pytest.mark.slow
def test_of_noise_alone_hardly_anything_matters_and_chances_are_fair(tmp_path):
    chances, matter = [], 0
    for seed in range(20):
        rng = np.random.default_rng(1000 + seed)
        columns, worker, mechanism, _ = people(rng, 1500, workers=15)
        csat = 4 + 0.1 * worker - 0.3 * mechanism + rng.normal(0, 1, 1500)
        noise = {f"m{i}": rng.gamma(2, 50, 1500) + 10 * mechanism for i in range(5)}
        answered, found = ask(tmp_path, columns | noise | {"csat": csat}, list(noise))
        chances += [one.p for one in found.values()]
        matter += any(one.verdict == "matters" for one in found.values())
        assert not answered.found.harms
        assert not answered.found.trends
    assert matter <= 4
    assert 0.01 <= np.mean(np.array(chances) < 0.05) <= 0.12
