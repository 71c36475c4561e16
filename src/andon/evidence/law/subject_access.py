"""Subject access: everything about one person as one file, with others left out."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from andon.evidence import access, extracts, portable
from andon.evidence.access_log import note
from andon.evidence.law.permission import demand
from andon.evidence.law.redacting import Known, Redactor
from andon.evidence.models import Content, Entry
from andon.people.access import at_work
from andon.people.models import Line, Person
from andon.people.trail import record


@transaction.atomic
def everything(person: Person, *, by: Person, now: datetime) -> bytes:
    """A zip with everything.json, everything.html and ledger.json, which `andon verify` checks.

    For oneself; HR partners for somebody who left and cannot do it themselves. Raises PermissionDenied.
    """
    _demand(person, by)
    note(by, person, gettext_noop("Everything, as a file"), now)
    if by != person:
        record(by, "answered a subject access request", person, now)
    redactor = redactor_for(person)
    parts = redactor.anything(portable.parts_of(person))
    told = {"about": person.name, "made_at": now.isoformat(), "parts": parts}
    return _zip(
        {
            "everything.json": json.dumps(told, indent=1, ensure_ascii=False, default=str).encode(),
            "everything.html": _readable(told).encode(),
            "ledger.json": extracts.extract(person, now=now, contents=_harmless(person, redactor)),
        }
    )


def _demand(person: Person, by: Person) -> None:
    if by == person and at_work(by):
        return
    demand(by, person)
    if at_work(person):
        raise PermissionDenied(_("They can do this themselves, with one click on their record."))
    if access.basis(by, person) is None:
        raise PermissionDenied(_("Nobody reads this without a right to."))


def redactor_for(person: Person) -> Redactor:
    """Everybody else is searched for; team, line and those who wrote about them also by a part of their name."""
    near = set(Line.objects.filter(below=person).values_list("above", flat=True))
    near |= set(Line.objects.filter(above=person).values_list("below", flat=True))
    if person.team_id:
        near |= set(Person.objects.filter(team=person.team_id).values_list("pk", flat=True))
    rows = Person.objects.exclude(pk=person.pk).values_list("pk", "name", "email", "number")
    others = [Known(pk, name, email or "", number, pk in near) for pk, name, email, number in rows]
    return Redactor(person.name, person.email or "", others)


def _harmless(person: Person, redactor: Redactor) -> list[int]:
    """Entries that name nobody else, so that their words may go along with their proof."""
    rows = Content.objects.filter(entry__in=Entry.objects.about(person), body__isnull=False)
    return [seq for seq, body in rows.values_list("entry", "body") if redactor.text(body) == body]


def _readable(told: dict[str, Any]) -> str:
    return render_to_string("record/everything.html", {"told": told})


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()
