"""The wall, as it is asked for."""

import pytest

from andon.mechanisms.models import Measure
from andon.watch.actions import refresh
from andon.watch.models import Chart
from andon.watch.queries import Counts, WallFilters, sentence, wall
from tests.cast import NOW


@pytest.mark.parametrize("size", [2, 60])
def test_the_wall_takes_four_queries_whatever_its_size(cast, size, django_assert_max_num_queries):
    for i in range(size):
        Measure.objects.create(mechanism=cast.labels, slug=f"m{i}", name=f"M{i}")
    refresh(Measure.objects.all(), NOW)
    cast.ana._roles = frozenset({"employee", "analyst"})
    with django_assert_max_num_queries(4):
        shown = wall(cast.ana)
        assert [measure.chart.sentence for measure in shown.measures]
    assert shown.counts.measures == size + 2


def test_a_leaver_sees_nothing(cast):
    assert list(wall(cast.lea).measures) == []


def test_it_is_filtered_by_the_team_that_owns(cast):
    assert list(wall(cast.ana, WallFilters(team="chat")).measures) == [cast.refund_days]


def test_retired_measures_are_gone(cast):
    Measure.objects.filter(pk=cast.late.pk).update(retired_at=NOW)
    assert list(wall(cast.ana).measures) == [cast.refund_days]


def test_the_state_is_a_sentence():
    assert sentence(Counts(42, 3, 0, 4090, None)) == (
        "Three of 42 measures are out of spec. About 4,090 customers touched since they began."
    )
    assert sentence(Counts(1, 1, 0, 0, None)) == "The one measure is out of spec."
    assert sentence(Counts(0, 0, 0, 0, None)) == "Nothing is measured yet."
    assert sentence(Counts(5, 0, 5, 0, None)) == "5 measures wait for data."


def test_a_customer_is_counted_once_in_measures_of_one_mechanism(cast):
    late = Chart.objects.create(measure=cast.late, computed_at=NOW, out=True, customers=40)
    more = Measure.objects.create(mechanism=cast.labels, slug="wrong", name="Wrong")
    Chart.objects.create(measure=more, computed_at=NOW, out=True, customers=30)
    Chart.objects.create(measure=cast.refund_days, computed_at=NOW, out=True, customers=5)
    assert wall(cast.ana).counts.customers == late.customers + 5
