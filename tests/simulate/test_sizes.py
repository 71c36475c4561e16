"""Sizes are kept to the row, and refused in words where nothing can stand."""

from datetime import date

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from andon.simulate import BadSize, CannotWrite, Sizes, Window, simulate
from tests.simulate.conftest import END, HOUSE, SMALL, Files

FILES = {
    *("teams.csv", "people.csv", "mechanisms.csv", "measures.csv", "interactions.parquet", "signals.csv"),
    *("teams_monthly.csv", "truth.json"),
}


@pytest.mark.parametrize(("which", "sizes"), [("small", SMALL), ("house", HOUSE)])
def test_every_size_is_kept_to_the_row(which, sizes, request):
    files = request.getfixturevalue(which)
    assert len(files.table("people")) == sizes.people
    assert len(files.table("teams")) == sizes.teams
    assert len(files.table("mechanisms")) == sizes.mechanisms
    assert len(files.rows()) == sizes.interactions
    assert len(files.table("signals")) == sizes.signals


def test_no_other_file_is_left_behind(small):
    assert {file.name for file in small.folder.iterdir()} == FILES


def test_interactions_lie_in_the_window_and_in_order(house):
    at = house.rows()["at"]
    assert pc.min(at).as_py().date() == date(2025, 5, 22)
    assert pc.max(at).as_py().date() == date(2026, 11, 21)
    assert (np.diff(at.to_numpy()) >= np.timedelta64(0, "us")).all()


def test_signals_lie_in_the_window_and_in_order(house):
    at = [row["at"] for row in house.table("signals")]
    assert at == sorted(at)
    assert at[0] >= "2025-05-22T00:00:00Z"
    assert at[-1] < "2026-11-22T00:00:00Z"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    teams=st.integers(2, 30),
    more=st.integers(0, 60),
    mechanisms=st.integers(1, 30),
    months=st.integers(1, 40),
    interactions=st.integers(1, 800),
    share=st.floats(0, 1),
    seed=st.integers(0, 2**32),
    end=st.dates(date(1980, 1, 1), date(2100, 1, 1)),
)
def test_whatever_the_sizes_the_files_stand(
    tmp_path, teams, more, mechanisms, months, interactions, share, seed, end
):
    sizes = Sizes(3 + 2 * teams + more, teams, mechanisms, months, interactions, int(share * interactions))
    simulate(tmp_path, end=end, seed=seed, sizes=sizes)
    files = Files(tmp_path)
    assert (len(files.rows()), len(files.table("signals"))) == (sizes.interactions, sizes.signals)
    assert len(files.table("people")) == sizes.people
    window = files.truth["window"]
    assert all(
        window["from"] <= cause["from"] < cause["to"] <= window["to"] for cause in files.truth["causes"]
    )


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        (Sizes(people=18), "Use --people 19 or more"),
        (Sizes(teams=1), "Use --teams 2 or more"),
        (Sizes(mechanisms=0), "Use --mechanisms 1 or more"),
        (Sizes(months=0), "Use --months 1 or more"),
        (Sizes(months=10_000), "fewer --months"),
        (Sizes(interactions=0), "Use --interactions 1 or more"),
        (Sizes(signals=-1), "Use --signals 0 or more"),
        (Sizes(interactions=10, signals=11), "Use --signals 10 or fewer"),
    ],
)
def test_a_size_that_cannot_stand_is_refused_and_nothing_is_written(tmp_path, sizes, words):
    with pytest.raises(BadSize, match=words):
        simulate(tmp_path / "out", end=END, sizes=sizes)
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CannotWrite, match="Name another folder"):
        simulate(tmp_path / "out", end=END, sizes=SMALL)
    assert (tmp_path / "out").read_text() == "mine"


def test_other_files_of_the_folder_are_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    simulate(tmp_path, end=END, sizes=Sizes(people=19, months=1, interactions=100, signals=5))
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_window_ends_on_the_last_day_of_a_shorter_month():
    assert Window.before(date(2026, 3, 31), 1).start == date(2026, 2, 28)
    assert Window.before(date(2024, 3, 31), 1).start == date(2024, 2, 29)
