"""What makes mails about one thing stand together: a root that all refer to, and the same subject for one reader."""

import hashlib
import hmac
import re
from email.utils import parseaddr

from django.conf import settings

from andon.people.notices.models import Notice

RECENT = 5
_UNFIT = re.compile(r"[\s<>…]")  # the last stands where one was too long to keep


def root(thread: str) -> str:
    """The Message-ID that every mail of a thread refers to. None has it, so clients show all below one another."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"thread:{thread}".encode(), hashlib.sha256).hexdigest()
    return f"<{made[:40]}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}>"


def subject(notice: Notice) -> str:
    """That of the first mail of the thread to the same reader: some clients tell threads by their subject.

    What answers a mail of theirs has the subject of that mail.
    """
    alone = not notice.thread or notice.answers
    first = None if alone else _of_reader(notice).order_by("pk").first()
    return first.subject if first else notice.subject


def references(notice: Notice) -> list[str]:
    """From the root on, oldest first; the last is what this mail answers."""
    found = [root(notice.thread), *_sent(notice)] if notice.thread else []
    return list(dict.fromkeys([*found, *_answered(notice.answers)]))


def _answered(message_id: str) -> list[str]:
    """In the angle brackets that belong to it, whoever left them out; none where it could be no Message-ID."""
    bare = message_id.strip("<> \t")
    return [f"<{bare}>"] if bare and not _UNFIT.search(bare) else []


def _sent(notice: Notice) -> list[str]:
    before = _of_reader(notice).filter(sent_at__isnull=False, pk__lt=notice.pk).order_by("-pk")
    return list(before.values_list("message_id", flat=True)[:RECENT])[::-1]


def _of_reader(notice: Notice):
    same = Notice.objects.filter(thread=notice.thread, digest=None)
    return same.filter(to=notice.to) if notice.to else same.filter(to=None, address__iexact=notice.address)
