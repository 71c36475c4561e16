"""Anybody asks, the owner answers, who asked sees it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import go, said, unfold

MECHANISM = "/mechanisms/returns-and-refunds/"
POINT = {
    "phone-light": 3,
    "desktop-dark": 4,
}  # each asks about another one; the same question joins the first


def _number(page) -> str:
    expect(page).to_have_url(re.compile(r"/escalations/\d+/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _has_a_running_clock(page) -> None:
    expect(page.locator("#clocks")).to_contain_text("Team has had it for")


SIGNAL = {"phone-light": 2, "desktop-dark": 3}  # each asks about another one, too


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_a_bare_question_mark_on_a_signal_is_one_click_and_a_confirmation(visit, look):
    page = visit("leader", look)
    page.goto("/voice/?mechanism=returns-and-refunds")
    page.get_by_role("link", name="Ask a question about this signal").nth(SIGNAL[look]).click()
    expect(page.locator(".cord-about q")).to_be_visible()
    page.get_by_role("button", name="Ask", exact=True).click()
    number = _number(page)
    said(page, f"question {number}")
    _has_a_running_clock(page)
    expect(page.locator("blockquote.quote")).to_be_visible()


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_a_signal_is_asked_about_without_leaving_its_page(visit, look):
    page = visit("leader", look)
    page.goto("/voice/?mechanism=returns-and-refunds")
    page.get_by_role("link", name="Open the signal of").nth(1).click()
    page.get_by_label("How could this happen?").fill("Third time this month")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("[role=status].note")).to_contain_text(re.compile(r"question \d+"))
    page.get_by_role("link", name=re.compile(r"^question \d+")).click()
    expect(page.locator(".say")).to_contain_text("Third time this month")


def test_an_exception_is_asked_about_from_the_wall(visit):
    page = visit("employee", "phone-dark")
    page.goto("/wall/?out=1")
    page.locator(".tile .ask").first.click()
    expect(page.locator(".cord-about")).to_be_visible()
    page.get_by_role("button", name="Ask", exact=True).click()
    _number(page)
    expect(page.locator("figure svg").first).to_be_visible()


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_a_question_on_a_point_is_owned_answered_and_closed_and_who_asked_sees_it(visit, look):
    asker = visit("leader", look)
    asker.goto(MECHANISM + "time-to-refund/")
    unfold(asker, "The numbers behind it")
    asker.locator("tr.out a.ask").nth(POINT[look]).click()
    asker.get_by_label("Note").fill(f"How could this take so long? ({look})")
    asker.get_by_role("button", name="Ask", exact=True).click()
    number = _number(asker)
    _has_a_running_clock(asker)
    go(asker, "Today")
    expect(asker.locator("main")).to_contain_text("you asked")

    _answer(visit("mechanism owner", look), number)

    asker.goto(f"/escalations/{number}/")
    expect(asker.locator(".story").first).to_contain_text("The second check waited for one person.")
    expect(asker.locator(".head .chip")).to_have_text("closed")
    expect(asker.locator("#clocks")).to_contain_text("Team took")


def _answer(page, number: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile(rf"^{number} ·")).click()
    page.get_by_role("button", name=re.compile("Own it|Take over")).click()
    said(page, "It is yours now")
    page.get_by_label("It is", exact=True).select_option(label="Answer to who asked")
    page.get_by_label("In your words").fill("The second check waited for one person.")
    page.get_by_role("button", name="Write", exact=True).click()
    said(page, "Written.")
    unfold(page, "Close it")
    page.get_by_label("Why now?").fill("The check is done by whoever is there since today.")
    page.get_by_role("button", name="Close", exact=True).click()
    said(page, "Closed.")


def test_a_note_that_names_a_colleague_is_gently_questioned_as_it_is_typed(visit):
    page = visit("employee", "desktop-light")
    page.goto("/escalations/raise/")
    page.get_by_label("Note").press_sequentially("Omar Park forgot it", delay=10)
    expect(page.locator("#note-hint")).to_contain_text("Andon asks what, not who.")


def test_somebody_else_is_found_and_asked(visit):
    page = visit("employee", "phone-light")
    page.goto("/escalations/raise/")
    page.get_by_label("What is it about?").fill("The door of the shop in Leeds sticks")
    unfold(page, "Ask somebody else")
    page.get_by_label("Who should see it?").press_sequentially("Felix", delay=30)
    page.get_by_role("radio", name=re.compile("Felix Ramos")).check()
    page.get_by_role("button", name="Ask", exact=True).click()
    _number(page)
    expect(page.locator(".lede")).to_contain_text("Felix Ramos")
