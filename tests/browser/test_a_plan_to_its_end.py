"""The other end of a plan: help that came late, a decision that waits for it, not met, and an appeal that is heard."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import sign_in
from tests.browser.running import environment
from tests.browser.steps import go, said
from tests.browser.test_plans import does, form

HELP_CAME = "Four afternoons, read together."


@pytest.fixture
def gone_by(site):
    """A plan whose days are over and whose help has not come: no browser can wait for that."""
    home = Path(os.environ.get("ANDON_BROWSER_HOME") or Path(site.folder) / "home")
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.a_plan_gone_by", site.password],
        env=environment(home), check=True, capture_output=True, text=True,
    )  # fmt: skip
    return SimpleNamespace(**json.loads(made.stdout.splitlines()[-1]))


@pytest.mark.complaints("422")  # Chromium reports every form that is shown again
def test_help_that_came_late_holds_back_not_met_and_an_appeal_sets_it_aside(gone_by, open_page, site):
    def signed_in(email, look="desktop-light"):
        page = open_page(site.url, look)
        sign_in(page, email, site.password)
        return page

    manager = signed_in(gone_by.manager)
    manager.goto(f"/plans/{gone_by.plan}/")
    _decides_not_met(manager)
    expect(manager.locator(".error")).to_contain_text("support that was promised did not come")
    expect(manager.get_by_label("Why, and what it rests on")).to_have_value(
        "Nine chats of ten end without it."
    )
    form(manager, "Give more time", "Give more time").get_by_label("Days more").fill("7")
    does(manager, "Give more time", "Give more time", Why="The help that was promised came late.")
    said(manager, "more time now")
    for _each in range(2):
        _delivers(manager, gone_by.name)
    manager.goto(f"/plans/{gone_by.plan}/")
    _decides_not_met(manager)
    said(manager, "once HR has approved it")

    partner = signed_in(gone_by.partner)
    partner.goto(f"/plans/{gone_by.plan}/")
    does(
        partner, "Does the decision stand?", "Approve the decision", Why="The help came, and both were heard."
    )
    said(partner, "the person is told")

    person = signed_in(gone_by.person, "phone-dark")
    person.goto("/me/")
    person.get_by_role("link", name="A decision about you is there to read").click()
    person.get_by_role("link", name="Checks that it helped").first.click()
    expect(person.locator(".head")).to_contain_text("Closed: not met")
    does(person, "Appeal", "Appeal", Why="The help came when the days were over, and could not be used.")
    said(person, "somebody who had no part")
    assert_fits(person)
    assert_accessible(person)

    partner.reload()
    expect(partner.get_by_role("button", name="Answer the appeal")).to_have_count(0)
    other = signed_in(gone_by.uninvolved)
    go(other, "Plans in review")
    other.get_by_role("link", name=f"{gone_by.name}: Checks that it helped").first.click()
    form(other, "The appeal", "Answer the appeal").get_by_label("is set aside").check()
    does(other, "The appeal", "Answer the appeal", Why="Help that comes after the end is no help.")
    said(other, "The appeal is answered")

    person.reload()
    expect(person.locator(".head")).to_contain_text("set aside on appeal")
    manager.reload()
    expect(manager.get_by_role("button", name="Decide", exact=True)).to_have_count(0)


def _decides_not_met(page) -> None:
    form(page, "Decide", "Decide").get_by_label("not met", exact=True).check()
    does(page, "Decide", "Decide", **{"Why, and what it rests on": "Nine chats of ten end without it."})


def _delivers(page, name: str) -> None:
    page.goto("/team/owed/")
    owed = page.locator("main .item", has_text=name).locator(".item-title a[href^='/team/owed/']")
    owed.first.click()
    page.get_by_label("What came, and when").fill(HELP_CAME)
    page.get_by_role("button", name="Delivered", exact=True).click()
    said(page, "can say whether it helped")
