"""A mailbox on a server: what is new there, and marking what is kept. Nothing is ever deleted."""

import imaplib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import batched

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.utils import encode_folder

from andon.signals.mailing import SECRETS
from andon.signals.models import Mailbox
from andon.signals.receiving import Incoming, plausible

SECONDS = 60  # that a server may take for one answer
AT_ONCE = 50
MOST_BYTES = 32 * 1024 * 1024  # of messages in memory at once; one that is larger comes alone
NAMED = 200  # messages in one command
KINDS = {"tls": MailBox, "starttls": MailBoxStartTls, "none": MailBoxUnencrypted}
UID, SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
LITERAL, DATE = re.compile(rb"\{(\d+)\}$"), re.compile(rb'INTERNALDATE "([^"]+)"')
Broken = (ImapToolsError, imaplib.IMAP4.error, OSError)


class RefusedError(Exception):
    """The server cannot be used as this mailbox says; the sentence names the remedy."""


@contextmanager
def session(mailbox: Mailbox) -> Iterator["Session"]:
    """Signed in, with the folder open. Raises RefusedError, or one of `Broken`."""
    name = mailbox.password_variable
    password = os.environ.get(name, "") if name.startswith(SECRETS) else ""
    if not password:
        name = name or "Its password"
        raise RefusedError(
            f"{name} is not set. Put the password into the environment variable that it names."
        )
    box = KINDS[mailbox.security](mailbox.host, mailbox.port, timeout=SECONDS)
    try:
        yield Session(box, mailbox, _sign_in(box, mailbox, password))
    finally:
        _leave(box)


def _sign_in(box: BaseMailBox, mailbox: Mailbox, password: str) -> int:
    """The number that says whether the server still numbers its messages as before."""
    try:
        sign_in = box.login if (mailbox.user + password).isascii() else box.login_utf8
        sign_in(mailbox.user, password, initial_folder=None)
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        raise RefusedError("The server does not take this user and password.") from None
    try:
        box.folder.set(mailbox.folder)
    except ImapToolsError:
        raise RefusedError(f"The server has no folder “{mailbox.folder}”.") from None
    _kind, told = box.client.response("UIDVALIDITY")
    return int(told[0]) if told and told[0] else 0


def _leave(box: BaseMailBox) -> None:
    """Without waiting for a server that is gone."""
    try:
        box.client.sock.settimeout(2)
        box.logout()
    except Broken:
        pass


class Session:
    """An open folder of a server."""

    def __init__(self, box: BaseMailBox, mailbox: Mailbox, validity: int) -> None:
        self.box, self.mailbox, self.validity = box, mailbox, validity
        self.seen = 0
        self.can = _abilities(box)

    def new(self) -> list[int]:
        """Numbers of messages that came since this was asked last; all that lie there the first time."""
        found = self.box.uids(f"UID {self.seen + 1}:*", charset=None)
        new = sorted(uid for uid in map(int, found) if uid > self.seen)  # "*" names the last even below
        self.seen = new[-1] if new else self.seen
        return new

    def fetch(self, uids: Sequence[int], now: datetime) -> Iterator[list[Incoming]]:
        """Messages, some at a time; one that somebody has taken away meanwhile is left out."""
        for some in batched(uids, AT_ONCE):
            for few in self._small_enough(some):
                yield [self._incoming(head, raw, now) for head, raw in self._bodies(few)]

    def _small_enough(self, uids: Sequence[int]) -> Iterator[list[int]]:
        held, total = [], 0
        sizes = self._sizes(uids)
        for uid in uids:
            if held and total + sizes.get(uid, 0) > MOST_BYTES:
                yield held
                held, total = [], 0
            held.append(uid)
            total += sizes.get(uid, 0)
        if held:
            yield held

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        answers = self._command("FETCH", _set(uids), "(UID RFC822.SIZE)")
        lines = [line for line in answers if isinstance(line, bytes)]
        told = [(UID.search(line), SIZE.search(line)) for line in lines]
        return {int(uid[1]): int(size[1]) for uid, size in told if uid and size}

    def _bodies(self, uids: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
        """What the server says of each message, and its bytes; PEEK leaves it unread until it is kept."""
        for answer in self._command("FETCH", _set(uids), "(UID INTERNALDATE BODY.PEEK[])"):
            if isinstance(answer, tuple):
                _whole(*answer)
                yield answer

    def _incoming(self, head: bytes, raw: bytes, now: datetime) -> Incoming:
        uid = UID.search(head)
        if uid is None:
            raise imaplib.IMAP4.abort("the server did not number a message")
        return Incoming(raw, plausible(_date(head), now), self.validity, int(uid[1]))

    def finish(self, uids: Iterable[int]) -> None:
        """Marks what is kept for good as read, or moves it to where it is to lie."""
        for some in batched(uids, NAMED):
            if self.mailbox.done_folder:
                self._move(_set(some))
            else:
                self._command("STORE", _set(some), "+FLAGS.SILENT", r"(\Seen)")

    def _move(self, uids: str) -> None:
        folder = encode_folder(self.mailbox.done_folder)
        if "MOVE" in self.can:
            self._command("MOVE", uids, folder)
            return
        self._command("COPY", uids, folder)
        self._command("STORE", uids, "+FLAGS.SILENT", r"(\Seen \Deleted)")
        if "UIDPLUS" in self.can:  # else others would go that somebody marked
            self._command("EXPUNGE", uids)

    def has_done_folder(self) -> None:
        """Makes the folder for what is kept, where it is missing."""
        if self.mailbox.done_folder and not self.box.folder.exists(self.mailbox.done_folder):
            self.box.folder.create(self.mailbox.done_folder)

    def wait(self, seconds: float) -> None:
        """Until something comes, or that long; only where the server `can` IDLE."""
        self.box.idle.wait(timeout=seconds)

    def _command(self, name: str, *words: str | bytes) -> list:
        status, answer = self.box.client.uid(name, *words)  # type: ignore[arg-type]
        if status != "OK":
            raise imaplib.IMAP4.error(f"{name}: {answer!r}"[:300])
        return [line for line in answer if line]


def _abilities(box: BaseMailBox) -> frozenset[str]:
    """Asked anew once signed in: many servers tell little before."""
    _status, told = box.client.capability()
    return frozenset(b" ".join(filter(None, told)).decode("ascii", "replace").upper().split())


def _set(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _whole(head: bytes, raw: bytes) -> None:
    """A connection that broke in the middle must never pass half a message for a whole one."""
    told = LITERAL.search(head)
    if told is None or int(told[1]) != len(raw):
        raise imaplib.IMAP4.abort("the server sent less of a message than it said")


def _date(head: bytes) -> datetime | None:
    """When the server took the message in: the customer's clock begins there, not when we look."""
    found = DATE.search(head)
    try:
        return datetime.strptime(found[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except (TypeError, ValueError, UnicodeDecodeError):
        return None
