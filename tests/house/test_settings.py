"""Every setting is documented, and a wrong one is refused with the remedy."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from andon.config import env

PAGE = (Path(__file__).parents[2] / "docs/reference/settings.md").read_text()
ROWS = dict(re.findall(r"^\| `(ANDON_\w+)` \| \w+ \| (.+?) \|", PAGE, re.MULTILINE))


@pytest.mark.parametrize("setting", env.SETTINGS.values(), ids=lambda setting: setting.name)
def test_a_setting_is_documented_with_its_default(setting):
    assert ROWS.get(setting.name, "is not on the page").strip("`") in {setting.default, "*(empty)*"}
    assert (ROWS[setting.name] == "*(empty)*") == (setting.default == "")


def test_no_setting_is_documented_that_is_not_there():
    assert ROWS.keys() == env.SETTINGS.keys()


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("ANDON_DEBUG", "maybe", "write on or off"),
        ("ANDON_HTTPS", "2", "write on or off"),
        ("ANDON_UPLOAD_MB", "0", "whole number of at least 1"),
        ("ANDON_UPLOAD_MB", "1.5", "whole number of at least 1"),
        ("ANDON_UPLOAD_MB", "²", "whole number of at least 1"),
        ("ANDON_TIME_ZONE", "Mars/Olympus", "such as Europe/Berlin"),
        ("ANDON_TIME_ZONE", "../etc/passwd", "such as Europe/Berlin"),
        ("ANDON_ORIGINS", "andon.example.com", "https://"),
        ("ANDON_HOME", __file__, "name of a folder"),
        ("ANDON_LANGUAGE", "fr", "one of en, de"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name_and_the_remedy(monkeypatch, name, value, remedy):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(remedy)) as refused:
        env.read(name)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", env.SETTINGS)
def test_a_default_can_be_used(monkeypatch, name):
    monkeypatch.delenv(name, raising=False)
    env.read(name)


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "postgresql://host", "postgresql://host:port/name", "name"]
)
def test_a_wrong_database_address_is_refused_with_an_example(tmp_path, url):
    with pytest.raises(ImproperlyConfigured, match="postgresql://user:password@host:5432/name"):
        env.database(url, tmp_path)


def test_a_database_address_is_taken_apart(tmp_path):
    found = env.database("postgresql://ada:p%40ss@db:6432/andon?sslmode=require", tmp_path)
    assert (
        found["USER"],
        found["PASSWORD"],
        found["HOST"],
        found["PORT"],
        found["NAME"],
        found["OPTIONS"],
    ) == (
        "ada",
        "p@ss",
        "db",
        6432,
        "andon",
        {"sslmode": "require"},
    )


def test_the_secret_is_made_once_and_kept_to_its_owner(tmp_path):
    first = env.secret_key("", tmp_path)
    assert env.secret_key("", tmp_path) == first
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert env.secret_key("given", tmp_path) == "given"


def test_andon_does_not_start_with_a_wrong_setting(tmp_path):
    environ = os.environ | {"ANDON_TIME_ZONE": "Nowhere", "ANDON_HOME": str(tmp_path)}
    program = [sys.executable, "-c", "import andon.config.settings"]
    started = subprocess.run(program, env=environ, capture_output=True, text=True)
    assert started.returncode != 0
    assert "ANDON_TIME_ZONE='Nowhere': write a zone such as Europe/Berlin" in started.stderr
