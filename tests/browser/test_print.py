"""On paper: what is shown, whole, and nothing to click."""

import pytest

SYSTEM = "/mechanisms/returns-and-refunds/repeat-contact/system/"
HIDDEN = [".rail", ".bar", ".search", ".head-acts", "a.ask", ".button", ".pager", ".tabs"]


@pytest.mark.parametrize(
    "path",
    ["/wall/", "/", "/mechanisms/returns-and-refunds/", "/escalations/", "/voice/", SYSTEM, "/me/estimates/"],
)
@pytest.mark.parametrize("look", ["desktop-dark", "desktop-light"])
def test_paper_shows_no_menu_and_cuts_nothing(visit, path, look):
    page = visit("leader", look)
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins
    assert [name for name in HIDDEN if _seen(page, name)] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    assert page.evaluate(CUT) == []


def test_a_chart_that_was_drawn_for_a_wide_screen_fits_on_paper(visit):
    page = visit("leader", "desktop-light")
    page.goto("/mechanisms/returns-and-refunds/")
    page.wait_for_selector(".chart-picture.is-live")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1


@pytest.mark.parametrize("path", ["/wall/", "/mechanisms/returns-and-refunds/"])
def test_paper_is_white_whatever_the_colours_of_the_screen(visit, path):
    page = visit("leader", "desktop-light")
    page.goto(path)
    page.get_by_role("button", name="Dark").click()
    page.emulate_media(media="print")
    page.wait_for_function(f"({LIGHTNESS})(getComputedStyle(document.querySelector('h1')).color) < 0.4")


def _seen(page, selector: str) -> bool:
    shown = "nodes => nodes.some(node => node.getClientRects().length > 0)"
    return page.locator(selector).evaluate_all(shown)


CUT = """
[...document.querySelectorAll('main *')]
  .filter(node => node.getClientRects().length && !node.closest('svg') && !node.closest('.hidden-visually'))
  .filter(node => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(node).overflowX)
               || ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(node).overflowY))
  .filter(node => node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2)
  .map(node => `${node.tagName}.${node.className}`)
"""

# Of any colour that CSS may write, as the browser paints it: 0 black, 1 white.
LIGHTNESS = """colour => {
  const brush = document.createElement('canvas').getContext('2d');
  brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
  return brush.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part, 0) / 765; }"""
