"""Many say the same: from the stream to the card, to their words, and one click to ask."""

import re

from playwright.sync_api import expect


def test_from_the_stream_to_a_cluster_and_its_signals(visit):
    page = visit("leader", "desktop-light")
    page.goto("/voice/")
    strip = page.get_by_role("region", name="Many say the same")
    strip.locator("h3 a").first.click()
    expect(page.get_by_role("heading", name="How many, and how many to expect")).to_be_visible()
    page.get_by_text("The numbers behind it").click()
    expect(page.get_by_role("cell", name="in the cluster").first).to_be_visible()
    page.get_by_role("link", name="Read all its signals").click()
    expect(page).to_have_url(re.compile(r"cluster=\d+"))
    expect(page.locator("#stream .item").first).to_be_visible()


def test_one_click_asks_about_a_cluster(visit):
    page = visit("analyst", "phone-dark")
    page.goto("/voice/clusters/")
    card = page.locator("article.cluster").last
    card.get_by_role("button", name=re.compile("^Ask about")).click()
    expect(card.get_by_role("status")).to_contain_text("Asked. It is question")
    page.reload()
    expect(page.locator("article.cluster").last).to_contain_text("asked: question")


def test_asking_works_without_javascript(visit):
    page = visit("manager", "desktop-dark", java_script_enabled=False)
    page.goto("/voice/clusters/")
    page.locator("article.cluster h3 a").first.click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="The story so far")).to_be_visible()
    expect(page.locator("article.cluster")).to_be_visible()
