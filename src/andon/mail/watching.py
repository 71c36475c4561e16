"""Watching mailboxes on servers: what comes is kept, understood, and only then marked there.

One process at a time reads a mailbox, the others stand by; and should two read it all the same, on different
machines, the database lets only one of them keep each message.
"""

import logging
import random
import threading
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from andon.flow import mail
from andon.mail.imap import Broken, RefusedError, Session, session
from andon.signals import lock
from andon.signals.breaking import step
from andon.signals.models import Arrival, Mailbox
from andon.signals.receiving import OPEN

WAIT = 240.0  # seconds in one IDLE; routers forget silent connections after five minutes
POLL = 30.0  # where the server cannot tell that something came
SOON, LATE = 1.0, 300.0  # seconds before it is tried again
STAND_BY = 5.0
LEFT_ALONE = timedelta(minutes=2)  # whoever kept a message has it in hand until then
log = logging.getLogger(__name__)


def now() -> datetime:
    return datetime.now(UTC)


class Watcher:
    """Watches one mailbox until `end` is set; whatever breaks, it comes again, later each time."""

    def __init__(self, mailbox: Mailbox, end: threading.Event) -> None:
        self.mailbox, self.end = mailbox, end
        self.wait = SOON

    def run(self) -> None:
        while not self.end.is_set() and self._is_wanted():
            with lock.reading(settings.LETTERS / "watched" / self.mailbox.name) as alone:
                if alone:
                    self._try()
            self.end.wait(self.wait if alone else STAND_BY)
        connection.close()

    def _is_wanted(self) -> bool:
        close_old_connections()
        try:
            found = Mailbox.objects.fetched().filter(pk=self.mailbox.pk).first()
        except DatabaseError:
            return True  # it is away for a moment
        self.mailbox = found or self.mailbox
        return found is not None

    def _try(self) -> None:
        try:
            with session(self.mailbox) as server:
                self._follow(server)
        except (RefusedError, *Broken, DatabaseError) as error:
            self._report(error)
            self.wait = min(self.wait * 2, LATE) * random.uniform(0.8, 1.2)  # noqa: S311 not all at once

    def _follow(self, server: Session) -> None:
        begin(server)
        while not self.end.is_set():
            gather(server)
            self._answered()
            if not self._same():
                return
            server.wait(WAIT) if "IDLE" in server.can else self.end.wait(POLL)

    def _same(self) -> bool:
        """Whether the mailbox is still set up as when we signed in."""
        before = _setup(self.mailbox)
        return self._is_wanted() and _setup(self.mailbox) == before

    def _answered(self) -> None:
        self.wait = SOON
        Mailbox.objects.filter(pk=self.mailbox.pk).update(seen_at=now(), problem="")

    def _report(self, error: Exception) -> None:
        problem = str(error) or type(error).__name__
        log.warning("mailbox %s: %s", self.mailbox.name, problem)
        try:
            Mailbox.objects.filter(pk=self.mailbox.pk).update(problem=problem[:1000])
        except DatabaseError:
            close_old_connections()


def _setup(mailbox: Mailbox) -> tuple:
    names = ("host", "port", "security", "user", "password_variable", "folder", "done_folder", "retired_at")
    return tuple(getattr(mailbox, name) for name in names)


def begin(server: Session) -> None:
    """Finishes what an earlier process left: messages kept and not understood, or understood and not marked."""
    server.has_done_folder()
    mail.take_up(now(), server.mailbox)
    lying = set(server.new())
    known = _known(server)
    server.finish(sorted(uid for uid in lying if known.get(uid) not in (None, *OPEN[:1])))
    _take(server, sorted(lying - known.keys()))


def gather(server: Session) -> int:
    """Takes in what is new; how many."""
    return _take(server, server.new())


def _take(server: Session, uids: list[int]) -> int:
    for incoming in server.fetch(uids, now()):
        step("after the fetch")
        done = mail.take(incoming, mailbox=server.mailbox, now=now(), transport=Arrival.Transport.IMAP)
        step("before the mark")
        server.finish([one.uid for one in incoming if one.uid] if all(_settled(one) for one in done) else [])
        step("after the mark")
    return len(uids)


def _settled(arrival: Arrival) -> bool:
    return arrival.status != Arrival.Status.WAITING


def _known(server: Session) -> dict[int, str]:
    """What was fetched of this folder before, and what became of it."""
    rows = Arrival.objects.filter(mailbox=server.mailbox, uid_validity=server.validity)
    return dict(rows.values_list("uid", "status"))


class Watch:
    """A thread a mailbox; looks now and then for mailboxes that somebody added."""

    def __init__(self, names: tuple[str, ...], end: threading.Event) -> None:
        self.names, self.end = names, end
        self.threads: dict[int, threading.Thread] = {}

    def look(self) -> int:
        """Starts watching what is not watched yet, and takes up what any process left; how many are watched."""
        close_old_connections()
        mail.take_up(now(), before=now() - LEFT_ALONE)
        wanted = Mailbox.objects.fetched()
        for mailbox in wanted.filter(name__in=self.names) if self.names else wanted:
            thread = self.threads.get(mailbox.pk)
            if thread is None or not thread.is_alive():
                self.threads[mailbox.pk] = self._start(mailbox)
        return sum(thread.is_alive() for thread in self.threads.values())

    def _start(self, mailbox: Mailbox) -> threading.Thread:
        thread = threading.Thread(target=Watcher(mailbox, self.end).run, name=mailbox.name, daemon=True)
        thread.start()
        return thread


def empty(mailbox: Mailbox) -> int:
    """Takes in once what lies there, without staying; how many messages."""
    with session(mailbox) as server:
        before = Arrival.objects.filter(mailbox=mailbox).count()
        begin(server)
        return Arrival.objects.filter(mailbox=mailbox).count() - before
