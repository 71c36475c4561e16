"""Somebody asks colleagues for feedback, on a phone, finding them one after the other by name."""

import re

import pytest
from playwright.sync_api import expect

QUESTION = "When did I make it easy for one of your customers?"


def choose(page, letters: str, place: int = 0) -> str:
    """Types a part of a name and takes somebody who was found; their name."""
    page.get_by_label("Whom?", exact=True).fill(letters)
    found = page.locator("#colleagues input:not(:checked)")
    expect(found.first).to_be_visible()
    name = page.locator("#colleagues li:has(input:not(:checked)) label").nth(place).inner_text()
    found.nth(place).check()
    return name.strip()


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_several_are_found_by_name_and_stay_chosen(visit, look):
    page = visit("employee", look)
    page.goto("/me/feedback/+ask/")
    page.get_by_label("What would you like to know?").fill(QUESTION)
    chosen = [choose(page, letters) for letters in ("an", "er", "ma")]
    assert len(set(chosen)) == 3
    expect(page.locator("#colleagues input:checked")).to_have_count(3)
    page.get_by_role("radio", name=re.compile("Confidential")).check()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    for name in chosen:
        expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("not even how many have answered")
    page.get_by_role("button", name="Take the question back").click()
    expect(page.locator("main")).not_to_contain_text(QUESTION)


def test_without_a_script_finding_keeps_what_was_written(visit):
    page = visit("employee", "desktop-light", java_script_enabled=False)
    page.goto("/me/recognition/+give/")
    page.get_by_label("What did they do?").fill("Rang back.")
    page.get_by_label("Whom?", exact=True).fill("an")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("What did they do?")).to_have_value("Rang back.")
    page.locator("#colleagues input").first.check()
    page.get_by_label("What did a customer have of it?").fill("They slept.")
    page.get_by_role("button", name="Thank them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recognition")
    expect(page.locator("main")).to_contain_text("They slept.")
