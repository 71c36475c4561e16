"""Charts of measures, computed from the lake."""

from datetime import timedelta

import numpy as np
import pytest

from andon import lake
from andon.lake import CellSpec
from andon.mechanisms.models import Measure
from andon.signals import actions as signals
from andon.signals.models import Dataset
from andon.watch.actions import refresh
from andon.watch.cells import cells_of
from andon.watch.models import Chart, ChartException
from andon.watch.pictures import control_chart
from tests.watch.conftest import NOW, START, steady

pytestmark = pytest.mark.django_db


def worse_at_the_end(since: int = 46) -> np.ndarray:
    share = steady()
    share[since:] += 0.12
    return share


def test_a_steady_measure_is_not_out(happened, measure):
    happened(steady())
    assert refresh([measure], NOW) == 1
    chart = Chart.objects.get()
    assert (chart.out, chart.since, chart.customers) == (False, None, 0)
    assert chart.latest_words
    assert chart.tile.startswith("<svg")


def test_a_lasting_change_is_out_since_it_began(happened, measure):
    happened(worse_at_the_end(46))
    refresh([measure], NOW)
    chart = Chart.objects.get()
    assert chart.out
    assert abs((chart.since - (START + timedelta(weeks=46))).days) <= 14
    assert "worse than usual" in chart.sentence.lower()


def test_customers_are_counted_not_contacts(happened, measure):
    happened(worse_at_the_end(46))
    refresh([measure], NOW)
    excess_contacts = 6 * 200 * 0.12
    assert Chart.objects.get().customers == pytest.approx(
        excess_contacts / 2, rel=0.35
    )  # two contacts a customer


def test_a_change_for_the_better_is_not_out(happened, measure):
    share = steady(0.2)
    share[46:] = 0.02
    happened(share)
    refresh([measure], NOW)
    assert not Chart.objects.get().out
    late = ChartException.objects.filter(at__gte=START + timedelta(weeks=46))
    assert set(late.values_list("worse", flat=True)) == {False}


def test_an_exception_that_is_over_is_kept_but_not_out(happened, measure):
    share = steady()
    share[30:36] += 0.15
    happened(share)
    refresh([measure], NOW)
    assert not Chart.objects.get().out
    assert ChartException.objects.filter(worse=True).count() >= 6


def test_computing_again_changes_nothing(happened, measure):
    happened(worse_at_the_end())
    refresh([measure], NOW)
    first = list(ChartException.objects.values("pk", "at", "first_seen", "withdrawn_at"))
    refresh([measure], NOW + timedelta(days=1))
    assert list(ChartException.objects.values("pk", "at", "first_seen", "withdrawn_at")) == first
    assert Chart.objects.count() == 1


def test_an_exception_that_is_no_longer_marked_is_withdrawn_and_comes_back(happened, measure):
    happened(worse_at_the_end())
    refresh([measure], NOW)
    n = ChartException.objects.count()
    signals.take_out(Dataset.objects.get(), None, NOW)
    refresh([measure], NOW + timedelta(days=1))
    assert ChartException.objects.count() == n  # without data nothing can be said, so nothing is withdrawn
    happened(steady(), "other.csv")
    refresh([measure], NOW + timedelta(days=2))
    assert ChartException.objects.filter(withdrawn_at=None).count() < n
    assert ChartException.objects.count() >= n


def test_a_recorded_phase_begins_new_limits(happened, measure):
    share = steady()
    share[26:] += 0.12
    happened(share)
    measure.phases.create(starts=START + timedelta(weeks=26), reason="New printer")
    refresh([measure], NOW)
    picture = control_chart(Chart.objects.get())
    assert len(set(picture.phase)) == 2
    assert not Chart.objects.get().out
    assert picture.notes[0].text == "New printer"


def test_a_season_that_cannot_be_learned_is_left_out_and_said(happened, measure):
    happened(steady())
    Measure.objects.update(season="year")
    assert refresh([measure], NOW) == 1
    assert "too short to learn a season" in Chart.objects.get().warnings[0]


def test_a_column_that_no_data_hold_is_said(happened, measure):
    happened(steady())
    Measure.objects.update(outcome="lat")
    assert refresh([measure], NOW) == 0
    assert Chart.objects.get().sentence.startswith("No data hold the column “lat”. Did you mean “late”")


def test_a_measure_without_data_does_not_stop_the_others(happened, measure):
    happened(steady())
    other = measure.mechanism.measures.create(slug="odd", name="Odd", outcome="nothing here")
    assert refresh([measure, other], NOW) == 1


def test_without_any_data_the_chart_says_so(measure):
    assert refresh([measure], NOW) == 0
    assert Chart.objects.get().sentence == "No data have been brought yet."


def test_several_files_are_one_lake(happened, measure):
    happened(steady(weeks=26), weeks=26)
    happened(steady(), "more.csv")
    refresh([measure], NOW)
    assert Chart.objects.get().points["n"][0] == 400


def test_taking_a_file_out_takes_its_rows_off_the_chart(happened, measure):
    dataset = happened(steady())
    signals.take_out(dataset, None, NOW)
    refresh([measure], NOW)
    assert Chart.objects.get().latest is None


@pytest.mark.parametrize(("kind", "outcome", "of", "every"), [
    ("proportion", "late", "", "week"), ("value", "minutes", "", "day"),
    ("rate", "minutes", "items", "month"),
    ("count", "", "", "week"),
])  # fmt: skip
def test_one_pass_for_many_measures_counts_as_a_pass_for_each(happened, measure, kind, outcome, of, every):
    dataset = happened(steady())
    Measure.objects.update(kind=kind, outcome=outcome, of=of, every=every)
    measure.refresh_from_db()
    one = next(iter(cells_of([measure]))).cells
    spec = CellSpec("at", every, ("mechanism",), outcome or None, of or None)
    other = lake.reduce(lake.open_source(str(dataset.lake_path)), spec)
    for name in ("n", "total", "squares", "rows", "lows", "highs"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12)
    assert (one.at == other.at).all()


def test_time_between_events_is_charted(happened, measure):
    happened(steady())
    Measure.objects.update(kind="between", unit="cases")
    assert refresh([measure], NOW) == 1
    assert Chart.objects.get().chart_kind in {"g", "t"}
