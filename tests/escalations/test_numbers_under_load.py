"""Many ask at the same moment: numbers stay unique and without gaps, and the same question is asked once."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.cast import make_cast
from tests.escalations.crowd import CROWDS
from tests.made_once import begin_in


@pytest.fixture(scope="module")
def in_a_file(tmp_path_factory):
    """What went wrong in a database file; threads do not share one in memory, as tests on SQLite use."""
    environ = os.environ | {
        "ANDON_DATABASE_URL": "",
        "ANDON_TEST_HOME": str(begin_in(tmp_path_factory.mktemp("crowd"))),
        "DJANGO_SETTINGS_MODULE": "andon.config.testing",
    }
    program = [sys.executable, "-m", "tests.escalations.crowd"]
    done = subprocess.run(program, env=environ, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", CROWDS)
def test_a_crowd(name, request):
    if connection.vendor == "sqlite":
        assert request.getfixturevalue("in_a_file")[name] == ""
    else:
        CROWDS[name](make_cast())
