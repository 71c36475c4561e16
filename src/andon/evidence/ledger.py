"""Adding to the ledger, and sealing it. Nothing else writes these tables."""

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from andon.evidence import chain, keys, outside, seals
from andon.evidence.chain import NOTHING, Link
from andon.evidence.merkle import Leaf, leaf_hash, root_of
from andon.evidence.models import Chain, Content, Entry, Pseudonym, Seal
from andon.people.models import Person

EVERY = 1000
"""A seal is set after so many entries, and whenever somebody asks for one."""


@transaction.atomic
def append(what: str, *, about: Person | None, body: dict, by: Person | None, now: datetime) -> Entry:
    """Adds an entry, in the transaction of whoever calls: both are kept, or neither.

    `what` is dotted words such as "coaching.noted". `body` is plain JSON; dates are ISO text.
    Raises ValidationError with a sentence.
    """
    text = _sound(what, body)
    subject, author = pseudonym_of(about), pseudonym_of(by)
    salt = secrets.token_hex(16)
    queue_up()
    link = _next(what, subject, author, now, chain.content_digest(salt, text))
    entry = Entry.objects.create(
        seq=link.seq, at=now, what=what, about=subject, by=author, nth=link.nth, previous=link.previous,
        previous_about=link.previous_about, content_digest=link.content, hash=chain.hash_of(link),
    )  # fmt: skip
    Content.objects.create(entry=entry, salt=salt, body=text)
    if entry.seq % EVERY == 0:
        seal(now)
    return entry


def _sound(what: str, body: dict) -> str:
    if not chain.WHAT.match(what) or len(what) > chain.LONGEST_WHAT:
        raise ValidationError(f"{what!r} does not say what happened: write words with dots, as plan.issued.")
    try:
        text = chain.canonical(body)
    except ValueError as error:
        raise ValidationError(str(error)) from None
    if len(text) > chain.LARGEST_BODY:
        raise ValidationError("This is too long for one entry: keep it under a million characters.")
    return text


def queue_up() -> None:
    """Whoever adds waits here until the one before has committed."""
    first = Chain.objects.select_for_update().filter(pk=1).first()
    if first is None:
        Chain.objects.get_or_create(pk=1)
        Chain.objects.select_for_update().get(pk=1)


def _next(what: str, about: str, by: str, now: datetime, content: str) -> Link:
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, NOTHING)
    of_subject = Entry.objects.filter(about=about).order_by("-nth").values_list("nth", "hash").first()
    nth, before = of_subject or (0, NOTHING)
    return Link(last[0] + 1, chain.instant(now), what, about, by, nth + 1, last[1], before, content)


def pseudonym_of(person: Person | None) -> str:
    """What a person is called in the chain, empty for nobody; given when it is first needed."""
    if person is None:
        return ""
    known = Pseudonym.objects.filter(person=person).values_list("name", flat=True).first()
    if known:
        return known
    salt = secrets.token_hex(16)
    new = {"salt": salt, "name": chain.pseudonym(salt, person.pk)}
    return Pseudonym.objects.get_or_create(person=person, defaults=new)[0].name


@transaction.atomic
def seal(now: datetime) -> Seal | None:
    """Signs the head of the chain and the count of every subject; the last seal when nothing is new since."""
    queue_up()
    head = Entry.objects.order_by("-seq").first()
    last = Seal.objects.order_by("-number").first()
    if head is None or (last and last.seq == head.seq):
        return last
    key = keys.signer(key_folder())
    statement = _statement(head, last, now, keys.public_of(key))
    made = Seal.objects.create(
        **statement._asdict() | {"at": now, "signature": seals.sign(statement, key)},
    )
    transaction.on_commit(lambda: outside.keep(ledger_folder(), statement, made.signature))
    return made


def _statement(head: Entry, last: Seal | None, now: datetime, key: str) -> seals.Statement:
    subjects = leaves()
    return seals.Statement(
        number=last.number + 1 if last else 1,
        ledger=last.ledger if last else Entry.objects.values_list("hash", flat=True).get(pk=1),
        seq=head.seq,
        hash=head.hash,
        subjects=len(subjects),
        root=root_of(map(leaf_hash, subjects)),
        at=chain.instant(now),
        previous=seals.after(last.signature if last else None),
        key=key,
    )


NEWEST = (
    "SELECT e.about, e.nth, e.hash FROM (SELECT about, MAX(nth) AS nth FROM evidence_entry GROUP BY about) m "
    "JOIN evidence_entry e ON e.about = m.about AND e.nth = m.nth"
)
"""Read from the index alone, so that sealing a million entries takes a tenth of a second."""


def leaves() -> list[Leaf]:
    """The last entry of every subject, in the order of their pseudonyms; asked for while nobody else adds."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return sorted(Leaf(*row) for row in cursor.fetchall())


def key_folder() -> Path:
    return Path(settings.HOME) / "keys"


def ledger_folder() -> Path:
    return Path(settings.HOME) / "ledger"
