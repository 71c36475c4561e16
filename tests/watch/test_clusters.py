"""Clusters are found the week they appear, kept as one row while they go on, and never deleted."""

from datetime import timedelta

import pytest

from andon.mechanisms.models import Mechanism
from andon.signals.models import Signal
from andon.signals.removing import _delete
from andon.watch.clusters import refresh
from andon.watch.clusters.found import Candidate
from andon.watch.clusters.keeping import keep
from andon.watch.models import Cluster
from tests.watch.conftest import NOW
from tests.watch.saying import burst, chatter, heard, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def advice(db):
    return Mechanism.objects.create(slug="advice", name="Product advice")


@pytest.fixture
def kettle(advice):
    """Half a year of the usual, and a week in which many write about a light."""
    heard(chatter(NOW))
    heard(burst(NOW), advice)
    refresh(NOW)
    return Cluster.objects.going_on().get()


def test_what_many_write_about_is_found_in_its_week(kettle):
    assert kettle.goes_on
    assert kettle.observed == kettle.customers == 18
    assert kettle.expected < 2
    assert kettle.p < 0.05
    assert "18 customers" in kettle.sentence


def test_its_signals_are_those_that_say_it(kettle):
    said = kettle.signals.values_list("product", flat=True)
    assert set(said) == {"Tidewell kettle"}
    assert len(said) == 18


def test_it_belongs_to_the_mechanism_of_most_of_its_signals(kettle, advice):
    assert kettle.mechanism == advice


def test_nothing_unusual_is_no_cluster(db):
    heard(chatter(NOW))
    assert refresh(NOW) == 0
    assert not Cluster.objects.exists()


def test_one_customer_who_writes_often_is_no_cluster_of_customers(db):
    heard(chatter(NOW))
    heard(burst(NOW, customer="caller"))
    refresh(NOW)
    assert not Cluster.objects.exists()


def test_nobody_said_anything(db):
    assert refresh(NOW) == 0


def test_asking_again_changes_nothing(kettle):
    refresh(NOW)
    again = Cluster.objects.get()
    assert (again.pk, again.first_seen, again.signals.count()) == (kettle.pk, kettle.first_seen, 18)


def test_found_again_the_next_day_it_is_the_same_row(kettle):
    heard(burst(NOW + DAY, n=6, seed=9, customer=None))
    heard(chatter(NOW + DAY, weeks=1, seed=5))
    refresh(NOW + DAY)
    again = Cluster.objects.get(pk=kettle.pk)
    assert Cluster.objects.count() == 1
    assert again.goes_on
    assert (again.first_seen, again.last_seen) == (NOW, NOW + DAY)
    assert again.signals.count() == 24


def test_when_nobody_writes_about_it_any_more_it_is_over_and_stays_on_record(kettle):
    later = NOW + timedelta(weeks=12)
    heard(chatter(later, weeks=12, seed=7))
    assert refresh(later) == 0
    over = Cluster.objects.get()
    assert over.pk == kettle.pk
    assert over.over_at == over.ends


def test_a_look_back_finds_what_is_over_with_its_dates(advice):
    heard(chatter(NOW))
    heard(burst(NOW - timedelta(weeks=10)), advice)
    refresh(NOW, look_back=True)
    over = Cluster.objects.get()
    assert not over.goes_on
    assert abs(over.ends - (NOW - timedelta(weeks=10))) < timedelta(weeks=1)


def test_data_that_end_long_ago_are_judged_as_of_their_end(advice):
    heard(chatter(NOW))
    heard(burst(NOW), advice)
    assert refresh(NOW + timedelta(days=200)) == 1


def test_when_a_file_is_taken_out_its_signals_leave_their_cluster(kettle):
    _delete(list(kettle.signals.values_list("pk", flat=True)))
    refresh(NOW)
    over = Cluster.objects.get()
    assert not over.signals.exists()
    assert not over.goes_on


def test_words_left_blank_are_no_cluster(db):
    heard(chatter(NOW))
    heard(
        [
            say("", NOW - timedelta(hours=i), f"r{i}", rating=5, rating_kind="csat", band="high")
            for i in range(3)
        ]
    )
    refresh(NOW)
    assert "(not given)" not in "".join(map(str, Cluster.objects.values_list("slice", flat=True)))


def test_a_cluster_is_read_from_few_statements(kettle, django_assert_max_num_queries):
    heard(burst(NOW + DAY, n=200, seed=11))
    with django_assert_max_num_queries(40):
        refresh(NOW + DAY)
    assert Signal.objects.count() > 700


def test_a_title_says_what_is_shared_and_says_it_once(db):
    one = Cluster(
        slice={"product": "Tidewell kettle", "channel": "survey"}, terms=["tidewell kettle", "light"]
    )
    assert one.title == "Tidewell kettle · by survey · “light”"
    assert Cluster(slice={"channel": "chat"}).title == "By chat"
    assert Cluster().title == "More than usual of everything"


def test_what_was_found_in_two_stretches_is_one_with_the_dates_of_both(db):
    first, second = (_found(NOW - timedelta(weeks=weeks), said) for weeks, said in ((6, 1), (5, 2)))
    keep([second, first], NOW, going_on=False)
    one = Cluster.objects.get()
    assert (one.starts, one.ends) == (first.cluster.starts, second.cluster.ends)
    assert set(one.signals.all()) == set(Signal.objects.all())


def _found(starts, number: int) -> Candidate:
    signal = say("The light does not go out", starts, number)
    signal.save()
    row = Cluster(slice={}, terms=["light"], starts=starts, ends=starts + timedelta(days=7), sentence="Many.")
    row.observed, row.expected, row.p = 9, 1.0, 0.001 * number
    return Candidate(row, [signal.pk])
