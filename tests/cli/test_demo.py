"""`andon demo` and `andon serve` as a terminal, a service manager and a killer see them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import pytest

from andon.cli.demo_home import DemoHome, NotOursError, RunningError
from tests.made_once import begin_in

PATIENCE = 180


@pytest.fixture
def run(tmp_path):
    """`run("demo", "--small")` starts a command in a home of its own."""
    started = []

    def start(*arguments: str, **environment: str) -> subprocess.Popen:
        settings = {**os.environ, "ANDON_HOME": str(tmp_path / "home"), "COLUMNS": "120", **environment}
        settings["DJANGO_SETTINGS_MODULE"] = "andon.config.settings"
        command = [sys.executable, "-m", "andon.cli", *arguments]
        process = subprocess.Popen(
            command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def until_it_says(process: subprocess.Popen, pattern: str) -> tuple[str, re.Match]:
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(pattern, line):
            return said, found
    raise AssertionError(f"ended without saying {pattern}:\n{said}")


def children(process: subprocess.Popen) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"


def all_gone(pids: list[int]) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end and any(map(is_there, pids)):
        time.sleep(0.1)
    return not any(map(is_there, pids))


@pytest.mark.slow
def test_the_demo_is_made_again_if_killed_then_starts_keeps_and_ends(run, tmp_path):
    home = Path(os.environ.get("ANDON_BROWSER_HOME") or tmp_path / "home")  # those in a browser go on with it
    demo = partial(run, "demo", ANDON_HOME=str(home))
    killed = demo("--small", "--no-serve")
    until_it_says(killed, "What happened to customers")
    killed.kill()
    killed.wait()
    first = demo("--small", "--port", "0")
    said, address = until_it_says(first, r"http://127\.0\.0\.1:(\d+)")
    said += until_it_says(first, r"[Pp]assword.*: (\S+)")[0]
    assert "interrupted" in said
    assert json.loads((home / "demo.json").read_text())["state"] == "ready"
    roles = ("employee", "manager", "mechanism owner", "leader", "HR partner", "analyst", "administrator")
    for role in roles:
        assert re.search(rf"^\s*{role}\s+\S+@example\.\w+", said, re.MULTILINE), said
    connection = HTTPConnection("127.0.0.1", int(address[1]), timeout=20)
    connection.request("GET", "/accounts/login/", headers={"Host": "localhost"})
    assert connection.getresponse().status == 200
    second = demo()
    assert second.wait(60) == 2
    assert "runs in" in second.stdout.read()
    offspring = children(first)
    assert len(offspring) == 2
    first.send_signal(signal.SIGINT)
    assert first.wait(40) == 0
    assert all_gone(offspring)
    password = json.loads((home / "demo.json").read_text())["password"]
    third = demo("--no-serve")
    assert password in third.communicate(timeout=PATIENCE)[0]


@pytest.mark.slow
def test_serve_starts_empty_and_ends_whole(run):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = run("serve", "--port", str(port), "--web", "1", "--mail", "1")
    said, _ = until_it_says(served, r"Andon is at http://127\.0\.0\.1:")
    assert "Make the first administrator" in said
    assert run("serve", "--port", str(port)).wait(60) == 2
    web, worker, mail = sorted(children(served))
    os.kill(worker, signal.SIGKILL)  # one that dies takes the other along
    assert served.wait(40) == 1
    assert "worker ended by itself" in served.stdout.read()
    assert all_gone([web, mail])


@pytest.mark.slow
def test_the_first_administrator_is_made_on_an_empty_database(run, tmp_path):
    begin_in(tmp_path / "home")
    made = run("administrator", "--email", "a@b.org", "--name", "Ada", ANDON_PASSWORD="quite-a-long-one-7")
    assert "Ada may sign in with a@b.org" in made.communicate(timeout=PATIENCE)[0]
    weak = run("administrator", "--email", "a@b.org", ANDON_PASSWORD="short")
    assert weak.wait(PATIENCE) == 2


def test_a_folder_with_other_data_is_not_touched(tmp_path):
    (tmp_path / "andon.sqlite3").write_text("real")
    with pytest.raises(NotOursError, match="will not touch"), DemoHome(tmp_path).alone():
        pass
    assert (tmp_path / "andon.sqlite3").read_text() == "real"


def test_two_demos_do_not_share_a_folder(tmp_path):
    with (
        DemoHome(tmp_path / "home").alone(),
        pytest.raises(RunningError),
        DemoHome(tmp_path / "home").alone(),
    ):
        pass


def test_beginning_empties_the_folder_and_says_that_it_is_being_made(tmp_path):
    home = DemoHome(tmp_path)
    with home.alone():
        home.write(state="ready", password="old")
        (tmp_path / "lake").mkdir()
        home.begin("new")
        assert sorted(p.name for p in tmp_path.iterdir()) == ["demo.json", "demo.lock"]
    assert DemoHome(tmp_path).state == "making"
