"""The folder of the demo: its state and its accounts. Never one that holds a real organisation."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

MARK = "demo.json"


class NotOursError(Exception):
    """The folder holds something that the demo did not make."""


class RunningError(Exception):
    """A demo runs in this folder already."""


@dataclass
class DemoHome:
    """`state` is "none", "making" (an interrupted set-up) or "ready"."""

    folder: Path

    @property
    def mark(self) -> Path:
        return self.folder / MARK

    @property
    def state(self) -> str:
        return str(self.facts.get("state", "none"))

    @property
    def making(self) -> bool:
        return self.state == "making"

    @cached_property
    def facts(self) -> dict[str, Any]:
        try:
            found = json.loads(self.mark.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def password(self) -> str:
        return str(self.facts.get("password", ""))

    @property
    def accounts(self) -> dict[str, dict[str, str]]:
        return dict(self.facts.get("accounts", {}))

    def check_ours(self) -> None:
        """Raises NotOursError rather than touch the data of a real organisation."""
        strange = self.folder.exists() and any(
            p.name not in (MARK, "demo.lock") for p in self.folder.iterdir()
        )
        if self.state == "none" and strange and not self.mark.exists():
            raise NotOursError(
                f"{self.folder} holds data that the demo did not make, and it will not touch them. "
                "Unset ANDON_HOME, or set it to an empty folder."
            )

    def write(self, **facts: Any) -> None:
        """Whole or not at all, readable by its owner only: there is a password in it."""
        self.facts = {**self.facts, **facts}
        part = self.mark.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.facts, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self.mark)

    def serving_at(self, url: str) -> None:
        self.write(url=url)

    def begin(self, password: str) -> None:
        """Empties the folder and says that something is being made in it."""
        self.facts = {"password": password}
        self.write(state="making")
        for path in self.folder.iterdir():
            if path.name in (MARK, "demo.lock"):
                continue
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While this process alone works in the folder. The lock ends with the process, however that ends."""
        self.check_ours()
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "demo.lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                where = f" at {self.facts['url']}" if self.facts.get("url") else ""
                raise RunningError(f"A demo runs in {self.folder} already{where}.") from None
            yield
