"""Ending a kind of mail from the mail itself, without signing in (RFC 8058)."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction

from andon.people.access import at_work
from andon.people.models import Person
from andon.people.notices import preferences
from andon.people.notices.kinds import CHOSEN, Kind, Way

SALT = "andon.notices.stop"
DIGEST = Kind.DIGEST.value


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose mail about what is to end; `kind` is "digest" for everything that comes with it."""

    person: Person
    kind: str

    @property
    def words(self) -> str:
        return str(Kind(self.kind).label)


def token(person: Person, kind: str) -> str:
    """Signed, and good for ever: mail lies about for years. It ends one kind of mail, and does nothing else."""
    return signing.dumps([person.pk, kind], salt=SALT)


def read(signed: str) -> Stop | None:
    """None for anything that was not signed here, and for who left."""
    try:
        pk, kind = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=pk).first()
    if not at_work(person) or kind not in {*CHOSEN, DIGEST}:
        return None
    return Stop(person, kind)


@transaction.atomic
def stop(asked: Stop, now: datetime) -> None:
    """No more mail of this kind. It still stands on the page."""
    ways = preferences.ways_of(asked.person)
    ended = [
        kind
        for kind, way in ways.items()
        if kind == asked.kind or (asked.kind == DIGEST and way is Way.DIGEST)
    ]
    if ended:
        preferences.choose(asked.person, dict.fromkeys(ended, Way.NONE.value), by=asked.person, now=now)
