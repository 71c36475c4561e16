"""Telling somebody something, once."""

import hashlib
import hmac
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from andon.people import access, saying
from andon.people.models import Person
from andon.people.notices import limits, preferences
from andon.people.notices.kinds import Kind, Way
from andon.people.notices.models import Notice
from andon.people.words import tidy

Words = str | Promise | Callable[[], str]
State = Notice.State
LONGEST_SUBJECT, LONGEST_KEY, LONGEST_TEXT = 200, 200, 20_000


def tell(
    to: Person | str,
    *,
    key: str,
    kind: str,
    subject: Words,
    text: Words,
    link: str = "",
    thread: str = "",
    picture: str | None = None,
    answers: str = "",
    about_own: bool = False,
    now: datetime,
) -> Notice | None:
    """Tells a person, or whoever has an address, something; None when it was told before or they left.

    Called inside the transaction of what it tells about: it is told when that holds, and not otherwise.

    `key` says what is told, to whom: `escalation:12:raised:7`. `subject` and `text` may be functions; they
    are called in the language of the reader. They go out by mail, which others may see on a locked screen:
    no words of a customer and nothing personal in a subject, and of plans and talks only that something waits.
    `link` is a path, `/escalations/12/`. `thread` is what the mail belongs to, `escalation:12`; answers to it
    come back with `thread_of`. `picture` is `measure:<pk>`. `answers` is the Message-ID of the mail that this
    answers. `about_own`: of what is the reader's own, such as a question they raised or took on.
    """
    person = to if isinstance(to, Person) else None
    if (person and not access.at_work(person)) or _told(key):
        return None
    if link and not link.startswith("/"):
        raise ValueError(f"A link is a path of Andon, such as /escalations/12/, and not {link!r}.")
    notice = Notice(
        key=short(key), kind=Kind(kind), to=person, address="" if person else tidy(str(to))[:254],
        about_own=about_own, link=link, thread=thread, picture=picture or "", answers=on_one_line(answers, 400),
        message_id=message_id(short(key)), language=preferences.language_of(person), at=now,
    )  # fmt: skip
    with translation.override(notice.language):
        notice.subject, notice.text = (
            on_one_line(said(subject), LONGEST_SUBJECT),
            tidy(said(text))[:LONGEST_TEXT],
        )
    with saying.for_keeps():
        _route(notice, now)
    return _keep(notice)


def speaking_to(person: Person | None) -> AbstractContextManager:
    """While words for somebody are made: in their language."""
    return translation.override(preferences.language_of(person))


def _route(notice: Notice, now: datetime) -> None:
    """At once, with the digest, or on the page only."""
    notice.due_at = now
    if problem := limits.problem(notice):
        notice.state, notice.problem = State.HELD, problem
    elif not settings.MAIL_GOES_OUT:
        notice.state = State.HELD
    elif notice.to:
        _as_chosen(notice, notice.to, now)


def _as_chosen(notice: Notice, person: Person, now: datetime) -> None:
    notice.way = preferences.way_of(person, notice.kind, notice.about_own)
    if notice.way is Way.AT_ONCE and limits.too_many(notice, now):
        notice.way = Way.DIGEST
    if notice.way is Way.NONE:
        notice.state = State.HELD
    elif notice.way is Way.DIGEST:
        notice.due_at = preferences.next_digest(person, now)


def _keep(notice: Notice) -> Notice | None:
    """None when somebody else told it at the same time."""
    fields = {
        field.attname: getattr(notice, field.attname)
        for field in Notice._meta.concrete_fields
        if not field.primary_key
    }
    kept, made = Notice.objects.get_or_create(key=fields.pop("key"), defaults=fields)
    return kept if made else None


def _told(key: str) -> bool:
    return Notice.objects.filter(key=short(key)).exists()


def short(key: str) -> str:
    """A key as it is kept: one that is too long ends in its digest."""
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - 33] + ":" + hashlib.sha256(key.encode()).hexdigest()[:32]


def message_id(key: str) -> str:
    """Follows from the key, so that a mail sent again is the same mail; unguessable, as answers go by it."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"notice:{key}".encode(), hashlib.sha256).hexdigest()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{made[:40]}@{domain}>"


def said(words: Words) -> str:
    return str(words() if callable(words) else words)


def on_one_line(text: str, most: int) -> str:
    """On one line, whatever it was: nothing gets into the headers of a mail."""
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
