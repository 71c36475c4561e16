"""A large chart is read by eye, pointer, keyboard and ear; the frame around it works without a mouse."""

import re

import pytest

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import LOOKS


@pytest.fixture
def guide(visit):
    page = visit("administrator")
    page.goto("/guide/")
    page.locator("#chart").scroll_into_view_if_needed()
    page.wait_for_selector(".chart-picture.is-live svg")
    return page


def test_the_live_chart_keeps_its_dates_and_stays_in_its_place(guide):
    words = guide.locator(".is-live svg text").all_text_contents()
    assert any(word.startswith("Feb") for word in words)
    assert "countermeasure 14 in place" in words
    room = guide.evaluate(
        "document.querySelector('.chart').clientWidth - document.querySelector('.is-live svg').clientWidth"
    )
    assert room >= 0


def test_arrow_keys_read_the_points(guide):
    guide.locator("figure.chart").focus()
    guide.keyboard.press("ArrowRight")
    assert guide.locator(".chart-read").inner_text().startswith("Week of 6 January 2025: ")
    guide.keyboard.press("End")
    guide.keyboard.press("PageUp")
    assert guide.locator(".chart-read").inner_text().endswith("below the lower limit.")
    guide.keyboard.press("Escape")
    assert guide.locator(".chart-read").inner_text() == ""


def test_the_pointer_shows_a_point_in_words(guide):
    box = guide.locator(".is-live svg").bounding_box()
    guide.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 90)
    tip = guide.locator(".chart-tip")
    assert re.match(r"Week of .* 2025\n[\d.]+ %\n", tip.inner_text())
    guide.mouse.move(5, 5)
    tip.wait_for(state="hidden")


def test_without_the_engine_the_first_picture_stays_and_is_read_all_the_same(visit):
    page = visit("administrator")
    page.route(
        "**/look/engine-*.js",
        lambda route: route.fulfill(status=200, content_type="text/javascript", body="export {};"),
    )
    page.goto("/guide/")
    figure = page.locator("figure.chart")
    figure.scroll_into_view_if_needed()
    figure.focus()
    page.wait_for_timeout(300)
    page.keyboard.press("ArrowRight")
    assert "Week of 6 January 2025" in page.locator(".chart-read").inner_text()
    assert page.locator(".chart-picture > svg.c-large").is_visible()


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit):
    page = visit("administrator", "phone-light")
    page.goto("/guide/")
    assert not page.locator("#rail").is_visible()
    page.locator(".bar button").press("Enter")
    assert page.locator("#rail .rail-link").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#rail").is_visible()


def test_the_scheme_one_chooses_is_kept(visit):
    page = visit("administrator")
    page.goto("/guide/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("look", LOOKS)
def test_every_part_is_accessible_and_fits(visit, look):
    page = visit("administrator", look)
    page.goto("/guide/")
    assert_fits(page)
    assert_accessible(page)
    page.locator("button.cord[popovertarget]").first.click()
    assert_accessible(page)
