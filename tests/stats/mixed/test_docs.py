"""The reference page: its example runs and says what it says."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from andon.stats.mixed import Fit

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "mixed.md").read_text()


def test_the_example_on_the_page_says_what_it_says():
    names = {}
    exec(re.search(r"```python\n(.*?)```", PAGE, re.DOTALL).group(1), names)
    found = names["found"]
    assert found.variances["batch"] == pytest.approx(1764.05, abs=0.01)
    assert found.residual == pytest.approx(2451.25, abs=0.01)


@pytest.mark.parametrize("family", ["gaussian", "binomial", "poisson"])
def test_every_family_is_on_the_page(family):
    assert f"`{family}`" in PAGE


def test_every_field_of_a_fit_is_described():
    described = Fit.__doc__
    plain = {"family", "method", "solution", "iterations", "cases", "cells"}
    assert {field.name for field in fields(Fit)} - plain <= set(re.findall(r"\w+", described))
