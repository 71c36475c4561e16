"""An installation in a folder of its own, and its command line as a process that can be killed."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.made_once import begin_in
from tests.mail.dovecot import PASSWORD

ANDON = (sys.executable, "-m", "andon.cli")


@dataclass
class Installation:
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, pipe: bytes | None = None, **extra: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*ANDON, *words], input=pipe, capture_output=True, env=self._with(extra), timeout=300, check=False
        )

    @contextmanager
    def running(self, *words: str, **extra: str):
        process = subprocess.Popen([*ANDON, *words], env=self._with(extra), stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(20)

    def rows(self, question: str) -> list[tuple]:
        """Of the SQLite database, read from outside."""
        connection = sqlite3.connect(f"file:{self.home / 'andon.sqlite3'}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    def change(self, table: str, **values: Any) -> None:
        """Every row of it, from outside."""
        sets = ", ".join(f"{name} = ?" for name in values)
        with closing(sqlite3.connect(self.home / "andon.sqlite3", timeout=20)) as connection, connection:
            connection.execute(f"UPDATE {table} SET {sets}", list(values.values()))

    def count(self, table: str, where: str = "1=1") -> int:
        return self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]

    def _with(self, extra: dict[str, Any]) -> dict[str, str]:
        own = {"ANDON_HOME": str(self.home), "ANDON_IMAP_CORD": PASSWORD, "OPENBLAS_NUM_THREADS": "1"}
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "andon.config.settings",
            **own,
            **self.environment,
            **extra,
        }


def fresh(template: Path, home: Path) -> Installation:
    """As it is after the first start; made once, as bringing a database up to date takes a while."""
    shutil.copytree(template, home)
    return Installation(home)


def make_template(home: Path) -> Path:
    done = Installation(begin_in(home)).run("mail", "mailboxes")
    assert done.returncode == 0, done.stderr.decode()
    return home


def until(true: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return bool(true())


def letter(number: int, text: str = "My parcel is late.") -> bytes:
    return (
        f"From: Customer {number} <customer{number}@shop.example>\r\nTo: cord@example.com\r\n"
        f"Subject: Parcel {number}\r\nDate: Sun, 01 Mar 2026 09:00:00 +0000\r\n"
        f"Message-ID: <{number}@shop.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text} {number}\r\n"
    ).encode()
