"""`andon mail`: what a mail server calls, and what it may rely on."""

import json
import mailbox as standard
import os
import resource
import subprocess
import sys

import pytest

from tests.mail import installation
from tests.mail.installation import Installation, letter
from tests.mail.letters import inline, mail
from tests.needs import shared

pytestmark = pytest.mark.slow

KEYS = [
    "file", "sha256", "signal", "status", "class", "original_sender", "sender_basis", "subject", "text_chars",
]  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return installation.make_template(tmp_path_factory.mktemp("made") / "template")


@pytest.fixture
def andon(template, tmp_path):
    return installation.fresh(template, tmp_path / "home")


def lines(done: subprocess.CompletedProcess) -> list[dict]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_a_message_from_a_pipe_is_a_signal(andon):
    [told] = lines(andon.run("mail", "receive", "--json", pipe=letter(1)))
    assert list(told) == KEYS
    assert (told["file"], told["status"], told["class"], told["subject"]) == (
        "-",
        "accepted",
        "human",
        "Parcel 1",
    )
    assert andon.rows("SELECT key FROM signals_signal") == [(told["signal"],)]


def test_the_same_again_is_a_duplicate_of_the_same_signal(andon):
    [first] = lines(andon.run("mail", "receive", "--json", pipe=letter(1)))
    [second] = lines(andon.run("mail", "receive", "-", "--json", pipe=letter(1)))
    assert (second["status"], second["signal"]) == ("duplicate", first["signal"])


def test_a_forward_names_who_wrote_and_how_that_is_known(andon):
    [told] = lines(andon.run("mail", "receive", "--json", pipe=inline()))
    assert (told["original_sender"], told["sender_basis"]) == ("carla@shop.example", "parsed")


def test_an_envelope_line_of_a_pipe_is_no_part_of_the_message(andon):
    envelope = b"From customer1@shop.example Sun Mar  1 09:00:00 2026\n"
    [told] = lines(andon.run("mail", "receive", "--json", pipe=envelope + letter(1)))
    assert told["subject"] == "Parcel 1"


def test_files_folders_maildir_and_mbox_are_read(andon, tmp_path):
    folder = tmp_path / "brought"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.eml").write_bytes(letter(1))
    (folder / "notes.txt").write_bytes(b"no mail")
    maildir = standard.Maildir(folder / "maildir")
    maildir.add(letter(2))
    box = standard.mbox(folder / "old.mbox")
    box.add(letter(3).replace(b"My parcel", b"From what I know,\nFrom here\nMy parcel"))
    box.add(letter(4))
    box.flush()
    told = lines(andon.run("mail", "receive", str(folder), "--json"))
    assert sorted(one["subject"] for one in told) == [f"Parcel {n}" for n in (1, 2, 3, 4)]
    assert {one["status"] for one in told} == {"accepted"}
    assert andon.count("signals_signal", "text LIKE '%From what I know,%From here%'") == 1


def test_a_file_is_read_whatever_it_is_called(andon, tmp_path):
    (tmp_path / "1709283600.M1P2.host").write_bytes(letter(1))
    [told] = lines(andon.run("mail", "receive", str(tmp_path / "1709283600.M1P2.host"), "--json"))
    assert told["status"] == "accepted"


def test_a_path_that_is_not_there_is_said_in_words(andon, tmp_path):
    done = andon.run("mail", "receive", str(tmp_path / "nothing.eml"))
    assert done.returncode == 2
    assert "cannot be read" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_on_an_empty_home_everything_is_made(tmp_path):
    [told] = lines(
        Installation(tmp_path / "new").run("mail", "receive", "--json", "--mailbox", "cord", pipe=mail())
    )
    assert told["status"] == "accepted"


def test_a_mailbox_that_nobody_made_takes_mail_in(andon):
    lines(andon.run("mail", "receive", "--json", "--mailbox", "complaints", pipe=letter(1)))
    assert andon.rows("SELECT name FROM signals_mailbox") == [("complaints",)]


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\x00" * 3000, bytes(range(256)) * 40, b"From: \xff\n\n\xff", b":\n:\n\n"]
)
def test_whatever_comes_is_kept(andon, raw):
    [told] = lines(andon.run("mail", "receive", "--json", pipe=raw))
    assert told["status"] in ("accepted", "failed")
    assert andon.count("signals_arrival") == 1


def test_what_was_not_understood_is_tried_again(andon):
    andon.run("mail", "receive", pipe=letter(1))
    andon.change("signals_arrival", status="failed", signal_id=None)
    [told] = lines(andon.run("mail", "replay", "--json"))
    assert told["status"] in ("accepted", "failed")


def test_what_a_killed_process_left_is_taken_up_by_replay(andon):
    killed = andon.run("mail", "receive", pipe=letter(1), ANDON_TEST_KILL_AT="after the row")
    assert killed.returncode == -9
    assert andon.count("signals_signal") == 0
    andon.run("mail", "replay")
    assert andon.count("signals_signal") == 1


@pytest.mark.parametrize("step", ["before the row", "after the row", "before the commit", "after the commit"])
def test_a_server_that_comes_again_after_a_kill_brings_nothing_twice(andon, step):
    andon.run("mail", "receive", pipe=letter(1), ANDON_TEST_KILL_AT=step)
    andon.run("mail", "receive", pipe=letter(1))
    andon.run("mail", "replay")
    assert andon.count("signals_signal") == 1


@pytest.mark.parametrize("most", [0, 8_192])
def test_on_a_full_disk_the_server_is_asked_to_come_again(andon, most):
    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    words = [*installation.ANDON, "mail", "receive"]
    raw = letter(1, "x" * 20_000)
    full = subprocess.run(words, input=raw, env=andon._with({}), capture_output=True, preexec_fn=no_room)
    assert (full.returncode, b"Traceback" in full.stderr) == (75, False)
    assert andon.count("signals_signal") == 0
    [told] = lines(andon.run("mail", "receive", "--json", pipe=raw))
    assert told["status"] == "accepted"


def test_a_database_that_is_away_asks_the_server_to_come_again(tmp_path):
    away = Installation(tmp_path / "home", {"ANDON_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"})
    done = away.run("mail", "receive", pipe=letter(1))
    assert (done.returncode, b"Traceback" in done.stderr) == (75, False)


def test_a_reader_that_goes_away_is_no_error_of_mail(andon):
    """`| head -1` must not make a mail server try again."""
    words = " ".join([sys.executable, "-m", "andon.cli", "mail", "receive", "--json"])
    done = subprocess.run(
        ["bash", "-c", f"{words} | true; exit ${{PIPESTATUS[0]}}"],
        input=letter(1),
        env=andon._with({}),
        capture_output=True,
    )
    assert andon.count("signals_signal") == 1
    assert b"Traceback" not in done.stderr


def test_no_message_of_the_corpora_is_lost_or_crashes_anything(andon):
    files = sorted(str(one) for one in shared("data/mail").rglob("*") if one.is_file())
    told = lines(andon.run("mail", "receive", *files, "--json"))
    assert len(told) == len(files) == andon.count("signals_arrival")
    assert {one["status"] for one in told} <= {"accepted", "duplicate", "quarantined", "failed"}
    assert sum(one["status"] == "failed" for one in told) < 0.02 * len(files)
    assert len(list((andon.home / "letters").rglob("*.eml"))) == len({one["sha256"] for one in told})


def test_only_its_owner_can_read_what_is_kept(andon):
    andon.run("mail", "receive", pipe=letter(1))
    [file] = (andon.home / "letters").rglob("*.eml")
    assert os.stat(file).st_mode & 0o077 == 0
