"""A manager looks at the process first, then notes coaching; the person answers; a promise is kept and doubted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.steps import go, said

TEXTS = {
    "Situation": "In the calls of this morning.",
    "Behaviour": "The call ended before the customer had answered.",
    "Impact": "Two rang again an hour later.",
    "What the two of you agreed": "Asks once more before the end. I have the timer changed.",
}


def name_of(page) -> str:
    page.goto("/")
    return page.locator(".rail-foot b").text_content()


def note_page(visit, look: str, **more):
    """The manager of the employee, about to note coaching with them."""
    name = name_of(visit("employee"))
    page = visit("manager", look, **more)
    page.goto("/team/")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="Note coaching").click()
    page.get_by_label("A standard or a mechanism").select_option(index=1)
    page.get_by_role("button", name="See how it runs").click()
    expect(page.get_by_role("heading", name="What first, then who")).to_be_visible()
    return page


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_coaching_begins_with_the_process_and_the_person_has_their_say(visit, look):
    page = note_page(visit, look)
    for label, text in TEXTS.items():
        page.get_by_label(label).fill(f"{text} {look}")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Note it").click()
    said(page, "can read it now")
    mine = visit("employee", look)
    mine.goto("/me/coaching/")
    mine.locator("#notes ~ ul .item", has_text=f"{TEXTS['What the two of you agreed']} {look}").get_by_role(
        "link"
    ).click()
    mine.get_by_label("How do you see it?").fill("Nobody told me that the timer can be changed.")
    mine.get_by_role("button", name="Add it").click()
    expect(mine.locator("blockquote")).to_contain_text("Nobody told me")


def test_a_word_about_character_is_questioned_as_it_is_typed_and_may_stay(visit):
    page = note_page(visit, "desktop-light")
    page.get_by_label("Behaviour").press_sequentially("They are lazy")
    expect(page.locator("#hint")).to_contain_text("“lazy” says what somebody is.")
    page.get_by_label("Behaviour").fill("They left the chat at ten past nine.")
    expect(page.locator("#hint")).not_to_contain_text("lazy")


def test_without_scripts_the_words_are_looked_at_by_a_button(visit):
    page = note_page(visit, "desktop-light", java_script_enabled=False)
    page.get_by_label("Behaviour").fill("They always do that.")
    page.get_by_role("button", name="Look at my words first").click()
    expect(page.locator("#hint")).to_contain_text("“always” is rarely so.")
    expect(page.get_by_label("Behaviour")).to_have_value("They always do that.")


def test_a_promise_is_kept_and_the_person_says_that_it_did_not_help(visit):
    name = name_of(visit("employee"))
    page = visit("manager")
    page.goto("/team/")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="Promise support").click()
    page.get_by_label("What you promise").fill("An hour with the people who print the labels")
    page.get_by_role("button", name="Promise it").click()
    page.get_by_role("link", name="An hour with the people who print the labels").click()
    page.get_by_label("What came, and when").fill("Wednesday at ten.")
    page.get_by_role("button", name="Delivered").click()
    mine = visit("employee", "phone-dark")
    mine.goto("/me/coaching/")
    item = mine.locator(".item", has_text="An hour with the people who print the labels")
    item.locator("summary").click()
    item.get_by_role("textbox").fill("They were in a meeting.")
    item.get_by_role("button", name="Say so").click()
    said(mine, "It stands until somebody answers you.")
    page.goto("/team/owed/")
    expect(page.locator(".item", has_text="An hour with the people")).to_contain_text(
        "doubted, not answered yet"
    )


def test_two_people_plan_their_talk_and_both_write(visit):
    mine = visit("employee", "phone-light")
    mine.goto("/me/one-to-ones/plan/")
    mine.get_by_label("With whom").select_option(index=1)
    mine.get_by_role("button", name="Plan it").click()
    expect(mine).to_have_url(re.compile(r"/me/one-to-ones/\d+/$"))
    mine.get_by_label("What would you like to talk about?").fill("The label printer")
    mine.get_by_role("button", name="Put it on the agenda").click()
    page = visit("manager")
    page.goto(mine.url)
    page.get_by_role("button", name="Talked about: The label printer").click()
    expect(page.locator(".item", has_text="The label printer")).to_contain_text("talked about")
    go(page, "My team")
