"""A leader comes in the morning: what is out of spec, since when, and what customers said of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import go, live_chart, unfold


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_from_today_over_the_wall_and_the_worst_chart_to_the_signals_behind_a_point(visit, look):
    page = visit("leader", look)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("out of spec")
    expect(page.locator(".tile.out").first).to_contain_text("than usual")

    go(page, "The wall")
    page.get_by_label("Only out of spec").check()
    expect(page).to_have_url(re.compile("out=1"))
    expect(page.locator("#wall")).to_contain_text("shown.")
    assert page.locator(".tile").count() == page.locator(".tile.out").count() > 0

    worst = page.locator(".tile").first
    name = worst.get_by_role("heading").inner_text()
    worst.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator("p.say")).to_contain_text("usual")

    _read_with_the_keyboard(page)

    unfold(page, "The numbers behind it")
    page.locator("tr.out").first.get_by_role("link", name="signals").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer voice")
    expect(page).to_have_url(re.compile("mechanism=.*since=.*until="))
    expect(page.locator(".chosen .chip").first).to_be_visible()


def _read_with_the_keyboard(page) -> None:
    figure, said = live_chart(page), page.locator(".chart-read")
    figure.focus()
    page.keyboard.press("End")
    expect(said).to_have_text(re.compile(r"^.*20\d\d: .*\d.*, .+\.$"))
    last = said.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(said).not_to_have_text(last)
    page.keyboard.press("PageUp")
    expect(said).to_have_text(re.compile("limit|in a row|side|points|two|nine|trend|of", re.IGNORECASE))


def test_the_worst_measure_on_today_is_the_worst_on_the_wall(visit):
    page = visit("employee", "phone-light")
    page.goto("/")
    worst = page.locator(".tile h2").first.inner_text()
    go(page, "The wall")
    expect(page.locator(".tile h2").first).to_have_text(worst)


def test_the_wall_is_searched_as_one_types(visit):
    page = visit("employee", "desktop-dark")
    page.goto("/wall/")
    everything = page.locator(".tile").count()
    page.get_by_label("Find a measure or mechanism").press_sequentially("refund", delay=30)
    expect(page.locator("#wall")).to_contain_text("shown.")
    assert 0 < page.locator(".tile").count() < everything


def test_a_wall_screen_has_only_the_wall_and_a_way_back(visit):
    page = visit("leader", "desktop-dark")
    page.goto("/wall/")
    page.get_by_role("link", name="On a wall screen").click()
    expect(page.locator(".tile").first).to_be_visible()
    expect(page.locator("#rail")).to_have_count(0)
    page.get_by_role("link", name="Leave the wall screen").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
