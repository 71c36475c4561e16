"""Mail of a real server: nothing is lost and nothing comes twice, whatever ends in the middle."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.mail import dovecot, installation
from tests.mail.installation import Installation, letter, until
from tests.mail.proxy import Cutting

pytestmark = pytest.mark.mail

STEPS = (
    "after the fetch",
    "before the file",
    "before the row",
    "after the row",
    "before the transaction",
    "before what follows",
    "before the commit",
    "after the commit",
    "before the mark",
    "after the mark",
)


@pytest.fixture(scope="module")
def folder():
    """Which the server may enter, though it is not who runs the tests."""
    made = Path(tempfile.mkdtemp(prefix="andon-mail-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def server(folder):
    started = dovecot.start(folder / "server")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def template(folder):
    """With a mailbox that has no server yet."""
    made = Installation(installation.make_template(folder / "template"))
    words = "mailbox cord --purpose cord --address cord@example.com --host 127.0.0.1 --security none"
    done = made.run("mail", *words.split(), "--user", "nobody", "--password-variable", "ANDON_IMAP_CORD")
    assert done.returncode == 0, done.stderr.decode()
    return made.home


@pytest.fixture
def user(request):
    """An account of its own for each test."""
    return hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]


@pytest.fixture
def andon(template, tmp_path, server, user):
    made = installation.fresh(template, tmp_path / "home")
    made.change("signals_mailbox", user=user, port=server.port)
    return made


def take_in(andon: Installation, **extra: str) -> subprocess.CompletedProcess:
    return andon.run("mail", "watch", "--once", **extra)


def signals(andon: Installation) -> int:
    return andon.count("signals_signal")


def told(andon: Installation) -> int:
    return andon.count("people_notice", "kind = 'acknowledgement'")


def test_what_lies_in_a_mailbox_becomes_signals_and_is_marked_as_read(andon, server, user):
    server.deliver(user, letter(1), letter(2))
    assert take_in(andon).returncode == 0
    assert (signals(andon), server.lying(user, having="SEEN")) == (2, 2)


def test_reading_it_again_brings_nothing_twice(andon, server, user):
    server.deliver(user, letter(1))
    take_in(andon)
    take_in(andon)
    assert (signals(andon), andon.count("signals_arrival"), told(andon)) == (1, 1, 1)


def test_a_message_that_somebody_read_first_is_taken_in_all_the_same(andon, server, user):
    server.deliver(user, letter(1))
    with server.client(user) as client:
        client.select("INBOX")
        client.store("1", "+FLAGS", r"(\Seen)")
    take_in(andon)
    assert signals(andon) == 1


def test_a_message_delivered_twice_is_one_signal(andon, server, user):
    server.deliver(user, letter(1), b"Received: from another.example\r\n" + letter(1))
    take_in(andon)
    assert signals(andon) == 1
    assert andon.count("signals_arrival", "status = 'duplicate'") == 1


def test_what_is_kept_moves_to_its_folder(andon, server, user):
    andon.change("signals_mailbox", done_folder="Kept by Andon")
    server.deliver(user, letter(1), letter(2))
    take_in(andon)
    assert (server.lying(user), server.lying(user, '"Kept by Andon"'), signals(andon)) == (0, 2, 2)


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_at_any_step_loses_nothing_and_doubles_nothing(andon, server, user, step):
    server.deliver(user, letter(1), letter(2), letter(3))
    killed = take_in(andon, ANDON_TEST_KILL_AT=step)
    assert killed.returncode == -9, f"it was not killed {step}: {killed.stderr.decode()}"
    assert take_in(andon).returncode == 0
    assert (signals(andon), told(andon), server.lying(user, having="SEEN")) == (3, 3, 3)
    assert andon.count("signals_arrival", "status = 'accepted'") == 3
    assert andon.count("signals_arrival", "status = 'waiting'") == 0


@pytest.mark.parametrize("step", ["after the commit", "before the mark", "after the mark"])
def test_a_move_that_did_not_happen_is_made_up_for(andon, server, user, step):
    andon.change("signals_mailbox", done_folder="Kept")
    server.deliver(user, letter(1), letter(2))
    assert take_in(andon, ANDON_TEST_KILL_AT=step).returncode == -9
    take_in(andon)
    assert (signals(andon), server.lying(user), server.lying(user, "Kept")) == (2, 0, 2)


@pytest.mark.parametrize("after", [300, 1_500, 40_000])
def test_a_connection_that_breaks_is_made_anew(andon, server, user, after):
    server.deliver(user, *(letter(number, "x" * 5_000) for number in range(20)))
    with closing(Cutting(server.port, after, cuts=2)) as line:
        andon.change("signals_mailbox", port=line.port)
        with andon.running("mail", "watch"):
            assert until(lambda: server.lying(user, having="SEEN") == 20, 60)
        assert line.made >= 3
    assert (signals(andon), told(andon)) == (20, 20)
    assert andon.count("signals_arrival", "status <> 'accepted'") == 0


def test_mail_is_there_seconds_after_it_came(andon, server, user):
    with andon.running("mail", "watch"):
        assert until(lambda: andon.rows("SELECT seen_at FROM signals_mailbox")[0][0] is not None)
        server.deliver(user, letter(1))
        assert until(lambda: signals(andon) == 1, 10)


def test_a_server_that_is_away_is_said_and_waited_for(andon, user):
    andon.change("signals_mailbox", port=dovecot.free_port())
    with andon.running("mail", "watch"):
        problem = "SELECT problem FROM signals_mailbox"
        assert until(lambda: "refused" in andon.rows(problem)[0][0])


def test_a_wrong_password_is_said_in_words(andon, server, user):
    done = take_in(andon, ANDON_IMAP_CORD="wrong")
    assert done.returncode == 75
    assert "does not take this user and password" in done.stderr.decode()


def test_two_workers_on_one_mailbox_bring_each_message_once(andon, server, user):
    server.deliver(user, *(letter(number) for number in range(150)))
    workers = [threading.Thread(target=take_in, args=(andon,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    take_in(andon)
    assert (signals(andon), told(andon)) == (150, 150)
    assert andon.count("signals_arrival", "status = 'accepted'") == 150


def test_a_server_that_numbers_anew_brings_nothing_twice(andon, server, user):
    server.deliver(user, letter(1), letter(2))
    take_in(andon)
    for name in (
        "dovecot-uidlist",
        "dovecot.index",
        "dovecot.index.log",
        "dovecot.index.cache",
        "dovecot-uidvalidity",
    ):
        (server.folder / "mail" / user / name).unlink(missing_ok=True)
    time.sleep(1.1)  # the new number is the second in which it is made
    server.deliver(user, letter(3))
    take_in(andon)
    assert (signals(andon), told(andon)) == (3, 3)


def test_a_message_that_cannot_be_read_holds_up_no_other(andon, server, user):
    server.deliver(
        user, letter(1), b"\x00\xff\xfe" * 400, b"Content-Type: multipart/mixed\r\n\r\n--", letter(2)
    )
    assert take_in(andon).returncode == 0
    assert andon.count("signals_signal", "text LIKE 'My parcel%'") == 2
    assert (andon.count("signals_arrival"), andon.count("signals_arrival", "status='waiting'")) == (4, 0)


def test_thirty_megabytes_are_kept_whole(andon, server, user):
    body = b"UmVhZCBtZQ==" * 6 + b"\r\n"
    large = (
        letter(1).replace(b"text/plain; charset=utf-8", b"application/octet-stream").partition(b"\r\n\r\n")
    )
    raw = (
        large[0]
        + b"\r\nContent-Transfer-Encoding: base64"
        + large[1]
        + body * (30 * 1024 * 1024 // len(body))
    )
    server.deliver(user, raw, letter(2))
    assert take_in(andon).returncode == 0
    assert andon.rows("SELECT max(size) FROM signals_arrival")[0][0] == len(raw)


def test_five_thousand_messages_are_five_thousand_signals(andon, server, user):
    server.deliver(user, *map(letter, range(5_000)))
    assert take_in(andon).returncode == 0
    assert (signals(andon), told(andon), server.lying(user, having="SEEN")) == (5_000, 5_000, 5_000)


@pytest.mark.parametrize("most", [0, 4_096])
def test_a_full_disk_leaves_the_message_on_the_server(andon, server, user, most):
    server.deliver(user, letter(1, "x" * 20_000))
    words = [*installation.ANDON, "mail", "watch", "--once"]
    full = subprocess.run(words, env=andon._with({}), capture_output=True, preexec_fn=lambda: _no_room(most))
    assert full.returncode == 75
    assert (signals(andon), server.lying(user, having="SEEN")) == (0, 0)
    take_in(andon)
    assert (signals(andon), server.lying(user, having="SEEN")) == (1, 1)


def _no_room(most: int) -> None:
    """No file may grow beyond `most` bytes: what writes gets an error, as on a disk without room."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_nobody_else_can_read_what_is_kept(andon, server, user):
    server.deliver(user, letter(1))
    take_in(andon)
    files = list((andon.home / "letters").rglob("*.eml"))
    assert [oct(os.stat(file).st_mode & 0o777) for file in files] == ["0o600"]
