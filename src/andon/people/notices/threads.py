"""Mails about one thing: the address that answers go to, and which thread an answer belongs to."""

import re
import secrets
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings

from andon.people.notices.models import Notice, Thread

TOKEN = re.compile(r"\+([a-z2-7]{26})@", re.IGNORECASE)
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
MOST_IDS = 200  # a hostile mail may name any number of others
ID = re.compile(r"<[^<>\s]{3,250}>")


def thread_address(thread: str) -> str:
    """Where answers to `thread` go: the house's own address with a token of 130 random bits after a plus.

    Letters are all small, as some servers do not tell them from capitals.
    """
    local, _, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    return f"{local.split('+')[0]}+{_token(thread)}@{domain}"


def _token(thread: str) -> str:
    made = "".join(secrets.choice(LETTERS) for _ in range(26))
    return Thread.objects.get_or_create(key=thread, defaults={"token": made})[0].token


def thread_of(addresses: Iterable[str], message_ids: Iterable[str] = ()) -> str | None:
    """The thread that a mail to these addresses, in answer to these Message-IDs, belongs to; None if to none.

    The address counts before the Message-IDs. That somebody knows either says that a mail of the thread
    reached them or was passed on to them; whether they may write to it is for the caller to ask.
    """
    tokens = {found.lower() for address in addresses for found in TOKEN.findall(address)}
    known = Thread.objects.filter(token__in=list(tokens)[:MOST_IDS]) if tokens else Thread.objects.none()
    found = known.values_list("key", flat=True).first()
    return found or _answered(message_ids)


def _answered(message_ids: Iterable[str]) -> str | None:
    ids = [found for text in message_ids for found in ID.findall(text if "<" in text else f"<{text}>")]
    if not ids:
        return None
    sent = Notice.objects.filter(message_id__in=ids[-MOST_IDS:]).exclude(thread="")
    return sent.order_by("-pk").values_list("thread", flat=True).first()
