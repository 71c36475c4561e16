"""A level of one mechanism on the mix of work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.analysis.attribution import AttributionSpec, attribute
from andon.analysis.attribution.moving import on_the_mix
from tests.analysis.attribution.made import Made

shares = st.floats(0.01, 0.99)


@given(there=shares, usual=shares, kind=st.sampled_from(["proportion", "value", "count"]))
def test_who_is_usual_there_is_usual_on_the_mix(there, usual, kind):
    assert on_the_mix(there, there, usual, kind) == pytest.approx(usual)


@given(level=shares, kind=st.sampled_from(["proportion", "value", "count"]))
def test_where_the_mechanism_is_as_the_mix_a_level_stays(level, kind):
    assert on_the_mix(level, 0.6, 0.6, kind) == pytest.approx(level)


@given(low=shares, high=shares, there=shares, usual=shares)
def test_a_higher_level_stays_the_higher_one_and_a_share(low, high, there, usual):
    a, b = (on_the_mix(level, there, usual, "proportion") for level in sorted((low, high)))
    assert 0 <= a <= b <= 1


def test_a_standard_of_a_hard_mechanism_asks_more_of_the_mix():
    cells = Made(people=60, seed=3).draw()
    found = attribute(cells, AttributionSpec(good="high", calibrate=False, compare=False))
    hardest = min(zip(found.mechanisms.adjusted, found.mechanisms.name, strict=True))
    spec = AttributionSpec(
        good="high", standard=hardest[0], standard_at=hardest[1], calibrate=False, compare=False
    )
    moved = attribute(cells, spec).standard
    assert moved.value == pytest.approx(moved.usual, abs=1e-6)
    assert moved.value > hardest[0]
