"""The product as somebody uses it: the demo as `bin/demo` starts it, and Chromium in front of it."""

import os
import re
import shutil
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from tests.browser.running import Site, shared_demo
from tests.needs import absent

LOOKS = {
    "phone-light": ((390, 844), "light"),
    "phone-dark": ((390, 844), "dark"),
    "desktop-light": ((1440, 900), "light"),
    "desktop-dark": ((1440, 900), "dark"),
}
PATIENCE = float(
    os.environ.get("ANDON_BROWSER_PATIENCE", 30_000)
)  # milliseconds; several browsers may share two cores
HERE = os.path.dirname(__file__)
# `bin/test` runs without a browser; `.ci/run` installs one, and there nothing may be left out.
collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]


def pytest_configure(config):
    config.addinivalue_line("markers", "complaints(*parts): what the browser is expected to complain of")


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marker
def pytest_collection_modifyitems(items):
    for item in items:
        if str(item.fspath).startswith(HERE):
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Without its own windows if there is one: the same pages, a third of the work."""
    found = next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), ""
    )
    return found or absent("Chromium is not here: it comes with chromium-headless-shell or chromium")


@pytest.fixture(scope="session")
def together(tmp_path_factory):
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "browser"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def site(together, browser):
    with shared_demo(together) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )


@pytest.fixture(scope="session")
def sessions() -> dict:
    """Cookies of those who signed in already: {(address, role): cookies}."""
    return {}


@pytest.fixture
def open_page(browser, request):
    """`open_page(url, look="phone-dark")` is a page of nobody yet; complaints of the browser fail the test."""
    contexts, complaints = [], []

    def start(url: str, look: str = "desktop-light", **more):
        (width, height), scheme = LOOKS[look]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, base_url=url, locale="en-GB",
            reduced_motion="reduce", **more,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()
    marker = request.node.get_closest_marker("complaints")
    expected = marker.args if marker else ()
    assert [text for text in complaints if not any(part in text for part in expected)] == []


@pytest.fixture
def visit(open_page, site, sessions) -> Callable:
    """`visit("leader", look="phone-dark")` is a page of somebody signed in to the demo."""

    def start(role: str | None, look: str = "desktop-light", **more):
        page = open_page(site.url, look, **more)
        if role:
            _signed_in(page, site, role, sessions)
        return page

    return start


def _signed_in(page, site: Site, role: str, sessions: dict) -> None:
    """Through the form the first time; with the same session afterwards."""
    if role in sessions:
        page.context.add_cookies(sessions[role])
        return
    sign_in(page, site.emails[role], site.password)
    sessions[role] = page.context.cookies()


def sign_in(page, email: str, password: str) -> None:
    """As somebody who comes to the first page."""
    page.goto("/")
    page.get_by_label(re.compile("^E-?mail")).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
