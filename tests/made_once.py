"""An empty Andon as its migrations make it, made once and copied: on SQLite they take a quarter of a minute.

tests/house/test_made_once.py says that what is copied is what the migrations of today make.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESTS_ON = ("*/migrations/*.py", "*/triggers.py", "people/guarding.py", "standards/defaults.py")
"""What the migrations are, and what they import of ours that decides what they make."""
NAME = "andon.sqlite3"
MIGRATE = "import django, django.core.management as m; django.setup(); m.call_command('migrate', verbosity=0)"


def database() -> Path:
    """The file of an empty Andon; made if there is none of this state of the migrations."""
    kept = ROOT / ".pytest_cache" / "andon"
    kept.mkdir(parents=True, exist_ok=True)
    made = kept / _state() / NAME
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(made)
    return made


def begin_in(home: Path) -> Path:
    """A folder that Andon finds as if it had been started there once."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(database(), home / NAME)
    return home


def fill(connection: sqlite3.Connection) -> None:
    """Everything into an open database."""
    source = sqlite3.connect(database())
    source.backup(connection)
    source.close()


def _make(path: Path) -> None:
    home = path.parent.with_suffix(".making")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    settings = {"ANDON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "andon.config.settings"}
    environment = {key: value for key, value in os.environ.items() if key != "ANDON_DATABASE_URL"}
    subprocess.run([sys.executable, "-c", MIGRATE], env={**environment, **settings}, check=True)
    database = sqlite3.connect(home / NAME)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    home.rename(path.parent)


def _state() -> str:
    ours = sorted(path for glob in RESTS_ON for path in (ROOT / "src" / "andon").glob(glob))
    state = hashlib.sha256()
    for path in (*ours, ROOT / "requirements" / "test.txt"):
        state.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:20]
