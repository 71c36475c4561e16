"""The parts of this stage and of those below, for somebody to take away."""

import json
from collections.abc import Iterator
from typing import Any

from andon.attribution.models import Estimate
from andon.escalations.models import Escalation
from andon.evidence.models import Entry, Erasure, Item, Pseudonym, Reading
from andon.evidence.portable import named, register
from andon.people.models import Deed, Person
from andon.people.notices.models import Notice
from andon.signals.models import SavedView
from andon.standards.models import Acknowledgement, Holding, KeyResult, Objective

Row = dict[str, Any]
FIGURES = ("n", "raw", "adjusted", "low", "high", "p_below", "verdict", "why")


def who(person: Person) -> Iterator[Row]:
    yield {
        "name": named(person), "email": person.email, "staff number": person.number, "title": person.title,
        "team": str(person.team or ""), "manager": named(person.manager) if person.manager else "",
        "site": person.site, "joined": _day(person.joined), "left": _day(person.left),
        "roles in Andon": list(person.grants.values_list("role", flat=True)),
    }  # fmt: skip


def items(person: Person) -> Iterator[Row]:
    for item in Item.objects.of(person).with_sights().select_related("measure", "mechanism", "behaviour"):
        yield {
            "number": item.pk, "kind": item.get_kind_display(), "happened on": _day(item.happened_on),
            "title": item.title, "text": item.text, "situation": item.situation, "effect": item.effect,
            "source": item.source, "link": item.link, "mechanism": str(item.mechanism or ""),
            "measure": str(item.measure or ""), "behaviour": str(item.behaviour or ""), "step": item.step_words,
            "figures": item.figures, "added by": named(item.by), "added at": item.at.isoformat(),
            "seen at": item.seen_at.isoformat() if item.seen_at else "", "corrects": item.corrects_id,
            "replies": [{"at": reply.at.isoformat(), "text": reply.text} for reply in item.replies.all()],
        }  # fmt: skip


def readings(person: Person) -> Iterator[Row]:
    for one in Reading.objects.filter(person=person).select_related("reader"):
        yield {
            "who": named(one.reader), "by right of": one.get_basis_display(), "what": one.what,
            "first": one.at.isoformat(), "last": one.last_at.isoformat(), "times": one.times,
        }  # fmt: skip


def computed(person: Person) -> Iterator[Row]:
    for one in Estimate.objects.filter(person=person).select_related("separation"):
        found = {
            name: getattr(one, name)
            for name in ("n", "raw", "adjusted", "low", "high", "p_below", "verdict", "why")
        }
        yield {
            "outcome": one.separation.outcome,
            "computed at": one.separation.computed_at.isoformat(),
        } | found


def roles(person: Person) -> Iterator[Row]:
    for one in Holding.objects.filter(person=person).select_related("job_role"):
        yield {"role": one.job_role.name, "from": _day(one.starts), "to": _day(one.ends)}


def acknowledged(person: Person) -> Iterator[Row]:
    said = Acknowledgement.objects.filter(person=person).select_related("version__standard")
    for one in said.prefetch_related("answers__by"):
        yield {
            "standard": one.version.standard.name, "version": one.version.number, "at": one.at.isoformat(),
            "said": one.get_kind_display(), "words": one.words,
            "answers": [{"by": named(answer.by), "text": answer.text} for answer in one.answers.all()],
        }  # fmt: skip


def objectives(person: Person) -> Iterator[Row]:
    """Their own, with key results and what was checked in on them."""
    own = Objective.objects.of(person).select_related("cycle").prefetch_related("key_results__check_ins__by")
    for one in own:
        yield {
            "objective": one.title, "why": one.why, "cycle": str(one.cycle or ""), "due": _day(one.due),
            "written at": one.made_at.isoformat(), "given up": one.why_dropped,
            "key results": [_result(result) for result in one.key_results.all()],
            "notes": [{"at": note.at.isoformat(), "text": note.text} for note in one.corrections.all()],
        }  # fmt: skip


def _result(result: KeyResult) -> Row:
    return {
        "key result": result.title, "baseline": result.baseline, "target": result.target, "unit": result.unit,
        "check-ins": [
            {"at": said.at.isoformat(), "value": said.value, "confidence": said.get_confidence_display(),
             "note": said.note, "by": named(said.by)}
            for said in result.check_ins.all()
        ],
    }  # fmt: skip


def questions(person: Person) -> Iterator[Row]:
    for one in Escalation.objects.filter(raised_by=person):
        yield {"number": one.number, "title": one.title, "note": one.note, "at": one.raised_at.isoformat()}


def notices(person: Person) -> Iterator[Row]:
    """What Andon wrote to them."""
    for one in Notice.objects.filter(to=person).order_by("at"):
        yield {
            "at": one.at.isoformat(), "subject": one.subject, "text": one.text,
            "sent at": one.sent_at.isoformat() if one.sent_at else "",
        }  # fmt: skip


def views(person: Person) -> Iterator[Row]:
    yield from SavedView.objects.filter(person=person).values("name", "query")


def deeds(person: Person) -> Iterator[Row]:
    for one in Deed.objects.filter(by=person):
        yield {"at": one.at.isoformat(), "did": one.verb, "with": one.thing}


def entries(person: Person) -> Iterator[Row]:
    """Every entry about them, of whichever stage: also what no part of its own tells."""
    found = Entry.objects.about(person).exclude(content__body=None).select_related("content")
    pseudonyms = Pseudonym.objects.filter(name__in=found.values("by")).select_related("person")
    authors = {one.name: one.person for one in pseudonyms}
    for one in found:
        yield {
            "entry": one.seq, "at": one.at.isoformat(), "what": one.what, "by": named(authors.get(one.by)),
            "says": json.loads(one.content.body),
        }  # fmt: skip


def erasures(person: Person) -> Iterator[Row]:
    for one in Erasure.objects.filter(person=person):
        yield {"at": one.at.isoformat(), "why": one.why, "entries": one.entries}


def _day(day) -> str:
    return day.isoformat() if day else ""


for name, rows in {
    "You": who,
    "Your record": items,
    "Who read it": readings,
    "What is computed about you": computed,
    "Your roles": roles,
    "Standards you acknowledged": acknowledged,
    "Your objectives": objectives,
    "Questions you asked": questions,
    "Views you saved": views,
    "Notices you were sent": notices,
    "What you did in Andon": deeds,
    "What the ledger says of you": entries,
    "What was erased": erasures,
}.items():
    register(name, rows)
