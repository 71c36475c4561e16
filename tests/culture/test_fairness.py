"""The audit against known truth: what is planted is found, what is not is not, and a mix of roles is no bias."""

import pytest

from tests.culture import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    found = fair.company()
    fair.audits(found)
    return found


def gender(found) -> list:
    """Women are every fourth, so that both roles hold as many of them."""
    return [(one, "woman" if i % 8 in (0, 1) else "man") for i, one in enumerate(found.staff)]


def test_a_planted_difference_is_found_and_called_adverse(house):
    fair.bring(house, gender(house))
    women = [one for one, value in gender(house) if value == "woman"]
    men = [one for one, value in gender(house) if value == "man"]
    fair.thank(house, [*women[:10], *men[:105]])
    row = fair.table(fair.examine(house), "recognised")["rows"][0]
    assert (row["group"], row["x"], row["n"], row["others_x"], row["others"]) == ("woman", 10, 50, 105, 150)
    assert (row["verdict"], row["adverse"]) == ("differs", True)
    assert row["four_fifths"] == pytest.approx(0.2 / 0.7)
