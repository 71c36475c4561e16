"""`andon verify` and `andon ledger`, as somebody runs them."""

import json
import os
import subprocess
import sys

import pytest

from tests.made_once import begin_in

SET_UP = """
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from tests.cast import make_cast; cast = make_cast()
from andon.evidence import ledger, extracts
for n in range(3):
    ledger.append("coaching.spoken", about=cast.alice, body={"n": n}, by=cast.martin, now=cast.now)
ledger.append("coaching.spoken", about=cast.bob, body={}, by=cast.martin, now=cast.now)
open("alice.json", "wb").write(extracts.extract(cast.alice, now=cast.now))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = begin_in(tmp_path_factory.mktemp("home"))
    run(folder, "-c", SET_UP)
    return folder


def run(home, *arguments, **environ):
    given = {
        "ANDON_HOME": str(home),
        "ANDON_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "andon.config.settings",
    }
    given |= {"PYTHONPATH": os.getcwd(), "OPENBLAS_NUM_THREADS": "1"} | environ
    return subprocess.run(
        [sys.executable, *arguments], env=os.environ | given, cwd=home, capture_output=True, text=True
    )


def andon(home, *arguments, **environ):
    return run(home, "-m", "andon.cli", *arguments, **environ)


def test_an_intact_ledger(home):
    done = andon(home, "verify", "--ledger")
    assert (done.returncode, done.stderr) == (0, "")
    assert "intact: 4 entries" in done.stdout


def test_as_json(home):
    found = json.loads(andon(home, "verify", "--ledger", "--json").stdout)
    assert (found["intact"], found["entries"], found["problems"]) == (True, 4, [])


def test_an_export_is_checked_without_a_database(home, tmp_path):
    assert andon(home, "ledger", "export", str(tmp_path / "all.json")).returncode == 0
    done = andon(tmp_path, "verify", "all.json", ANDON_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 0, done.stdout
    assert "compare its fingerprint" in done.stdout


def test_an_altered_export_is_found_with_its_place(home, tmp_path):
    andon(home, "ledger", "export", str(tmp_path / "all.json"))
    altered = tmp_path / "all.json"
    altered.write_text(altered.read_text().replace('{\\"n\\":1}', '{\\"n\\":7}'))
    done = andon(home, "verify", str(altered))
    assert done.returncode == 1
    assert "What entry 2 says was altered." in done.stdout


def test_an_entry_left_out_of_an_extract_is_found(home, tmp_path):
    told = json.loads((home / "alice.json").read_text())
    del told["entries"][1]
    (tmp_path / "less.json").write_text(json.dumps(told))
    done = andon(home, "verify", str(tmp_path / "less.json"))
    assert done.returncode == 1
    assert "one is missing" in done.stdout


def test_the_key_to_trust(home):
    shown = andon(home, "ledger", "key").stdout
    key, fingerprint = shown.splitlines()[0], shown.splitlines()[1].removeprefix("Fingerprint ")
    for trusted in (key, fingerprint, "keys/ledger.pub"):
        assert andon(home, "verify", "alice.json", "--key", trusted).returncode == 0
    done = andon(home, "verify", "alice.json", "--key", "0" * 64)
    assert done.returncode == 1
    assert "another key" in done.stdout


def test_a_file_signed_with_a_strange_key_is_found_where_the_installation_is_named(home, tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "ledger.pub").write_text("1" * 64)
    assert andon(tmp_path, "verify", str(home / "alice.json")).returncode == 1


def test_the_head_that_was_written_down(home):
    head = andon(home, "ledger", "head").stdout.split()[0]
    assert andon(home, "verify", "--ledger", "--head", head).returncode == 0
    done = andon(home, "verify", "--ledger", "--head", "0" * 64)
    assert done.returncode == 1
    assert "cut off" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--ledger", "alice.json"],
        ["missing.json"],
        ["."],
        ["--ledger", "--head", "xyz"],
        ["alice.json", "--key", "?"],
    ],
)
def test_nothing_to_check_is_said_in_a_sentence(home, arguments):
    done = andon(home, "verify", *arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"at,what\n1,2\n", b"%PDF-1.7\nnothing", b"\x00\xff", b"{}"])
def test_what_is_no_ledger_is_said_in_a_sentence(home, tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    done = andon(home, "verify", str(tmp_path / "file"))
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "✗" in done.stdout


def test_a_home_without_a_database_is_said_in_a_sentence(tmp_path):
    done = andon(tmp_path, "verify", "--ledger")
    assert done.returncode == 2
    assert "There is no ledger to read here" in done.stderr
    assert "Traceback" not in done.stderr
