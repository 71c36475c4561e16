"""Fewer cells, the same cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.attribution.coarser import coarser, merged
from tests.attribution.made import cells

WEEKS = ("2025-01-06", "2025-01-27", "2025-02-03", "2025-05-05")
row = st.fixed_dictionaries(
    {
        "worker": st.sampled_from("abc"),
        "mechanism": st.sampled_from("xy"),
        "period": st.sampled_from(WEEKS),
        "mix_region": st.sampled_from("NS"),
        "mix_product": st.sampled_from("pq"),
        "n": st.integers(1, 9),
        "total": st.integers(0, 1),
    }
)
rows = st.lists(row, min_size=1, max_size=60)


def sums(found, role="worker"):
    factor = found.factors[role]
    return {
        name: tuple(
            float(values[factor.codes == i].sum()) for values in (found.n, found.total, found.squares)
        )
        for i, name in enumerate(factor.levels)
    }


@given(rows, st.integers(1, 40))
def test_no_case_is_lost_or_moved_to_somebody_else(made, most):
    before = cells(made, every="week")
    assert sums(coarser(before, most)) == sums(before)


@given(rows)
def test_cells_that_share_every_level_become_one(made):
    found = merged(cells(made))
    keys = np.column_stack([one.codes for one in (*found.factors.values(), *found.bins.values())])
    assert len(np.unique(keys, axis=0)) == len(found)


def every_combination():
    names = ("worker", "mechanism", "period", "mix_region", "mix_product")
    values = ("abc", "xy", WEEKS, "NS", "pq")
    found = [{}]
    for name, some in zip(names, values, strict=True):
        found = [one | {name: value} for one in found for value in some]
    return cells([one | {"n": 1, "total": 0} for one in found], every="week")


@pytest.mark.parametrize(
    ("most", "size", "every", "mix"),
    [
        (96, 96, "week", ["region", "product"]),
        (95, 72, "month", ["region", "product"]),
        (71, 36, "month", ["region"]),
        (35, 24, "quarter", ["region"]),
        (23, 12, "quarter", []),
        (1, 12, "quarter", []),
    ],
)
def test_what_matters_least_goes_first(most, size, every, mix):
    found = coarser(every_combination(), most)
    assert (len(found), found.every, list(found.bins)) == (size, every, mix)


def test_what_is_left_out_is_told():
    assert [note.split(" is ")[0] for note in coarser(every_combination(), 1).notes] == [
        "“product”",
        "“region”",
    ]
