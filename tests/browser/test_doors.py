"""Signing in and out, what is out of reach, and a browser without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.steps import go

SIGNAL = {"phone-dark": 5, "desktop-light": 6}  # each asks about another one


@pytest.mark.complaints("422")
@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_a_wrong_password_is_said_kindly_and_the_right_one_opens(open_page, site, look):
    page = open_page(site.url, look)
    page.goto("/wall/")
    page.locator("#id_login").fill(site.emails["analyst"])
    page.locator("#id_password").fill("not this one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".error").first).to_be_visible()
    page.locator("#id_password").fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/wall/$"))


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_after_signing_out_nothing_can_be_seen(open_page, site, look):
    page = open_page(site.url, look)
    sign_in(page, site.emails["employee"], site.password)
    go(page, "Sign out")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/$"))
    page.goto("/wall/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


@pytest.mark.complaints("404")
@pytest.mark.parametrize("address", ["/people/roles/", "/data/", "/mechanisms/no-such/", "/voice/nobody/"])
def test_what_is_out_of_reach_is_not_here(visit, address):
    page = visit("employee", "phone-dark")
    answer = page.goto(address)
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_contain_text("not yours to see")


@pytest.mark.complaints("404")
def test_the_page_of_somebody_elses_team_is_not_here(visit):
    leader = visit("leader", "desktop-light")
    leader.goto("/people/?q=Warehouse")
    stranger = leader.locator("#found tbody a").first.get_attribute("href")
    assert leader.goto(stranger).status == 200
    assert visit("employee", "phone-light").goto(stranger).status == 404


def test_the_colours_one_chose_stay_on_the_next_page(visit):
    page = visit("employee", "desktop-light")
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    go(page, "The wall")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_without_scripts_one_can_still_find_ask_and_answer(visit, look):
    asker = visit("employee", look, java_script_enabled=False)
    asker.goto("/voice/?mechanism=returns-and-refunds")
    asker.get_by_role("link", name="Ask a question about this signal").nth(SIGNAL[look]).click()
    asker.get_by_label("Note").fill("Asked without scripts")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.locator("#messages")).to_contain_text("Asked.")

    owner = visit("mechanism owner", look, java_script_enabled=False)
    owner.goto(asker.url)
    owner.get_by_role("button", name="Own it").click()
    owner.get_by_label("In your words").fill("Answered without scripts")
    owner.get_by_role("button", name="Write", exact=True).click()
    expect(owner.locator("#messages")).to_contain_text("Written.")
    asker.reload()
    expect(asker.locator(".story").first).to_contain_text("Answered without scripts")


def test_without_scripts_the_menu_of_a_phone_still_leads_on(visit):
    page = visit("employee", "phone-light", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    page.locator("#rail").get_by_role("link", name="Customer voice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer voice")
