"""One place for colours: what the pages serve is what a report carries, and every colour can be read."""

import re

from andon.plots import report_css
from andon.plots.style import FOLDER
from andon.plots.svg import LIGHT


def test_a_report_carries_tokens_charts_and_its_own_rules():
    css = report_css()
    assert all(mark in css for mark in ("--cord:", ".c-tile", ".report"))
    assert "@import" not in css


def test_every_custom_property_that_is_used_is_defined():
    css = report_css()
    used = set(re.findall(r"var\((--[\w-]+)[,)]", css))
    assert used <= set(re.findall(r"(--[\w-]+):", css))


def test_every_colour_for_paper_is_a_token():
    tokens = (FOLDER / "tokens.css").read_text("utf-8")
    assert all(f"{name[4:-1]}:" in tokens for name in LIGHT)


def test_a_report_cannot_reach_out():
    assert "url(" not in report_css()
