"""The first day: an empty database, one administrator, and a while later the first chart."""

import re
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import sign_in
from tests.browser.running import end, environment, started
from tests.browser.steps import go, live_chart, read_by_the_worker, reload_until, said, upload

EMAIL, PASSWORD = "ada@example.com", "a-long-first-password"
TEAMS = "name,parent\nService,\nPhones,Service\nFulfilment,\n"
PEOPLE = """number,name,email,manager,team,title
1,Ada First,ada@example.com,,Service,Head of service
2,Ben Phone,ben@example.com,1,Phones,Agent
3,Cleo Pack,cleo@example.com,1,Fulfilment,Packer
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """`andon administrator` and `andon serve` on a folder with nothing in it."""
    folder = tmp_path_factory.mktemp("nothing")
    home, port = folder / "home", _free_port()
    subprocess.run(
        [sys.executable, "-m", "andon.cli", "administrator", "--email", EMAIL, "--name", "Ada First", "--number", "1"],
        env=environment(home, ANDON_PASSWORD=PASSWORD), check=True, timeout=240,
    )  # fmt: skip
    signs = lambda printed: _signs(printed, port)  # noqa: E731
    site = started(["serve", "--port", str(port), "--web", "1"], home, folder, signs)
    yield site
    end(site)


def _signs(printed: str, port: int) -> dict | None:
    url = f"http://127.0.0.1:{port}"
    return {"url": url, "emails": {"administrator": EMAIL}, "password": PASSWORD} if url in printed else None


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


EMPTY_PAGES = [
    "/",
    "/wall/",
    "/mechanisms/",
    "/voice/",
    "/escalations/",
    "/data/",
    "/people/",
    "/people/teams/",
]


def test_every_empty_page_says_what_belongs_there(open_page, empty):
    page = open_page(empty.url, "phone-dark")
    sign_in(page, EMAIL, PASSWORD)
    for path in EMPTY_PAGES:
        assert page.goto(path).status == 200
        assert len(page.locator("main").inner_text()) > 120, path
        assert_accessible(page)
        assert_fits(page)


def test_from_the_first_sign_in_to_the_first_chart(open_page, empty, tmp_path):
    page = open_page(empty.url, "desktop-light")
    sign_in(page, EMAIL, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Ada First.")
    expect(page.get_by_role("heading", name="How to start")).to_be_visible()

    for name, text in (("teams.csv", TEAMS), ("people.csv", PEOPLE)):
        upload(page, "People and teams", _written(tmp_path / name, text))
        page.get_by_role("button", name="Apply these changes").click()
        read_by_the_worker(page)
    go(page, "Today")
    expect(page.locator("ol.list .chip.good")).to_have_count(1)

    page.get_by_role("link", name="Register a mechanism").click()
    page.get_by_label("Name", exact=True).fill("Picking")
    page.get_by_label("Owning team").select_option(label="Fulfilment")
    page.get_by_role("button", name="Register it").click()
    page.get_by_label("Name", exact=True).fill("Arrived wrong, share of parcels")
    page.get_by_label(re.compile("^Outcome")).fill("wrong")
    page.get_by_label("Which way is better?").select_option(label="Lower is better")
    page.get_by_label("One point for each").select_option(label="Week")
    page.get_by_role("button", name="Add the measure").click()
    said(page, "is on the wall")

    upload(page, "What happened to customers", _written(tmp_path / "parcels.csv", _parcels()))
    page.get_by_role("button", name="Read it").click()
    read_by_the_worker(page)
    page.get_by_role("link", name="See the wall").click()
    tile = page.locator(".tile", has_text="Arrived wrong")
    reload_until(page, tile.count)  # the charts are drawn after the rows are in
    tile.get_by_role("link").first.click()
    expect(page.locator("p.say")).to_contain_text("Worse than usual (higher)", timeout=120_000)
    live_chart(page)
    go(page, "Today")
    expect(page.get_by_role("heading", level=1)).to_contain_text("out of spec")


def _written(path, text: str):
    path.write_text(text, encoding="utf-8")
    return path


def _parcels() -> str:
    """Half a year: one parcel in twenty is wrong, then, for five weeks, one in five."""
    start = datetime.now(UTC).date() - timedelta(days=190)
    rows = ["date,process,customer,wrong"]
    for day in range(189):
        often = 5 if day > 155 else 20
        rows += [
            f"{start + timedelta(days=day)},Picking,C{day}-{n},{'yes' if n % often == 0 else 'no'}"
            for n in range(40)
        ]
    return "\n".join(rows) + "\n"
