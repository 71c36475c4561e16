"""The stream of what customers say: found, narrowed, kept as a view, and given its mechanism."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import arrived, go, said, unfold


def _results(page):
    return page.locator("#stream [role=status]")


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_words_are_searched_narrowed_and_saved_as_a_view(visit, look):
    page = visit("analyst", look)
    page.goto("/")
    go(page, "Customer voice")
    everything = _results(page).inner_text()
    page.get_by_label("Search what customers said").press_sequentially("refund", delay=30)
    expect(page).to_have_url(re.compile("q=refund"))
    expect(_results(page)).not_to_have_text(everything)
    found = _results(page).inner_text()

    arrived(page)
    if not page.get_by_role("heading", name="Channel").is_visible():
        unfold(page, "Narrow down")
    page.get_by_role("region", name="Channel").get_by_role("link", name=re.compile("^chat")).click()
    expect(page).to_have_url(re.compile("channel=chat"))
    expect(_results(page)).not_to_have_text(found)

    name = f"Refunds in the chat, {look}"
    page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    said(page, "Saved.")
    page.goto("/voice/")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_url(re.compile("q=refund"))
    page.get_by_role("button", name=f"Forget the view {name}").click()
    said(page, "is forgotten")


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_a_suggested_mechanism_is_taken_with_one_click(visit, look):
    page = visit("analyst", look)
    page.goto("/voice/?mechanism=none")
    suggestion = page.locator(".item-meta button.chip").first
    name = suggestion.inner_text().removesuffix("?")
    place = page.locator(".item-meta .row", has=page.locator("button.chip")).first
    here = "#" + place.get_attribute("id")
    suggestion.click()
    expect(page.locator(here)).to_contain_text("saved")
    expect(page.locator(here).get_by_role("link", name=name)).to_be_visible()


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_several_signals_get_their_mechanism_at_once_and_it_can_be_taken_back(visit, look):
    page = visit("analyst", look)
    page.goto("/voice/?mechanism=none")
    waiting = _results(page).inner_text()
    boxes = page.get_by_label("Tick the signal of")
    for box in boxes.all()[:3]:
        box.check()
    expect(page.locator(".bulk")).to_contain_text("3 ticked")
    page.get_by_label("Mechanism for the ticked signals").select_option(label="Home delivery")
    page.get_by_role("button", name="Assign").click()
    said(page, "Three signals now belong to Home delivery.")
    expect(_results(page)).not_to_have_text(waiting)
    page.get_by_role("button", name="Take it back").click()
    said(page, "Taken back for three signals.")
    page.goto("/voice/?mechanism=none")
    expect(_results(page)).to_have_text(waiting)


def test_a_search_for_nonsense_says_so_and_leads_back(visit):
    page = visit("leader", "phone-light")
    page.goto("/voice/?q=qqqxyzzy")
    expect(page.get_by_role("heading", name="No signal matches")).to_be_visible()
    page.get_by_role("link", name="Show everything").first.click()
    expect(page.locator("#stream .item").first).to_be_visible()
