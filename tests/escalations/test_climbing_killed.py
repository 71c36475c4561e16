"""A climber that is killed loses nothing and tells nothing twice."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.made_once import begin_in


def run(home, *words):
    own = {
        "DJANGO_SETTINGS_MODULE": "andon.config.settings",
        "ANDON_DATABASE_URL": "",
        "ANDON_HOME": str(home),
    }
    program = [sys.executable, "-m", "tests.escalations.climber", *words]
    return subprocess.run(
        program, env=os.environ | own, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    home = begin_in(tmp_path_factory.mktemp("climbing"))
    assert run(home, "asked").returncode == 0
    return home


@pytest.mark.slow
def test_what_a_killed_climber_left_is_done_by_the_next(asked, tmp_path):
    shutil.copytree(asked, tmp_path / "calm")
    assert run(tmp_path / "calm", "climb", "0").returncode == 0
    calm = json.loads(run(tmp_path / "calm", "told").stdout)
    assert calm["told"]
    for most in ("1", "2", "3"):
        home = tmp_path / most
        shutil.copytree(asked, home)
        assert run(home, "climb", most).returncode == -9
        assert len(json.loads(run(home, "told").stdout)["breaches"]) < len(calm["breaches"])
        assert run(home, "climb", "0").returncode == 0
        assert json.loads(run(home, "told").stdout) == calm
