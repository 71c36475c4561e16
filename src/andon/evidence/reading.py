"""The ledger of this installation as rows, and the check of it against all that should agree with it."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain as joined
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from andon.evidence import chain, keys, ledger, outside
from andon.evidence.actions import body_from
from andon.evidence.models import Answer, Entry, Item, Pseudonym, Reply, Seal, Sight
from andon.evidence.report import Report
from andon.evidence.seals import Statement
from andon.evidence.triggers import GUARDS
from andon.evidence.verifying import told
from andon.evidence.walking import Row, Sealed, check_seals, walk
from andon.people import guarding
from andon.standards import triggers as standards

FIELDS = ("seq", "at", "what", "about", "by", "nth", "previous", "previous_about", "content_digest", "hash")
AT_ONCE = 5000


class Mirror(NamedTuple):
    """A row that repeats what an entry says: `body` as it should be there, None where it was erased."""

    place: str
    seq: int
    person: int | None
    body: dict[str, Any] | None


MIRRORS: dict[str, Callable[[], Iterable[Mirror]]] = {}
"""Looked through by `andon verify --ledger`. A higher stage adds its own: MIRRORS["coaching"] = ..."""

FOUNDED: dict[str, type[Model]] = {"item.replied": Reply, "item.added": Item, "item.corrected": Item}
"""What an entry is called, and the row with a foreign key `entry` that it speaks of."""

CHECKS: dict[str, Callable[[], Iterable[str]]] = {}
"""What else a stage looks at, in sentences that name the place: rows that repeat what several entries say together."""

GUARDED: dict[str, tuple[guarding.Guard, ...]] = {"evidence": GUARDS, "standards": standards.GUARDS}
"""What the database should refuse, looked for as well. A higher stage adds its own."""


def rows(entries=None) -> Iterator[Row]:
    """Entries in order, each with what it says."""
    found = (Entry.objects.all() if entries is None else entries).order_by("seq")
    found = found.values_list(*FIELDS, "content__salt", "content__body")
    for seq, at, what, about, by, nth, previous, before, digest, hash, salt, body in found.iterator(AT_ONCE):
        link = chain.Link(seq, chain.instant(at), what, about, by, nth, previous, before, digest)
        yield Row(link, hash, salt, body)


def sealed(seals=None) -> list[Sealed]:
    found = (Seal.objects.all() if seals is None else seals).order_by("number")
    return [_sealed(seal) for seal in found]


def _sealed(seal: Seal) -> Sealed:
    values = {name: getattr(seal, name) for name in Statement._fields}
    return Sealed(Statement(**values | {"at": chain.instant(seal.at)}), seal.signature)


def check(heads: Iterable[str] = ()) -> Report:
    """Everything of this installation: chain, seals, the seals kept outside, and the rows that repeat entries."""
    kept = [Sealed(*one) for one in outside.kept(ledger.ledger_folder())]  # before: some may be set meanwhile
    seals = sealed()
    known = {one.statement for one in seals}
    report = walk(rows(), [*seals, *(one for one in kept if one.statement not in known)], heads)
    check_seals(seals, report)
    _check_kept({one.statement.number for one in kept} - {one.statement.number for one in seals}, report)
    _check_keys(report)
    checks = (_pseudonyms, _mirrored, _unfounded, *CHECKS.values(), _unprotected)
    for problem in joined.from_iterable(look() for look in checks):
        report.wrong(problem)
    return report


def _check_kept(missing: set[int], report: Report) -> None:
    for number in sorted(missing):
        report.wrong(f"Seal {number} is in the file of seals, and the database has it no more.")
    if missing:
        report.notes.append("If the database was begun anew on purpose, put ledger/seals.jsonl away.")


def _check_keys(report: Report) -> None:
    trusted = keys.published(ledger.key_folder())
    if report.keys and not trusted:
        report.notes.append(
            "There is no public key in the folder of this installation to check the seals with."
        )
    for stranger in sorted(report.keys - trusted) if trusted else ():
        report.wrong(f"A seal was made with a key that this installation does not have: {told(stranger)}.")


def _pseudonyms() -> Iterator[str]:
    for person, salt, name in Pseudonym.objects.values_list("person", "salt", "name").iterator(AT_ONCE):
        if chain.pseudonym(salt, person) != name:
            yield f"The pseudonym of person {person} was given to somebody else."


def _mirrored() -> Iterator[str]:
    for mirrors in MIRRORS.values():
        yield from _disagreeing(mirrors())


def _disagreeing(mirrors: Iterable[Mirror]) -> Iterator[str]:
    batch: list[Mirror] = []
    for mirror in mirrors:
        batch.append(mirror)
        if len(batch) == AT_ONCE // 10:
            yield from _compared(batch)
            batch = []
    yield from _compared(batch)


def _compared(batch: list[Mirror]) -> Iterator[str]:
    entries = Entry.objects.filter(seq__in=[mirror.seq for mirror in batch])
    said = {seq: (about, body) for seq, about, body in entries.values_list("seq", "about", "content__body")}
    people = {mirror.person for mirror in batch} - {None}
    named = dict(Pseudonym.objects.filter(person__in=people).values_list("person", "name"))
    for mirror in batch:
        about, body = said.get(mirror.seq, ("", None))
        if about != named.get(mirror.person, ""):
            yield f"{mirror.place} was moved to another person: entry {mirror.seq} is about somebody else."
        elif (chain.canonical(mirror.body) if mirror.body is not None else None) != body:
            yield f"{mirror.place} was altered: entry {mirror.seq} says something else."


def _unprotected() -> Iterator[str]:
    sql = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgenabled IN ('O', 'A')",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        there = set(cursor.fetchall())
    guards = [guard for guarded in GUARDED.values() for guard in guarded]
    gone: dict[str, list[str]] = {}
    for table, trigger in guarding.names(guards, connection.vendor):
        if (table, trigger) not in there:
            gone.setdefault(table, []).append(trigger)
    for table, triggers in gone.items():
        named = f"trigger {triggers[0]} is" if len(triggers) == 1 else f"triggers {', '.join(triggers)} are"
        yield f"The database does not refuse changes of {table} any more: its {named} gone."


def _items() -> Iterator[Mirror]:
    for row in Item.objects.order_by("pk").values().iterator(AT_ONCE):
        body = body_from(row) if row["text"] else None
        yield Mirror(f"Item {row['id']}", row["entry_id"], row["person_id"], body)


def _replies() -> Iterator[Mirror]:
    for reply in Reply.objects.select_related("item").order_by("pk").iterator(AT_ONCE):
        body = {"to": reply.item.entry_id, "text": reply.text, "asks": reply.asks} if reply.text else None
        yield Mirror(f"Reply {reply.pk}", reply.entry_id, reply.item.person_id, body)


def _answers() -> Iterator[Mirror]:
    related = Answer.objects.select_related("reply__item", "correction").order_by("pk")
    for one in related.iterator(AT_ONCE):
        correction = one.correction.entry_id if one.correction else None
        body = {"to": one.reply.entry_id, "text": one.text, "correction": correction}
        yield Mirror(f"Answer {one.pk}", one.entry_id, one.reply.item.person_id, body if one.text else None)


def _unfounded() -> Iterator[str]:
    """Sights without an entry that says so, and entries whose item or reply is gone."""
    sights = Sight.objects.order_by("pk").values_list("item", "item__entry", "entry__content__body")
    for item, entry, body in sights.iterator(AT_ONCE):
        if body is not None and entry not in json.loads(body).get("entries", ()):
            yield f"That item {item} was seen is said here, and the ledger does not say it."
    there = {model: _entries_of(model) for model in set(FOUNDED.values())}
    spoken = Entry.objects.filter(what__in=list(FOUNDED)).order_by("seq").values_list("seq", "what")
    for seq, what in spoken.iterator(AT_ONCE):
        if seq not in there[FOUNDED[what]]:
            yield f"The {FOUNDED[what]._meta.verbose_name} that entry {seq} speaks of was taken away."


def _entries_of(model: type[Model]) -> set[int]:
    """All at once: to look for each entry on its own takes a minute of a million."""
    return set(model._base_manager.exclude(entry=None).values_list("entry", flat=True))


MIRRORS |= {"items": _items, "replies": _replies, "answers": _answers}
