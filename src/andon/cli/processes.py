"""Several processes that live and die together: the web server and the worker beside it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PATIENCE = 8.0  # seconds to end of its own accord, before it is made to
PR_SET_PDEATHSIG = 1


class DiedError(Exception):
    """One of the processes ended by itself; `name` says which, `code` its exit status."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"The {name} ended by itself (exit status {code}).")
        self.name, self.code = name, code


class StoppedError(Exception):
    """Somebody asked for the end: Ctrl-C, or a signal of the service manager."""


@dataclass(slots=True)
class Together:
    """Start processes, then `wait`. As a context manager it leaves none behind, however it ends."""

    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen] = field(default_factory=dict)
    _former: dict[int, object] = field(default_factory=dict)

    def __enter__(self) -> "Together":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._former[number] = signal.signal(number, _stop)
        return self

    def __exit__(self, *error: object) -> None:
        for number in self._former:
            signal.signal(number, signal.SIG_IGN)  # asking twice must not leave half of them running
        self.end()
        for number, former in self._former.items():
            signal.signal(number, former)  # type: ignore[arg-type]

    def start(self, name: str, command: Sequence[str]) -> None:
        """In a session of its own, so that Ctrl-C reaches only us and the end is orderly."""
        self.running[name] = subprocess.Popen(  # noqa: S603 our own commands
            command, env=dict(self.environment), start_new_session=True, preexec_fn=_die_with_parent
        )

    def check(self) -> None:
        """Raises DiedError when one of them has ended."""
        for name, process in self.running.items():
            if (code := process.poll()) is not None:
                raise DiedError(name, code)

    def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Whether `ready` came true in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.check()
            if ready():
                return True
            time.sleep(0.1)
        return False

    def wait(self) -> None:
        """Until one dies or somebody asks for the end."""
        while True:
            self.check()
            time.sleep(0.3)

    def end(self) -> None:
        """All of them: asked first, then, a job in the middle being safe to lose, made to."""
        for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            for process in self._alive():
                _send(process, number)
            self._await(PATIENCE if number != signal.SIGKILL else 2)

    def _alive(self) -> list[subprocess.Popen]:
        return [process for process in self.running.values() if process.poll() is None]

    def _await(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self._alive() and time.monotonic() < end:
            time.sleep(0.05)


def _stop(number: int, frame: object) -> None:
    raise StoppedError


def _send(process: subprocess.Popen, number: int) -> None:
    """To the process; the last word goes to its whole group, so that its own children end as well."""
    try:
        if number == signal.SIGKILL:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
    except ProcessLookupError:
        pass


def _die_with_parent() -> None:
    """On Linux the kernel ends a child whose parent was killed; elsewhere it would run on."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
