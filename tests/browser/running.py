"""Programs of Andon as somebody starts them: a log to read, an address to wait for, Ctrl-C to end."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

PATIENCE = 240.0  # seconds: a laden machine makes the demo organisation in about one minute
ROLES = ("employee", "manager", "mechanism owner", "leader", "HR partner", "analyst", "administrator")
OF_A_PLAN = ("person in a plan", "their manager", "their colleague")


@dataclass(slots=True)
class Site:
    """A running Andon: where it is, how to sign in, and where its log and its people's sessions lie."""

    url: str
    emails: dict[str, str]
    password: str
    folder: str
    pid: int

    @property
    def log(self) -> str:
        return (Path(self.folder) / "log").read_text()


@contextmanager
def shared_demo(folder: Path) -> Iterator[Site]:
    """One demo for every worker of pytest-xdist: the first to come starts it, the last to go ends it."""
    book = folder / "site.json"
    with _alone(folder):
        kept = json.loads(book.read_text()) if book.exists() else {"users": 0, "site": asdict(_demo(folder))}
        book.write_text(json.dumps(kept | {"users": kept["users"] + 1}))
    site = Site(**kept["site"])
    try:
        yield site
    finally:
        with _alone(folder):
            users = json.loads(book.read_text())["users"] - 1
            book.write_text(json.dumps(kept | {"users": users}))
            if not users:
                book.unlink()
                end(site)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _demo(folder: Path) -> Site:
    """The demo; in the folder that ANDON_BROWSER_HOME names it starts quicker the second time."""
    home = os.environ.get("ANDON_BROWSER_HOME") or str(folder / "home")
    return started(["demo", "--small", "--port", "0"], Path(home), folder, _demo_signs)


def started(
    arguments: list[str], home: Path, folder: Path, signs: Callable[[str], dict | None], **settings: str
) -> Site:
    """Starts `andon …` and waits until `signs` finds in its log how to sign in."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    with log.open("w") as printed:
        program = subprocess.Popen(
            [sys.executable, "-m", "andon.cli", *arguments],
            env=environment(home, **settings), stdout=printed, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        if found := signs(log.read_text()):
            return Site(folder=str(folder), pid=program.pid, **found)
        time.sleep(0.1)
    program.send_signal(signal.SIGINT)
    raise AssertionError("it did not say how to sign in:\n" + log.read_text())


def environment(home: Path, **settings: str) -> dict[str, str]:
    """As in a fresh shell: nothing of this test run's settings but the path to the programs."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ANDON_")}
    return ours | {
        "ANDON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "andon.config.settings", "COLUMNS": "200", **settings
    }  # fmt: skip


def _demo_signs(printed: str) -> dict | None:
    """What the demo prints once it answers, read as a person would."""
    url = re.search(r"http://[\d.]+:\d+", printed)
    password = re.search(r"[Pp]assword[^:]*:\s*(\S+)", printed)
    emails = {
        role: found.group(1)
        for role in (*ROLES, *OF_A_PLAN)
        if (found := re.search(rf"^\s*{role}\s+(\S+@example\.\w+)", printed, re.MULTILINE))
    }
    if not (url and password and len(emails) == len(ROLES) + len(OF_A_PLAN)):
        return None
    return {"url": url.group(), "password": password.group(1), "emails": emails}


def end(site: Site) -> None:
    """Ctrl-C, and patience until it has said goodbye."""
    os.kill(site.pid, signal.SIGINT)
    until = time.monotonic() + 30
    while time.monotonic() < until and "Stopped." not in site.log:
        time.sleep(0.1)
