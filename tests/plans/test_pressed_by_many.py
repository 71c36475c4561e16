"""Several press the same button at the same moment: it is done once."""

import json
import os
import subprocess
import sys

import pytest

from tests.made_once import begin_in


@pytest.mark.slow
def test_what_many_press_at_once_is_done_once(tmp_path):
    home = {
        "ANDON_DATABASE_URL": "",
        "ANDON_TEST_HOME": str(begin_in(tmp_path)),
        "DJANGO_SETTINGS_MODULE": "andon.config.testing",
    }
    program = [sys.executable, "-W", "ignore", "-m", "tests.plans.crowd"]
    done = subprocess.run(program, env=os.environ | home, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ""
