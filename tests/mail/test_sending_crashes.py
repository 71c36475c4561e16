"""A sender that is killed, and two that send at once: each mail goes out, and never as two different ones."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from email import message_from_bytes, policy

import pytest

from tests.made_once import begin_in
from tests.mail.server import Server, started

pytestmark = pytest.mark.slow
FILL = """
import django; django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
call_command("migrate", verbosity=0)
from andon.people import notices
for n in range({n}):
    to, now = f"customer{{n}}@example.org", datetime.now(UTC)
    notices.tell(to, key=f"k{{n}}", kind="answer", subject="About your parcel", text="We mended it.", now=now)
"""


class Installation:
    """An Andon in a folder of its own, whose mail goes to `server`."""

    def __init__(self, home, port: int) -> None:
        self.home = home
        self.environ = os.environ | {
            "ANDON_HOME": str(home), "ANDON_SMTP_URL": f"smtp+plain://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "andon.config.settings", "ANDON_MAIL_FROM": "Andon <andon@example.com>",
            "OPENBLAS_NUM_THREADS": "1", "ANDON_DATABASE_URL": "",
        }  # fmt: skip

    def fill(self, n: int) -> None:
        subprocess.run([sys.executable, "-c", FILL.format(n=n)], env=self.environ, check=True)

    def sender(self, *more: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "andon.cli", "mail", "send", *more]
        return subprocess.Popen(
            command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def states(self) -> Counter:
        with closing(sqlite3.connect(self.home / "andon.sqlite3")) as there:
            return Counter(row[0] for row in there.execute("select state from people_notice"))


@pytest.fixture
def server():
    handler = Server()
    controller = started(handler)
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def andon(tmp_path, server):
    return Installation(begin_in(tmp_path), server.port)


def ids(server) -> list[str]:
    return [message_from_bytes(raw, policy=policy.default)["Message-ID"] for raw in server.taken]


def test_killed_after_the_server_took_it_it_goes_again_with_the_same_message_id(andon, server):
    andon.fill(1)
    running: list[subprocess.Popen] = []

    def kill(n: int) -> None:
        if n == 1:
            running[0].send_signal(signal.SIGKILL)
            running[0].wait()

    server.once_taken = kill
    running.append(andon.sender())
    running[0].wait(60)
    assert andon.states() == {"sending": 1}
    assert andon.sender().wait(60) == 0
    assert len(ids(server)) == 2
    assert len(set(ids(server))) == 1
    assert andon.states() == {"sent": 1}


def test_killed_before_the_server_took_it_it_goes_once(andon, server):
    andon.fill(1)
    running: list[subprocess.Popen] = []

    def kill(n: int) -> str | None:
        if running[0].poll() is None:
            running[0].send_signal(signal.SIGKILL)
            running[0].wait()
            return "451 gone"
        return None

    server.at_data = kill
    running.append(andon.sender())
    running[0].wait(60)
    assert andon.sender().wait(60) == 0
    assert len(ids(server)) == 1


def test_several_senders_at_once_send_each_mail_once(andon, server):
    andon.fill(60)
    senders = [andon.sender() for _ in range(3)]
    assert [one.wait(120) for one in senders] == [0, 0, 0]
    assert Counter(ids(server)).most_common(1)[0][1] == 1
    assert len(server.taken) == 60
    assert andon.states() == {"sent": 60}


def test_senders_that_are_killed_again_and_again_lose_nothing(andon, server):
    andon.fill(40)
    going: list[subprocess.Popen] = []
    lock = threading.Lock()

    def kill_now_and_then(n: int) -> None:
        with lock:
            if n in {5, 14, 15}:
                going[-1].send_signal(signal.SIGKILL)
                going[-1].wait()

    server.once_taken = kill_now_and_then
    for _ in range(8):
        going.append(andon.sender())
        if going[-1].wait(60) == 0:
            break
    assert andon.states() == {"sent": 40}
    found = Counter(ids(server))
    assert len(found) == 40
    assert sum(found.values()) <= 43


def test_what_waits_says_how_it_went(andon, server):
    andon.fill(2)
    server.at_rcpt = lambda n: "550 5.1.1 No such user" if n == 0 else None
    sender = andon.sender()
    said, _errors = sender.communicate(timeout=60)
    assert said == "1 sent, 0 to be tried later, 1 could not be sent.\n"
    server.at_rcpt = lambda n: None
    said, _errors = andon.sender("--again").communicate(timeout=60)
    assert said.splitlines() == ["1 to try once more.", "1 sent, 0 to be tried later, 0 could not be sent."]


def test_a_server_that_is_not_there_ends_with_75_and_a_sentence(andon):
    andon.fill(1)
    andon.environ["ANDON_SMTP_URL"] = "smtp+plain://127.0.0.1:1"
    sender = andon.sender()
    _said, errors = sender.communicate(timeout=60)
    assert sender.returncode == 75
    assert "The mail server cannot be used" in errors
    assert "Traceback" not in errors
    assert andon.states() == {"waiting": 1}


def test_a_watching_sender_sends_what_comes_and_ends_when_it_is_asked_to(andon, server):
    andon.fill(1)
    sender = andon.sender("--watch")
    for _ in range(300):
        if andon.states()["sent"] == 1:
            break
        threading.Event().wait(0.1)
    sender.terminate()
    assert sender.wait(20) == 0
    assert len(server.taken) == 1
