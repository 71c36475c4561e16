"""The reference page names everything there is, and its example runs."""

import re
from pathlib import Path

import pytest

from andon.stats.charts import KINDS
from andon.stats.rule_sets import RULES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "statistics.md").read_text()


@pytest.mark.parametrize("name", [*KINDS, *RULES])
def test_every_kind_and_rule_set_is_on_the_page(name):
    assert f"`{name}`" in PAGE


def test_the_example_on_the_page_says_what_it_says():
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL).group(1)
    names = {}
    exec(code, names)
    assert (
        names["rules"].reasons("nelson", names["marks"][-1])[0] == "This point is outside the control limits."
    )
