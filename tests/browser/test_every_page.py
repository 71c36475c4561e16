"""Every page, for those who may open it: on a phone and a desk, light and dark, for eyes and for screen readers."""

import pytest

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import LOOKS

PAGES = [
    ("leader", "/"),
    ("leader", "/wall/"),
    ("leader", "/mechanisms/"),
    ("leader", "/voice/"),
    ("leader", "/escalations/"),
    ("leader", "/people/"),
    ("administrator", "/data/"),
    ("administrator", "/data/bring/"),
    ("employee", "/"),
    ("manager", "/"),
    ("mechanism owner", "/"),
    ("HR partner", "/people/"),
    (None, "/accounts/login/"),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_is_accessible_and_fits_the_screen(visit, role, path, look):
    page = visit(role, look)
    answer = page.goto(path)
    assert answer.status == 200
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("look", LOOKS)
def test_the_first_mechanism_signal_and_escalation_are_accessible_too(visit, look):
    page = visit("leader", look)
    for listing, link in (
        ("/mechanisms/", "main a[href^='/mechanisms/']:not([href*='?'])"),
        ("/voice/", "main a[href^='/voice/']:not([href*='?'])"),
        ("/escalations/", "main a[href^='/escalations/']:not([href*='?']):not([href*='raise'])"),
    ):
        page.goto(listing)
        page.goto(page.locator(link).first.get_attribute("href"))
        assert_accessible(page)
        assert_fits(page)
