"""The reference page names every option, and its example runs."""

import inspect
import re
from pathlib import Path

import pytest

from andon.stats.outbreak import farrington_flexible

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "outbreaks.md").read_text()


@pytest.mark.parametrize("option", list(inspect.signature(farrington_flexible).parameters)[1:])
def test_every_option_is_on_the_page(option):
    assert f"`{option}`" in PAGE


def test_the_example_on_the_page_says_what_it_says():
    names = {}
    exec(re.search(r"```python\n(.*?)```", PAGE, re.DOTALL).group(1), names)
    assert names["found"].alarm[:, 0].tolist() == [False, True, False]
    assert names["found"].expected[1, 0] == pytest.approx(12, rel=0.1)
