"""Mail that waits goes out: each by one sender, again where a server says so, and never as two different mails."""

import logging
import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import mailers
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.flow.undelivered import undelivered
from andon.mail.composing import Mail, compose
from andon.mail.ours import is_ours
from andon.people import saying
from andon.people.notices import digests, limits, outbox
from andon.people.notices.models import Notice

log = logging.getLogger(__name__)
AT_ONCE = 200  # of one connection
EVERY = 2.0  # seconds between looks
CLOSING, TOO_LARGE = 421, 552
PATIENCE = 60.0  # seconds, when the server is not there


class NotThereError(Exception):
    """The server cannot be used at all now; that says nothing of any single mail."""


class RefusedError(Exception):
    """The server refused one mail; `for_good` when trying again would not help."""

    def __init__(self, reason: str, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


@dataclass(slots=True)
class Done:
    """What one look did. `problem` says why the server could not be used."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.sent or self.failed or self.later)

    def add(self, more: "Done") -> None:
        self.sent, self.failed, self.later = (
            self.sent + more.sent, self.failed + more.failed, self.later + more.later,
        )  # fmt: skip
        self.problem = more.problem or self.problem


def send_waiting(
    clock: Callable[[], datetime] = timezone.now, most: int = AT_ONCE, end: threading.Event | None = None
) -> Done:
    """What is due, `most` of it, over one connection. Any number of senders may do so at the same time."""
    done = Done()
    if not settings.MAIL_GOES_OUT:
        return done
    with saying.for_keeps():
        outbox.recover(clock())
        digests.gather(clock())
        _send_all(done, clock, most, end or threading.Event())
    return done


def _send_all(done: Done, clock: Callable[[], datetime], most: int, end: threading.Event) -> None:
    claimant, line = outbox.sender(), Line()
    try:
        for _n in range(most):
            notice = None if end.is_set() else outbox.take(claimant, clock())
            if notice is None:
                return
            _send(notice, line, done, clock)
    except NotThereError as error:
        done.problem = str(error)
        log.warning("Mail waits: %s", error)
    finally:
        line.close()


def _send(notice: Notice, line: "Line", done: Done, clock: Callable[[], datetime]) -> None:
    if why := _why_not(notice):
        outbox.hold(notice, why)
        return
    try:
        line.send(compose(notice, clock()))
    except NotThereError as error:
        outbox.put_back(notice, str(error))
        raise
    except RefusedError as error:
        _refused(notice, str(error), error.for_good, done, clock())
    except Exception as error:  # one that cannot be composed must not hold up the others
        log.exception("Notice %s could not be made a mail", notice.pk)
        _refused(notice, _("It could not be made a mail: %(why)s") % {"why": error}, False, done, clock())
    else:
        outbox.sent(notice, clock())
        done.sent += 1


def _why_not(notice: Notice) -> str:
    """What may have changed since it was told."""
    if outbox.unreachable(notice):
        return _("Whom it was for has left.")
    if is_ours(limits.address_of(notice)):
        return _("This is an address of Andon itself: it would answer itself for ever.")
    return ""


def _refused(notice: Notice, why: str, for_good: bool, done: Done, now: datetime) -> None:
    given_up = outbox.fail(notice, why) if for_good else outbox.later(notice, why, now)
    if given_up:
        undelivered([notice], now)
    done.failed, done.later = done.failed + for_good, done.later + (not for_good)


class Line:
    """A connection to the server, opened with the first mail and again after it broke."""

    def __init__(self) -> None:
        self.mailer = None

    def send(self, mail: Mail) -> None:
        """Raises RefusedError for this mail, NotThereError for any."""
        self._open()
        try:
            self.mailer.send_messages([mail])  # type: ignore[attr-defined]
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise _refusal(code, reason) from error
        except smtplib.SMTPSenderRefused as error:
            raise _of_sender(error) from error
        except smtplib.SMTPResponseException as error:
            self._hear(error.smtp_code)
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise RefusedError(
                _("The connection broke: %(why)s") % {"why": _words(error)}, for_good=False
            ) from error

    def _hear(self, code: int) -> None:
        if code == CLOSING:
            self.close()

    def _open(self) -> None:
        if self.mailer is not None:
            return
        mailer = mailers["default"]
        try:
            mailer.open()
        except (smtplib.SMTPException, OSError) as error:
            raise NotThereError(
                _("The mail server cannot be used: %(why)s") % {"why": _words(error)}
            ) from error
        self.mailer = mailer

    def close(self) -> None:
        mailer, self.mailer = self.mailer, None
        if mailer is not None:
            try:
                mailer.close()
            except (smtplib.SMTPException, OSError) as error:  # what was sent is sent
                log.info("The connection did not end in order: %s", error)


def _refusal(code: int, reason: bytes | str) -> RefusedError:
    """RFC 5321, 4.2.1: what begins with 5 is for good."""
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
    return RefusedError(f"{code} {' '.join(words.split())}", for_good=500 <= code < 600)


def _of_sender(error: smtplib.SMTPSenderRefused) -> RefusedError:
    """For good only where the mail is too large; else somebody mends ANDON_MAIL_FROM, and it goes out."""
    why = _("The server refuses the sender of ANDON_MAIL_FROM: %(why)s") % {"why": _words(error)}
    return RefusedError(why, for_good=error.smtp_code == TOO_LARGE)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(_refusal(error.smtp_code, error.smtp_error))
    return " ".join(str(error).split()) or type(error).__name__


def keep_sending(end: threading.Event, clock: Callable[[], datetime] = timezone.now) -> None:
    """Until `end` is set: looks every two seconds, and less often while the server or the database is not there."""
    while not end.is_set():
        close_old_connections()
        try:
            done = send_waiting(clock, end=end)
        except DatabaseError as error:
            log.warning("Mail waits, as the database cannot be reached: %s", error)
            done = Done(problem=str(error))
        if done.problem or not done:
            end.wait(PATIENCE if done.problem else EVERY)
