"""truth.json says what each worker would reach with everybody's cases."""

import numpy as np
import pytest

from .conftest import query


@pytest.mark.parametrize("column", ["resolved_first", "repeat_contact", "csat"])
def test_levels_lie_around_what_all_reached_together(house, column):
    reached = query(house, f"select avg({column}::double) from interactions where worker is not null")[0][0]
    levels = [levels[column] for levels in house.truth["adjusted"].values()]
    assert np.mean(levels) == pytest.approx(reached, rel=0.02)


def test_levels_follow_the_true_effects(house):
    effects = house.truth["effects"]["workers"]
    levels = [house.truth["adjusted"][worker]["resolved_first"] for worker in effects]
    assert np.corrcoef(levels, list(effects.values()))[0, 1] > 0.95


def test_the_good_person_on_hard_work_is_above_average_and_the_weak_one_is_last(house):
    levels = {worker: level["resolved_first"] for worker, level in house.truth["adjusted"].items()}
    good, weak = (str(house.causes[name]["worker"]) for name in ("good-person-hard-work", "weak-person"))
    assert levels[good] > np.mean(list(levels.values()))
    assert min(levels, key=levels.__getitem__) == weak
    assert house.causes["good-person-hard-work"]["sizes"][0]["after"] < np.mean(list(levels.values()))


def test_a_worker_with_more_settled_has_fewer_coming_back(house):
    levels = list(house.truth["adjusted"].values())
    settled, again = ([level[column] for level in levels] for column in ("resolved_first", "repeat_contact"))
    assert np.corrcoef(settled, again)[0, 1] < -0.9


def test_without_truth_there_is_none(small):
    assert "adjusted" not in small.truth
