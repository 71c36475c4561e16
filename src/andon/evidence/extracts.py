"""The ledger as a file: whole, or what is about one person with the proof that nothing was left out."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from andon.evidence import chain, files, keys, ledger, pages, reading
from andon.evidence.merkle import Proof, prove
from andon.evidence.models import Entry, Seal
from andon.evidence.walking import Row
from andon.people.models import Person


def export(out: BinaryIO, *, now: datetime) -> Seal | None:
    """The whole ledger, sealed before it is written. None when it is empty."""
    last = ledger.seal(now)
    upto = Entry.objects.filter(seq__lte=last.seq if last else 0)
    seals = reading.sealed(Seal.objects.filter(number__lte=last.number if last else 0))
    _write(out, files.FULL, None, seals, None, reading.rows(upto), now)
    return last


def extract(
    person: Person | None, *, now: datetime, contents: Iterable[int] | None = None, kind: str = files.EXTRACT
) -> bytes:
    """Every entry about `person`, or about nobody; of `contents`, when given, only these numbers with what they say.

    The others are there with their hashes and no words, so that nothing can be left out unseen.
    """
    name, seal, proof = _sealed(person, now)
    theirs = Entry.objects.filter(about=name, seq__lte=seal.seq)
    found = reading.rows(theirs)
    rows = found if contents is None else _without(found, frozenset(contents))
    out = io.BytesIO()
    _write(out, kind, name, reading.sealed(Seal.objects.filter(pk=seal.pk)), proof, rows, now)
    return out.getvalue()


@transaction.atomic
def _sealed(person: Person | None, now: datetime) -> tuple[str, Seal, Proof]:
    """The pseudonym, a seal over all there is, and the proof of their place in it.

    Somebody without an entry gets one, as nothing proves nothing.
    """
    name = ledger.pseudonym_of(person)
    if not Entry.objects.filter(about=name).exists():
        ledger.append("record.begun", about=person, body={}, by=None, now=now)
    seal = ledger.seal(now)
    assert seal is not None
    return name, seal, prove(ledger.leaves(), name)


def _without(rows: Iterable[Row], contents: frozenset[int]) -> Iterator[Row]:
    """Erasures stay: they say why words are gone."""
    for row in rows:
        told = row.body is None or row.link.seq in contents or row.link.what == chain.ERASED
        yield row if told else row._replace(salt=None, body=None, withheld=True)


def enclose(
    pdf: bytes, person: Person | None, *, now: datetime, contents: Iterable[int] | None = None
) -> bytes:
    """A dossier: the PDF with the extract in it, signed as a whole. `andon verify` checks both."""
    inside = extract(person, now=now, contents=contents, kind=files.DOSSIER)
    return pages.sign(pages.attach(pdf, files.ATTACHMENT, inside), keys.signer(ledger.key_folder()))


def _write(out: BinaryIO, kind: str, about: str | None, seals: list, proof: Proof | None, rows, now) -> None:
    parts = {"kind": kind, "about": about, "made_at": chain.instant(now), "seals": seals, "proof": proof}
    files.write(out, parts, rows, keys.signer(ledger.key_folder()))
