"""`andon link` finds what was planted between the strain of teams and the satisfaction of their customers."""

import pytest

from andon.analysis.linking.ask import answer
from andon.analysis.linking.spec import LinkQuestion


@pytest.fixture(scope="module")
def found(house):
    return answer(
        LinkQuestion(
            str(house.folder / "teams_monthly.csv"), str(house.interactions), "team", "month",
            ("engagement", "absence", "attrition"), ("csat",), at_customer="at", good=("high", "engagement=high"),
            permutations=999,
        )
    )  # fmt: skip


def of(found, measure):
    return next(one for one in found.links if one.employee.column == measure)


def clearest(link):
    return min(link.lags, key=lambda lag: lag.found.p)


def test_engagement_of_a_team_comes_a_month_before_its_customers(found):
    one = of(found, "engagement")
    assert one.direction == "employee first"
    assert (clearest(one).leads, clearest(one).lag) == ("employee", 1)
    assert clearest(one).found.r > 0.4


def test_absence_goes_the_other_way_at_the_same_lag(found):
    lag = clearest(of(found, "absence"))
    assert (lag.leads, lag.lag) == ("employee", 1)
    assert lag.found.r < -0.4


def test_nothing_is_said_of_so_few_teams_between_them(found):
    assert {one.between.verdict for one in found.links} <= {"cannot tell", "no sign"}


def test_people_who_leave_have_nothing_to_do_with_it(found):
    one = of(found, "attrition")
    assert one.within.verdict != "association"
    assert not one.direction
