"""What people do again and again: go somewhere by the menu, press “?”, bring a file, wait for a chart."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

WORKING = 300_000  # one worker does one thing at a time, and separating takes its time


def arrived(page: Page) -> None:
    """Until the page is whole: a question such as `is_visible` does not wait by itself."""
    page.wait_for_load_state("domcontentloaded")


def go(page: Page, label: str) -> None:
    """By the rail; on a phone it is behind the menu."""
    arrived(page)
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    page.locator("#rail").get_by_role("link", name=re.compile(f"^{label}")).click()


def unfold(page: Page, summary: str) -> None:
    """Opens what is folded, unless it is open."""
    arrived(page)
    fold = page.locator("details", has=page.locator("summary", has_text=summary)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def live_chart(page: Page):
    """The large chart, once it can be read point by point."""
    figure = page.locator("figure.chart").first
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".is-live svg").first).to_be_visible()
    return figure


def upload(page: Page, holds: str, path: Path) -> None:
    """From anywhere to the page that comes after a file was chosen."""
    go(page, "Bring data")
    page.get_by_role("link", name="Bring a file").first.click()
    page.get_by_label(holds).check()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look into it").click()


def read_by_the_worker(page: Page) -> None:
    """The page follows the worker by itself, with no reloading by hand."""
    expect(page.locator(".head .chip", has_text="Brought in")).to_be_visible(timeout=WORKING)


def said(page: Page, text: str | re.Pattern) -> None:
    expect(page.locator("#messages")).to_contain_text(text)


def reload_until(page: Page, ready: Callable[[], bool]) -> None:
    """Loads the page again until what the worker does in the background shows."""
    until = time.monotonic() + WORKING / 1000
    while not ready():
        assert time.monotonic() < until, f"{page.url} does not show it"
        page.wait_for_timeout(250)
        page.reload()
