"""An administrator brings files of their own; the worker reads them; what cannot be read is said by row."""

import csv
import io
import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.steps import go, live_chart, read_by_the_worker, said, unfold, upload

DAYS = 140


def _interactions(folder, mechanism: str):
    """One row each day and hour of work, as a spreadsheet of the Continent writes it; three rows are bad."""
    rng, today = random.Random(mechanism), datetime.now(UTC).date()
    lines = ["When;Process;Client;Minutes waited;Found open"]
    for day in range(DAYS, 0, -1):
        at = today - timedelta(days=day)
        wait = 12.0 if day > 20 else 19.0
        for hour in range(9, 15):
            minutes = f"{rng.gauss(wait, 2):.1f}".replace(".", ",")
            opened = "yes" if rng.random() < 0.9 else "no"
            lines.append(f"{at} {hour}:00;{mechanism};C-{rng.randrange(500)};{minutes};{opened}")
    lines[5] = f"soon;{mechanism};C-1;12,5;yes"
    lines[9] = f"{today - timedelta(days=DAYS)} 10:00;;C-2;12,5;yes"
    lines[12] = f"2026-02-31 10:00;{mechanism};C-3;12,5;yes"
    path = folder / f"{mechanism}.csv"
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
def test_a_file_of_what_happened_becomes_a_mechanism_with_charts_and_can_be_taken_out_again(
    visit, tmp_path, look
):
    page = visit("administrator", look)
    page.goto("/")
    name = f"Parcel locker {look}"
    upload(page, "What happened to customers", _interactions(tmp_path, name))
    expect(page.get_by_label("When it happened")).to_have_value("When")
    expect(page.get_by_label("Mechanism")).to_have_value("Process")
    expect(page.get_by_label("Customer")).to_have_value("Client")
    expect(page.get_by_role("region", name="The first rows of the file")).to_contain_text("12,5")
    page.get_by_role("button", name="Read it").click()
    read_by_the_worker(page)
    brought = page.url

    refused = page.get_by_role("region", name="Refused rows")
    expect(refused.locator("tbody tr")).to_have_count(3)
    expect(refused).to_contain_text("soon")
    _refused_rows_are_downloaded(page)

    _a_chart_of_the_new_mechanism(page, name)

    page.goto(brought)
    page.get_by_role("button", name="Take out again").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator(".head .chip")).to_have_text("Taken out again", timeout=60_000)


def _refused_rows_are_downloaded(page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="All of them as CSV").click()
    assert waiting.value.suggested_filename.endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == 3
    assert all(row["reason"] for row in rows)


def _a_chart_of_the_new_mechanism(page, name: str) -> None:
    go(page, "Mechanisms")
    page.get_by_label("Find a mechanism").fill(name)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="Add a measure").click()
    page.get_by_label("Name", exact=True).fill("Waited at the locker")
    page.get_by_label("What kind of number is it?").select_option(label="Value: an average")
    page.get_by_label(re.compile("^Outcome")).fill("Minutes waited")
    page.get_by_label("Which way is better?").select_option(label="Lower is better")
    page.get_by_label(re.compile("^Unit")).fill("minutes")
    page.get_by_label("One point for each").select_option(label="Day")
    page.get_by_role("button", name="Add the measure").click()
    said(page, "“Waited at the locker” is on the wall.")
    expect(page.locator("p.say")).to_contain_text("Worse than usual (higher)", timeout=120_000)
    live_chart(page)


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_signals_from_a_file_are_in_the_customer_voice(visit, tmp_path, look):
    path = tmp_path / "mails.csv"
    today = datetime.now(UTC).date()
    lines = [
        "received,comment,stars,source",
        f'{today},"The locker, again, would not open ({look})",1,mail',
        "never,Lost row,2,mail",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    page = visit("analyst", look)
    page.goto("/")
    upload(page, "What customers said", path)
    expect(page.get_by_label("What the customer said", exact=True)).to_have_value("comment")
    page.get_by_role("button", name="Read it").click()
    read_by_the_worker(page)
    expect(page.get_by_role("region", name="Refused rows").locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Read what they said").click()
    page.get_by_label("Search what customers said").fill(f"“would not open ({look})”")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#stream .item")).to_have_count(1)
    expect(page.locator("#stream .item")).to_contain_text("The locker, again")


@pytest.mark.complaints("422")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("report.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" + bytes(range(256)), "PDF"),
        ("empty.csv", b"", "empty"),
        ("broken.parquet", b"PAR1" + bytes(40), "Parquet"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(visit, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    page = visit("administrator", "desktop-light")
    page.goto("/")
    upload(page, "What happened to customers", path)
    expect(page.get_by_role("alert")).to_contain_text(re.compile(words, re.IGNORECASE))


@pytest.mark.parametrize("look", ["phone-light", "desktop-dark"])
def test_people_show_what_would_change_before_it_is_applied(visit, tmp_path, look):
    number = "Z-" + look
    path = tmp_path / "staff.csv"
    path.write_text(
        "Staff number;Name;E-mail;Manager;Department;Job title\n"
        f"{number};Zora {look};zora.{look}@example.com;;Warehouse North;Packer\n"
        f"Y-{look};Yan Nowhere;yan.{look}@example.com;nobody-{look};Warehouse North;Packer\n",
        encoding="utf-8",
    )
    page = visit("HR partner", look)
    page.goto("/")
    upload(page, "People and teams", path)
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    unfold(page, "New (")
    expect(page.get_by_role("region", name="New", exact=True)).to_contain_text(f"Zora {look}")
    expect(page.get_by_role("region", name="Refused", exact=True)).to_contain_text(f"nobody-{look}")
    page.get_by_role("button", name="Apply these changes").click()
    read_by_the_worker(page)
    go(page, "People")
    page.get_by_label("Search people").press_sequentially(f"Zora {look}", delay=20)
    expect(page.get_by_role("link", name=f"Zora {look}")).to_be_visible()
