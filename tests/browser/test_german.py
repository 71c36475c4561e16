"""German words are long: every page still fits a phone, and one chooses the language without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.test_every_page import IN_FULL, open_it


@pytest.mark.parametrize(("role", "address"), IN_FULL)
def test_a_page_in_german_fits_a_phone(visit, site, role, address):
    page = visit(role, "phone-light")
    page.context.add_cookies([{"name": "language", "value": "de", "url": site.url}])
    open_it(page, address)
    assert page.locator("html").get_attribute("lang") == "de"
    assert_fits(page)


def test_a_language_is_chosen_without_a_script(visit):
    page = visit(None, java_script_enabled=False)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("button", name="Anmelden", exact=True)).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_a_page_in_german_is_accessible(visit, site):
    page = visit("leader", "desktop-light")
    page.context.add_cookies([{"name": "language", "value": "de", "url": site.url}])
    page.goto("/mechanisms/returns-and-refunds/")
    assert_accessible(page)
