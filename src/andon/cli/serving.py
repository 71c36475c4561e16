"""Starting the web server and the worker, and knowing when they answer."""

import os
import socket
import sys
from contextlib import closing
from http.client import HTTPConnection, HTTPException

from andon.cli.processes import Together

ANSWERS = "/accounts/login/"
SECONDS = 60.0


def is_free(host: str, port: int) -> bool:
    with closing(socket.socket(_family(host))) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, wanted: int) -> int:
    """`wanted`, or the next that is free; any free one for 0 or when all of the next fifty are taken."""
    near = range(wanted, min(wanted + 50, 65536)) if wanted else ()
    found = next((port for port in near if is_free(host, port)), None)
    if found is not None:
        return found
    with closing(socket.socket(_family(host))) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def environment(**changes: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "andon.config.settings",
        "PYTHONUNBUFFERED": "1",
        **changes,
    }


def start_web(together: Together, host: str, port: int, processes: int, threads: int = 4) -> None:
    """granian, serving the pages."""
    together.start(
        "web server",
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(processes), "--blocking-threads", str(threads), "--backpressure", "64",
            "--log-level", "warning",
            "--no-ws", "--workers-kill-timeout", "5", "andon.config.wsgi:application",
        ],
    )  # fmt: skip


def start_worker(together: Together, number: int = 1) -> None:
    """Reads files and computes charts in the background."""
    name = "worker" if number == 1 else f"worker {number}"
    command = [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--no-startup-delay"]
    together.start(name, [*command, "--interval", "0.5", "--no-reload", "-v", "0"])


def start_mail(together: Together, number: int = 1, sends: bool = False) -> None:
    """Watches mailboxes on servers, and sends what waits. Several stand by for each other."""
    more = "" if number == 1 else f" {number}"
    mail = [sys.executable, "-m", "andon.cli", "mail"]
    together.start(f"mail process{more}", [*mail, "watch"])
    if sends:
        together.start(f"sender of mail{more}", [*mail, "send", "--watch"])


def answers(host: str, port: int) -> bool:
    """Whether a page comes back."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    with closing(HTTPConnection(there, port, timeout=5)) as connection:
        try:
            connection.request("GET", ANSWERS, headers={"Host": "localhost"})
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False


def until_it_answers(together: Together, host: str, port: int) -> bool:
    return together.until(lambda: answers(host, port), SECONDS)


def address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
