"""The page on wrong accusations quotes what the experiment wrote."""

import json
import re
from pathlib import Path

import pytest

from andon.simulate.worlds import WORLDS

DOCS = Path(__file__).parents[3] / "docs" / "explanation"
ANDON = "Andon, false discoveries held at 5%"


@pytest.fixture(scope="module")
def page():
    return (DOCS / "accusations.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def results():
    return json.loads((DOCS / "accusations.json").read_text(encoding="utf-8"))


def test_every_world_was_tried(results):
    assert list(results) == list(WORLDS)


@pytest.mark.parametrize("name", WORLDS)
def test_every_world_is_on_the_page_with_the_figure_that_was_found(page, results, name):
    andon = results[name]["rules"][ANDON]
    row = re.search(rf"^\| `{name}` \| {andon['worlds']} \|.*$", page, re.MULTILINE)
    assert row is not None
    assert "nobody named" in row[0] if not andon["named"] else f"| {100 * andon['wrong']:.1f}" in row[0]


@pytest.mark.parametrize("name", [name for name, recipe in WORLDS.items() if recipe.shown])
def test_the_promise_held_where_the_data_can_show_the_fault(results, name):
    andon = results[name]["rules"][ANDON]
    chance = (0.05 * 0.95 / max(andon["named"] * andon["worlds"], 1)) ** 0.5
    assert not andon["named"] or andon["wrong"] <= 0.05 + 3 * max(andon["wrong_error"] or 0.0, chance)


def test_the_limit_is_on_the_page(page, results):
    wrong = results["hard-cases-unseen"]["rules"][ANDON]["wrong"]
    assert wrong > 0.15
    assert "a cause that follows the person and is not in the data" in page
