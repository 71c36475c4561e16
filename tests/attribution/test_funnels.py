"""Teams and sites against their number of cases."""

import json

import pytest

from andon.attribution.funnels import funnels
from andon.people.models import Team
from tests.attribution.made import cells, grid

pytestmark = pytest.mark.django_db
TEAMS = [f"T{i}" for i in range(8)]


def places(**site_of):
    for name in TEAMS:
        Team.objects.create(slug=name.lower(), name=name, site=site_of.get(name, f"Site {name}"))


def eight(share=lambda **where: 0.1, workers=40, n=100, **more):
    return cells(grid(workers=workers, n=n, share=share, team=lambda w: TEAMS[w % 8]), **more)


def test_teams_alike_lie_inside():
    found = funnels(eight())["team"]
    assert [row["name"] for row in found["rows"]] == TEAMS
    assert not [row for row in found["rows"] if row["outside"]]


def test_a_team_far_from_all_others_lies_outside():
    found = funnels(eight(lambda worker, **where: 0.3 if worker % 8 == 3 else 0.1))["team"]
    assert [row["name"] for row in found["rows"] if row["outside"]] == ["T3"]


def test_a_team_that_does_the_hard_work_does_not_look_worse():
    made = grid(
        workers=40,
        n=100,
        share=lambda mechanism, **_: (0.05, 0.1, 0.4)[mechanism],
        team=lambda w: TEAMS[w % 8],
    )
    for row in made:
        if row["team"] == "T3" and row["mechanism"] == "m2":
            row["n"], row["total"] = 1000, 400
    found = funnels(cells(made))["team"]
    assert not [row for row in found["rows"] if row["outside"]]


def test_few_teams_make_no_funnel():
    assert funnels(cells(grid(workers=15, team=lambda w: f"T{w % 3}"))) == {}


def test_data_without_teams_make_no_funnel():
    made = [{key: value for key, value in row.items() if key != "team"} for row in grid()]
    assert funnels(cells(made)) == {}


def test_teams_of_few_are_not_among_them():
    team = lambda w: "Duo" if w < 2 else TEAMS[w % 8]  # noqa: E731
    found = funnels(cells(grid(workers=60, team=team)))
    assert "Duo" not in json.dumps(found)


def test_sites_are_those_of_the_register():
    places(**dict.fromkeys(("T0", "T1", "T2", "T3"), "North"))
    found = funnels(eight())["site"]
    assert [row["name"] for row in found["rows"]] == ["North", "Site T4", "Site T5", "Site T6", "Site T7"]


def test_a_site_that_would_tell_of_a_small_team_is_left_out():
    places(T0="Home", T1="Home")
    Team.objects.create(slug="duo", name="Duo", site="Home")
    Team.objects.create(slug="trio", name="Trio", site="Away")
    team = lambda w: "Duo" if w < 2 else "Trio" if w < 5 else TEAMS[w % 8]  # noqa: E731
    names = [row["name"] for row in funnels(cells(grid(workers=60, team=team)))["site"]["rows"]]
    assert "Home" not in names
    assert "Away" not in names


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_an_outcome_that_is_always_the_same_marks_nobody(share):
    found = funnels(eight(lambda **where: share))["team"]
    assert not [row for row in found["rows"] if row["outside"]]
