"""A mechanism is written down, measured, changed and gets new limits with a reason."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.steps import go, live_chart, reload_until, said


@pytest.mark.complaints("422")
@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_a_new_mechanism_and_its_first_measure_are_written_down(visit, look):
    page = visit("administrator", look)
    page.goto("/")
    go(page, "Mechanisms")
    page.get_by_role("link", name="Register a mechanism").click()
    page.get_by_role("button", name="Register").click()
    expect(page.locator(".error").first).to_be_visible()

    name = f"Gift wrapping, {look}"
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("What is it for?").fill("A present looks like one.")
    page.get_by_label("Owning team").select_option(label="Warehouse North")
    page.get_by_role("button", name="Register").click()
    said(page, f"“{name}” is in the register. Now say how it is measured.")
    page.get_by_label("Name", exact=True).fill("Wrapped as wished, share of presents")
    page.get_by_label(re.compile("^Outcome")).fill("wrapped")
    page.get_by_label("Which way is better?").select_option(label="Higher is better")
    page.get_by_label("Upper spec limit").fill("ninety")
    page.get_by_role("button", name=re.compile("measure", re.IGNORECASE)).click()
    expect(page.locator(".error")).to_be_visible()
    page.get_by_label("Upper spec limit").fill("")
    page.get_by_label("Lower spec limit").fill("95 %")
    page.get_by_role("button", name=re.compile("measure", re.IGNORECASE)).click()
    expect(page.locator("main")).to_contain_text("No data hold the column “wrapped”.")


@pytest.mark.parametrize(("look", "measure"), [("phone-light", "kept"), ("desktop-dark", "calls-back")])
def test_new_limits_begin_on_a_day_with_a_reason_that_stands_on_the_chart(visit, look, measure):
    page = visit("administrator", look)
    page.goto("/mechanisms/callback/")
    if measure != "kept":
        page.locator(".tabs a").last.click()
    page.get_by_role("link", name="New limits after a change").click()
    day = datetime.now(UTC).date() - timedelta(days=150)
    page.get_by_label("New limits from").fill(day.isoformat())
    reason = "Second line rings too"
    page.get_by_label("What was changed?").fill(reason)
    page.get_by_role("button", name="Begin the phase").click()
    said(page, "The new phase is recorded.")
    chart = page.locator("figure.chart").first.get_attribute("data-chart")
    reload_until(page, lambda: reason in page.request.get(chart).text())
    expect(live_chart(page).locator(".is-live")).to_contain_text(reason[:8])


@pytest.mark.complaints("422")
def test_what_changed_in_a_mechanism_stands_in_its_history(visit):
    page = visit("mechanism owner", "desktop-light")
    page.goto("/mechanisms/returns-and-refunds/")
    version = page.locator("dt", has_text="Version").locator("xpath=../dd").inner_text()
    page.get_by_role("link", name="Revise", exact=True).click()
    page.get_by_label("What changed, and why?").fill("Two people may check a refund.")
    page.get_by_role("button", name="Keep the new version").click()
    expect(page.locator(".error")).to_contain_text("Nothing differs from version")
    page.get_by_label("How you see that it is followed").fill("Ten refunds a week are followed to the bank.")
    page.get_by_role("button", name="Keep the new version").click()
    expect(page.locator("main")).to_contain_text("Two people may check a refund.")
    expect(page.locator("dt", has_text="Version").locator("xpath=../dd")).to_have_text(str(int(version) + 1))


def test_who_may_not_edit_sees_no_button_for_it(visit):
    page = visit("employee", "phone-dark")
    page.goto("/mechanisms/phone-line/")
    expect(page.get_by_role("link", name="Ask the owner")).to_be_visible()
    for name in ("Revise", "Add a measure", "New limits after a change", "Retire it"):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)


def test_the_points_are_downloaded_as_a_file(visit):
    page = visit("employee", "desktop-dark")
    page.goto("/mechanisms/phone-line/repeat-contact/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Every point as a file (CSV)").click()
    heading = waiting.value.path().read_text().splitlines()[0]
    assert {"at", "value", "reason"} <= set(heading.split(","))


def test_a_menu_entry_leads_to_the_register(visit):
    page = visit("employee", "phone-light")
    page.goto("/")
    go(page, "Mechanisms")
    page.get_by_label("Find a mechanism").press_sequentially("refund", delay=30)
    expect(page.locator("#found tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="Returns and refunds")).to_be_visible()
