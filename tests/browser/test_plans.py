"""A plan from every side in the demo organisation: looked at, proposed, reviewed, handed over, met; and a shut gate."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.steps import arrived, go, said

WHY = "We have talked it over and I want to see whether more is needed."


def name_of(page) -> str:
    page.goto("/")
    return page.locator(".rail-foot b").text_content()


def looked(page, name: str, standard: str) -> None:
    """From the menu to the six conditions, with a reason first."""
    page.goto("/")
    go(page, "Plans")
    people = page.get_by_label("Whom is it about?")
    people.select_option(people.locator("option", has_text=name).get_attribute("value"))
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Which standard").select_option(label=standard)
    page.get_by_label("Why do you look?").fill(WHY)
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("heading", name="The gate", exact=True)).to_be_visible()


def form(page, title: str, button: str):
    """The form that ends in a button, opened if it is folded away."""
    arrived(page)
    fold = page.locator("details.more-sheet", has=page.locator("summary", has_text=title))
    if fold.count() and fold.first.get_attribute("open") is None:
        fold.first.locator("summary").click()
    return page.locator("form", has=page.get_by_role("button", name=button, exact=True))


def does(page, title: str, button: str, **texts: str) -> None:
    """Fills the fields of a form and sends it; `Why` is filled where it is given."""
    one = form(page, title, button)
    for label, text in texts.items():
        one.get_by_label(label).fill(text)
    one.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_a_gate_that_is_shut_says_why_and_the_person_sees_who_looked(visit, look):
    name = name_of(visit("employee"))
    page = visit("manager", look)
    looked(page, name, "Refunds in three days")
    expect(page.locator("h1")).to_contain_text("not met")
    expect(page.get_by_role("link", name=re.compile("Draft"))).to_have_count(0)
    assert_fits(page)
    assert_accessible(page)
    mine = visit("employee", look)
    mine.goto("/me/plan/")
    expect(mine.locator("main")).to_contain_text(WHY)
    mine.get_by_role("link", name="Refunds in three days").first.click()
    expect(mine.locator("main")).to_contain_text("What would satisfy it")
    assert_accessible(mine)


def test_a_whole_life_by_every_role_in_turn(visit):
    name = name_of(visit("their colleague"))
    manager = visit("their manager")
    looked(manager, name, "Checks that it helped")
    expect(manager.locator("h1")).to_have_text("All six conditions are met")
    manager.get_by_role("link", name=re.compile("^Draft the")).click()
    manager.get_by_label("Why there is a plan").fill("Customers leave without saying whether it helped.")
    manager.get_by_label("Where that will be told from").first.fill("Ten calls heard together")
    assert_accessible(manager)
    manager.get_by_role("button", name="Propose it to HR").click()
    expect(manager.locator("main")).to_contain_text("Nothing of it holds yet")

    partner = visit("HR partner")
    partner.goto("/")
    go(partner, "Plans in review")
    partner.get_by_role("link", name=f"{name}: Checks that it helped").first.click()
    partner.get_by_role("button", name="Begin the review").click()
    does(partner, "Is it fair?", "It may be handed over", Why="The gate is sound and the help is real.")
    said(partner, "handed over now")

    manager.reload()
    manager.get_by_role("button", name="Hand it over").click()
    said(manager, "owed from now on")

    person = visit("their colleague", "phone-light")
    person.goto("/me/")
    person.get_by_role("link", name=re.compile("handed to you")).click()
    person.get_by_role("link", name="Checks that it helped").first.click()
    expect(person.locator("main")).to_contain_text("Did you receive it?")
    person.get_by_label("Anything you want to say to it").fill(
        "I have it, and I do not agree with all of it."
    )
    person.get_by_role("button", name="I have received it").click()
    said(person, "That is not agreement")
    assert_fits(person)
    assert_accessible(person)

    manager.reload()
    does(manager, "Pause it", "Pause it", Why="A week away, long planned.")
    said(manager, "These days do not count")
    manager.get_by_role("button", name="Go on").click()

    manager.get_by_role("link", name="Change it").click()
    day = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    manager.get_by_label("What was changed, and why").fill("A mentor was asked for, and is promised.")
    manager.get_by_label("What will be done").first.fill("A mentor for six weeks")
    manager.get_by_label("Kind").first.select_option("mentoring")
    manager.get_by_label("Who owes it").first.select_option(index=1)
    manager.get_by_label("It comes by").first.fill(day)
    manager.get_by_role("button", name="Make the new version").click()
    expect(manager.locator("main")).to_contain_text("waits for the receipt of the new version")
    person.reload()
    person.get_by_role("button", name="I have received it").click()
    said(person, "That is not agreement")

    manager.reload()
    form(manager, "Decide", "Decide").get_by_label("met", exact=True).check()
    does(
        manager,
        "Decide",
        "Decide",
        **{"Why, and what it rests on": "Ten calls of ten ended with the question."},
    )
    said(manager, "once HR has approved it")
    partner.reload()
    does(partner, "Does the decision stand?", "Approve the decision", Why="Both sides say the same.")
    person.reload()
    expect(person.locator("main")).to_contain_text("Back to standard")
    with person.expect_download() as taken:
        person.get_by_role("link", name="Everything as a PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")


def test_hr_prepares_talks_over_and_closes_a_meeting(visit):
    page = visit("HR partner")
    page.goto("/hr/calibration/")
    page.get_by_label("What it is about").fill("Settled in the first call")
    page.get_by_label("When").fill("2026-12-01")
    page.get_by_label("What is to be clear afterwards").fill("Whether the same words mean the same bar.")
    page.get_by_role("button", name="Prepare").click()
    form(page, "Add a case", "Add").get_by_label("Standard", exact=True).select_option(index=1)
    does(page, "Add a case", "Add", **{"What is the question?": "Why is the bar higher in one place?"})
    page.get_by_label("What was said").fill("Its callers ask easier things.")
    page.get_by_role("button", name="Write").first.click()
    does(page, "Close it with minutes", "Close", Minutes="The bar stays, with the reason written down.")
    expect(page.locator("main")).to_contain_text("The bar stays")
    assert_fits(page)
    assert_accessible(page)
