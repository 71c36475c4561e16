"""The look: the guide to all parts, the script behind live charts, and what every template must keep to."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import reverse

from andon import web
from andon.web.look import views

TEMPLATES = Path(web.__file__).parent / "templates"
STATIC = Path(web.__file__).parent / "static" / "andon"
EVERY = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.fixture
def engine(monkeypatch, tmp_path, settings):
    """Making the real one takes two seconds; here only the keeping is looked at."""
    made = []
    settings.HOME = tmp_path
    monkeypatch.setattr(views.engine, "javascript", lambda: made.append(1) or "export {};")
    return made


def test_the_guide_shows_every_part_to_an_administrator(client, cast):
    client.force_login(cast.adam)
    page = client.get(reverse("guide"))
    assert page.status_code == 200
    assert b'class="c-tile"' in page.content
    assert b'class="c-large"' in page.content


def test_the_guide_does_not_exist_for_anybody_else(client, cast):
    client.force_login(cast.alice)
    assert client.get(reverse("guide")).status_code == 404


def test_the_engine_is_made_once_and_may_be_kept_for_ever(client, engine):
    for _ in range(2):
        answer = client.get(reverse("chart_engine"))
        assert b"".join(answer.streaming_content) == b"export {};"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer["Cache-Control"]
    assert engine == [1]


TAKEN_AWAY = {"record/everything.html"}  # a file of its own, opened without the house


@pytest.mark.parametrize("name", EVERY)
def test_a_template_has_no_inline_style_or_script_and_parses(name):
    text = (TEMPLATES / name).read_text("utf-8")
    text = re.sub("<style>.*?</style>", "", text) if name in TAKEN_AWAY else text
    assert not re.search(r"""\sstyle=["']|<style|\son[a-z]+=["']|javascript:""", text)
    assert not re.search(r"<script(?![^>]*(?:\ssrc=|application/json))", text)
    get_template(name)


@pytest.mark.parametrize("name", EVERY)
def test_a_comment_stays_on_its_line(name):
    """Django shows a comment of several lines, and runs the tags inside it."""
    for line in (TEMPLATES / name).read_text("utf-8").splitlines():
        assert line.count("{#") == line.count("#}"), line


def test_every_style_sheet_is_linked_and_exists():
    linked = set(re.findall(r"static '([^']+)'", (TEMPLATES / "parts" / "styles.html").read_text("utf-8")))
    assert {f"andon/css/{path.name}" for path in (STATIC / "css").glob("*.css")} <= linked
    assert all(finders.find(name) for name in linked)


def test_every_rule_lies_in_a_layer_and_every_token_exists():
    tokens = Path(finders.find("andon/plots/tokens.css")).read_text("utf-8")
    known = set(re.findall(r"(--[\w-]+):", tokens))
    for path in (STATIC / "css").glob("*.css"):
        css = path.read_text("utf-8")
        assert "@layer" in css, path.name
        own = set(re.findall(r"(--[\w-]+):", css))
        assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= known | own, path.name


def test_colours_are_named_only_in_the_tokens():
    for path in (STATIC / "css").glob("*.css"):
        css = path.read_text("utf-8")
        assert not re.search(r"#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(", css), path.name


@pytest.mark.parametrize("page", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_the_door_is_open_to_everybody(client, db, page):
    answer = client.get(reverse(page))
    assert answer.status_code == 200
    assert b'class="entrance-card"' in answer.content
    assert settings.ORGANISATION.encode() in answer.content


@pytest.mark.parametrize(
    "page",
    ["mfa_index", "account_change_password", "account_logout", "mfa_activate_totp", "mfa_add_webauthn"],
)
def test_pages_of_signing_in_are_drawn(client, cast, page):
    client.force_login(cast.alice)
    assert client.get(reverse(page), follow=True).status_code == 200


def test_a_wrong_password_is_told_where_it_was_typed(client, cast):
    answer = client.post(reverse("account_login"), {"login": "alice@example.com", "password": "wrong"})
    assert b'class="error"' in answer.content


def test_a_failed_page_needs_nothing_that_could_fail_too():
    assert "We let you down just now." in get_template("500.html").render({})
