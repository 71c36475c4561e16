"""Anecdote against metric: complaints rise while the chart is calm."""

from datetime import timedelta

import numpy as np
import pytest

from andon.mechanisms.models import Measure, Mechanism
from andon.watch import anecdote
from andon.watch.anecdote import Weeks, by_week, rises
from andon.watch.clusters import refresh
from andon.watch.models import Complaints
from tests.watch.conftest import NOW
from tests.watch.saying import chatter, heard
from tests.web.charts import calm, charted, out_of_spec

MONDAY = np.datetime64("2025-03-03", "s")


def weeks(about) -> Weeks:
    about = np.asarray(about, float)
    at = MONDAY + np.arange(about.shape[1]) * np.timedelta64(7 * 86400, "s")
    return Weeks(at, about, about.sum(axis=0))


def steady(rng, mechanisms: int = 6, weeks_: int = 60, each: float = 20.0) -> np.ndarray:
    return rng.poisson(each, (mechanisms, weeks_)).astype(float)


def test_a_rise_that_stays_is_found_with_the_week_it_began():
    about = steady(np.random.default_rng(3))
    about[2, 48:] += 20
    found = rises(weeks(about))
    assert [rise.first is not None for rise in found] == [False, False, True, False, False, False]
    assert abs(found[2].first - 48) <= 2


def test_a_rise_that_is_long_over_is_history():
    about = steady(np.random.default_rng(4))
    about[2, 20:26] += 30
    assert all(rise.first is None for rise in rises(weeks(about)))


def test_more_of_everything_is_no_rise_of_one():
    about = steady(np.random.default_rng(5))
    about[:, 45:] *= 3
    assert all(rise.first is None for rise in rises(weeks(about)))


def test_a_larger_share_of_fewer_complaints_is_no_rise():
    about = steady(np.random.default_rng(6), mechanisms=3)
    about[1:, 45:] = np.round(about[1:, 45:] / 4)
    assert rises(weeks(about))[0].first is None


def test_little_history_says_nothing():
    assert rises(weeks(steady(np.random.default_rng(7), weeks_=8))) == [None] * 6


def test_a_single_mechanism_is_judged_by_its_numbers():
    about = steady(np.random.default_rng(8), mechanisms=1)
    about[0, 50:] += 30
    assert rises(weeks(about))[0].first is not None


def test_calm_complaints_are_seldom_said_to_rise():
    rng = np.random.default_rng(9)
    wrong = sum(any(rise.first is not None for rise in rises(weeks(steady(rng)))) for _ in range(60))
    assert wrong <= 9  # 5 in 100, and three standard errors


def test_a_customer_counts_once_a_week_and_a_stranger_every_time():
    at = np.array(["2025-03-04", "2025-03-06", "2025-03-11", "2025-03-05", "2025-03-05"], "datetime64[s]")
    found = by_week(at, np.array([1, 1, 1, 1, 1]), np.array([7, 7, 7, -1, -1]), [1])
    assert found.at.tolist() == [MONDAY.item(), (MONDAY + np.timedelta64(7 * 86400, "s")).item()]
    assert found.about.tolist() == [[3, 1]]


def test_the_sentence_says_since_when_how_many_and_how_many_to_expect():
    about = steady(np.random.default_rng(3))
    about[2, 48:] += 20
    rise = rises(weeks(about))[2]
    said = anecdote.sentence("Home delivery", rise, weeks(about), about[2])
    assert said.startswith("Since the week of ")
    assert "customers complained about Home delivery" in said
    assert "were to be expected" in said


@pytest.fixture
def delivery(db):
    """Complaints about home delivery double; what is measured of it is calm."""
    names = ("Home delivery", "Refunds", "Call desk", "Shop")
    rows = [Mechanism.objects.create(slug=name.lower().replace(" ", "-"), name=name) for name in names]
    for seed, mechanism in enumerate(rows):
        heard(chatter(NOW, weeks=40, a_week=12, seed=seed), mechanism)
    heard(chatter(NOW, weeks=8, a_week=14, seed=50), rows[0])
    refresh(NOW)
    return rows[0]


def measured(mechanism: Mechanism, slug: str = "on-time") -> Measure:
    return Measure.objects.create(mechanism=mechanism, slug=slug, name=slug, good="low")


def test_complaints_that_rise_beside_calm_charts_are_told(delivery):
    charted(measured(delivery), calm())
    assert [one.mechanism for one in Complaints.objects.against_the_chart()] == [delivery]


def test_beside_a_chart_that_is_out_they_are_not(delivery):
    charted(measured(delivery), calm())
    charted(measured(delivery, "late"), out_of_spec())
    assert not Complaints.objects.against_the_chart().exists()


def test_a_chart_without_data_is_not_calm(delivery):
    measured(delivery)
    assert not Complaints.objects.against_the_chart().exists()


def test_a_retired_measure_says_nothing(delivery):
    kept, retired = measured(delivery), measured(delivery, "old")
    charted(kept, calm())
    charted(retired, out_of_spec())
    retired.retired_at = NOW
    retired.save()
    assert Complaints.objects.against_the_chart().exists()


def test_nobody_is_asked_about_a_mechanism_that_is_retired(delivery):
    charted(measured(delivery), calm())
    delivery.retired_at = NOW
    delivery.save()
    assert not Complaints.objects.against_the_chart().exists()


def test_praise_is_no_complaint(db):
    mechanisms = [Mechanism.objects.create(slug=f"m{i}", name=f"M{i}") for i in range(4)]
    for seed, mechanism in enumerate(mechanisms):
        heard(chatter(NOW, weeks=40, a_week=12, seed=seed), mechanism)
    heard(chatter(NOW, weeks=8, a_week=14, seed=50, rating=5, rating_kind="csat", band="high"), mechanisms[0])
    refresh(NOW)
    assert not Complaints.objects.filter(rising=True).exists()


def test_the_newest_counts_replace_the_older(delivery):
    refresh(NOW + timedelta(days=1))
    assert Complaints.objects.filter(mechanism=delivery).count() == 1
