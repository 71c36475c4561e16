"""Documentation is true: its links lead somewhere, and what it names exists."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from andon.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
REVIEW = ROOT / "docs" / "reference" / "review.md"
CONTEXT = click.Context(main)
SCRIPTS = {"bin/demo": "demo"}  # scripts that pass their arguments on to a command

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page: Path) -> str:
    """A page with commands that go on in the next line made one line."""
    return re.sub(r"\\\n\s*", " ", page.read_text("utf-8"))


def links(page: Path) -> list[str]:
    found = re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", page.read_text("utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def calls(page: Path) -> list[tuple[str, str]]:
    """(command, rest of the line) of each call in code: `andon review …`, `bin/andon review …`, `bin/demo …`."""
    text = text_of(page)
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^(?: {4,}|\$ )(.+)$", text, re.MULTILINE)
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        code += block.splitlines()
    named = [
        (found[1], found[2])
        for line in code
        if (found := re.search(r"(?:^|bin/|\s)andon ([a-z]+)\b(.*)", line))
    ]
    run = [(SCRIPTS[found[1]], found[2]) for line in code if (found := re.search(r"(bin/demo)\b(.*)", line))]
    return named + run


def options(command: str) -> set[str]:
    """Also those of what a group of commands holds."""
    found = main.get_command(CONTEXT, command)
    every = [found, *getattr(found, "commands", {}).values()]
    named = (option for one in every for parameter in one.params for option in parameter.opts)
    return {option for option in named if option.startswith("--")} | {"--help"}


@pages
def test_every_link_leads_somewhere(page):
    def leads_nowhere(link: str) -> bool:
        path, _, anchor = link.partition("#")
        to = (page.parent / path).resolve() if path else page
        return not to.exists() or bool(anchor and to.suffix == ".md" and anchor not in anchors(to))

    assert [link for link in links(page) if leads_nowhere(link)] == []


@pages
def test_every_command_named_exists(page):
    assert [command for command, _ in calls(page) if command not in COMMANDS] == []


@pages
def test_every_option_of_a_command_named_exists(page):
    known = [(command, rest) for command, rest in calls(page) if command in COMMANDS and command != "manage"]
    unknown = [
        f"{command} {option}"
        for command, rest in known
        for option in re.findall(r"(?<!\w)--[a-z][a-z-]*", rest)
        if option not in options(command)
    ]
    assert unknown == []


@pages
def test_every_script_named_exists(page):
    named = re.findall(r"(?<![\w/.])(?:bin|bench|\.ci)/[a-z_]+", page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pages
def test_every_picture_is_small(page):
    pictures = [page.parent / link for link in links(page) if link.endswith(".png")]
    assert [picture.name for picture in pictures if picture.stat().st_size > 150_000] == []


def test_every_picture_is_shown_somewhere():
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    assert set((ROOT / "docs" / "pictures").rglob("*.*")) <= shown


def test_the_options_of_review_are_those_of_its_reference():
    section = REVIEW.read_text("utf-8").split("## Options")[1].split("\n## ")[0]
    table = re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)
    assert sorted(table) == sorted(options("review") - {"--help"})


def test_the_options_of_attribute_are_those_of_its_reference():
    page = ROOT / "docs" / "reference" / "attribute.md"
    section = page.read_text("utf-8").split("## Options")[1].split("\n## ")[0]
    table = re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)
    assert sorted(table) == sorted(options("attribute") - {"--help"})


def test_the_columns_of_attribution_are_those_of_its_reference():
    from andon.analysis.attribution.output import COLUMNS

    page = ROOT / "docs" / "reference" / "attribute.md"
    section = page.read_text("utf-8").split("## attribution.parquet")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+)", section, re.MULTILINE)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(COLUMNS)


def test_the_columns_of_points_are_those_of_its_reference():
    from andon.analysis.output import COLUMNS

    section = REVIEW.read_text("utf-8").split("## points.parquet")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(COLUMNS)


def test_every_page_of_documentation_is_within_reach_of_the_first():
    seen, waiting = set(), [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        for link in links(page):
            to = (page.parent / link.split("#")[0]).resolve()
            inside = sorted(to.glob("*.md")) if to.is_dir() else [to] if to.suffix == ".md" else []
            waiting += [each for each in inside if each not in seen and each.exists()]
    assert set(PAGES[3:]) <= seen


def test_help_names_every_command():
    shown = CliRunner().invoke(main, ["--help"]).output
    assert [command for command in COMMANDS if command not in shown] == []
