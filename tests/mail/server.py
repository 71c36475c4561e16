"""A mail server that speaks SMTP on a port of this machine, and does what a test wants of it."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

Answer = str | None


class Server:
    """Keeps what it took. `at_rcpt` and `at_data` may answer instead: `lambda n: "451 later"`; n counts from 0.
    `once_taken` runs when a mail was taken and before the answer that says so.
    """

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.to: list[list[str]] = []
        self.tries = 0
        self.at_rcpt: Callable[[int], Answer] = lambda n: None
        self.at_data: Callable[[int], Answer] = lambda n: None
        self.once_taken: Callable[[int], None] = lambda n: None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.tries += 1
        if answer := self.at_rcpt(self.tries - 1):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await asyncio.get_running_loop().run_in_executor(None, self.at_data, len(self.taken))
        if answer and not answer.startswith("2"):
            return answer
        self.taken.append(envelope.content)
        self.to.append(list(envelope.rcpt_tos))
        await asyncio.get_running_loop().run_in_executor(None, self.once_taken, len(self.taken))
        return answer or "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.taken]


class AnyPort(Controller):
    """On a port the system chooses, known once it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def started(handler: Server, **more: Any) -> AnyPort:
    controller = AnyPort(handler, hostname="127.0.0.1", port=0, **more)
    controller.start()
    return controller
