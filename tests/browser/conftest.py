"""The product as somebody uses it: the demo as `bin/demo` starts it, and Chromium in front of it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

pytestmark = pytest.mark.browser
LOOKS = {
    "phone-light": ((390, 844), "light"),
    "phone-dark": ((390, 844), "dark"),
    "desktop-light": ((1440, 900), "light"),
    "desktop-dark": ((1440, 900), "dark"),
}
ROLES = ("employee", "manager", "mechanism owner", "leader", "HR partner", "analyst", "administrator")


@dataclass(slots=True)
class Site:
    """A running demo: where it is, how to sign in, and what it printed."""

    url: str
    emails: dict[str, str]
    password: str
    cookies: dict[str, list] = field(default_factory=dict)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.fspath):
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found and os.environ.get("CI"):
        pytest.fail("Chromium is missing: .ci/run installs it")
    return found or pytest.skip("needs Chromium")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "ANDON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "andon.config.settings", "COLUMNS": "200"}
    command = [sys.executable, "-m", "andon.cli", "demo", "--small", "--port", "0"]
    demo = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield sign_ins(demo)
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=30)


def sign_ins(demo) -> Site:
    """Reads what the demo prints until it says where it is, as a person would."""
    printed, url, password, emails = [], None, None, {}
    for line in demo.stdout:
        printed.append(line)
        if found := re.search(r"http://[\d.]+:\d+", line):
            url = found.group()
        if found := re.search(r"[Pp]assword[^:]*:\s*(\S+)", line):
            password = found.group(1)
        for role in ROLES:
            if (found := re.search(r"\S+@example\.\w+", line)) and re.search(rf"\b{role}\b", line, re.IGNORECASE):
                emails[role.lower()] = found.group()
        if url and password and len(emails) == len(ROLES):
            return Site(url, emails, password)
    raise AssertionError("the demo did not say how to sign in:\n" + "".join(printed))


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )


@pytest.fixture
def visit(browser, site, request):
    """`visit("leader", look="phone-dark")` is a page of somebody signed in; complaints of the browser fail the test."""
    contexts, complaints = [], []

    def start(role: str | None, look: str = "desktop-light"):
        (width, height), scheme = LOOKS[look]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, base_url=site.url, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if role:
            sign_in(page, context, site, role)
        return page

    yield start
    for context in contexts:
        context.close()
    expected = getattr(request.node, "expected_complaints", ())
    unexpected = [text for text in complaints if not any(part in text for part in expected)]
    assert unexpected == []


def sign_in(page, context, site: Site, role: str) -> None:
    """Through the form the first time; with the same session afterwards."""
    if role in site.cookies:
        context.add_cookies(site.cookies[role])
        return
    page.goto("/accounts/login/")
    page.fill("input[name=login]", site.emails[role.lower()])
    page.fill("input[name=password]", site.password)
    page.locator("main form button.primary").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    site.cookies[role] = context.cookies()
