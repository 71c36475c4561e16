"""Everything of a plan as plain text in plain lists, for the pages to set."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from andon.evidence.models import Entry, Item, Reading
from andon.growth.models import Coaching
from andon.growth.rules.promises import words as promise_words
from andon.people.models import Person
from andon.plans.models import Plan, Version
from andon.plans.rules.gate import NAMES, Gate
from andon.plans.rules.life import SUPPORT
from andon.plans.rules.targets import Target
from andon.plans.words import by_words, stage_words, step_words, titled
from andon.plots.words import date as day
from andon.plots.words import value

READ = ("The gate to a plan", "The way to a plan")


def told(plan: Plan, by: Person, entries: Iterable[int], now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    return {
        "title": f"{titled()}: {plan.standard.name}", "label": titled(), "person": plan.person.name,
        "number": plan.person.number, "organisation": settings.ORGANISATION, "made": moment(now), "by": by.name,
        "standard": plan.version.statement, "serves": plan.version.serves, "state": stage_words(plan.case, today),
        "examined": _examined(plan), "gates": _gates(plan), "overrides": _overrides(plan),
        "versions": [_version(one) for one in plan.versions.all()], "evidence": _evidence(plan),
        "coaching": _coaching(plan), "supports": _supports(plan, today, now), "checkpoints": _checkpoints(plan),
        "outcome": [{"at": moment(one.at), "words": one.words} for one in plan.looks.all()],
        "story": [_step(one) for one in plan.steps.all()], "readings": _readings(plan),
        "hashes": list(_hashes(entries)),
    }  # fmt: skip


def moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{day(here.date())}, {here:%H:%M} {here.tzname()}"


def _examined(plan: Plan) -> str:
    looked = plan.examination
    return f"Examined by {looked.by.name} on {moment(looked.at)}: “{looked.reason}”"


def _gates(plan: Plan) -> list[dict[str, Any]]:
    found = [{"title": "When it was proposed", "conditions": _conditions(plan.gate)}]
    if plan.gate_at_issue is not None:
        found.append({"title": "When it was handed over", "conditions": _conditions(plan.gate_at_issue)})
    return found


def _conditions(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"number": str(one.number), "name": one.name, "met": one.met, "why": one.why, "remedy": one.remedy}
        for one in Gate.of(data).conditions
    ]


def _overrides(plan: Plan) -> list[str]:
    at_gate = [
        f"{NAMES[one.condition]}: left out by {one.by.name} on {moment(one.at)}. “{one.reason}”"
        for one in plan.examination.overrides.all()
    ]
    later = [
        f"{NAMES.get(step.data.get('condition', SUPPORT), 'Support that did not come')}: left out by "
        f"{by_words(step)} on {moment(step.at)}. “{step.words}”"
        for step in plan.steps.all()
        if step.kind == "overridden"
    ]
    return at_gate + later


def _version(one: Version) -> dict[str, Any]:
    content = one.told
    owing = Person.objects.in_bulk([support.owed_by for support in content.supports])
    return {
        "number": str(one.number), "at": moment(one.at), "by": one.by.name, "digest": one.digest,
        "changed": one.why_changed, "why": content.why, "days": str(content.days),
        "targets": [_target(target) for target in content.targets],
        "supports": [
            f"{help_.what}, by {_iso(help_.due)}, owed by {owing[help_.owed_by].name}" for help_ in content.supports
        ],
        "checkpoints": ", ".join(_iso(due) for due in content.checkpoints),
    }  # fmt: skip


def _target(target: Target) -> dict[str, str]:
    figures = target.target is not None
    return {
        "what": target.what,
        "baseline": value(target.baseline or 0, target.unit, 1) if figures else "",
        "target": value(target.target or 0, target.unit, 1) if figures else target.seen,
        "source": target.source,
        "due": _iso(target.due),
    }


def _iso(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def _evidence(plan: Plan) -> list[dict[str, Any]]:
    keys = {key for version in plan.versions.all() for key in version.content["evidence"]}
    items = Item.objects.filter(pk__in=keys).select_related("by", "sight").prefetch_related("replies")
    return [
        {
            "title": item.title, "text": item.text, "on": day(item.happened_on), "source": item.source,
            "by": item.by.name if item.by else "Andon", "seen": moment(item.seen_at) if item.seen_at else "",
            "replies": [f"{moment(reply.at)}: “{reply.text}”" for reply in item.replies.all()],
        }
        for item in items.order_by("happened_on", "pk")
    ]  # fmt: skip


def _coaching(plan: Plan) -> list[dict[str, Any]]:
    notes = Coaching.objects.filter(person=plan.person_id, standard=plan.standard_id).select_related("by")
    return [
        {
            "on": moment(note.at), "by": note.by.name, "situation": note.situation, "behaviour": note.behaviour,
            "impact": note.impact, "agreed": note.agreed_action, "view": note.their_view,
            "followed": [f"{moment(one.at)}: {one.outcome}" for one in note.follow_ups.all()],
        }
        for note in notes.prefetch_related("follow_ups", "views__confirmation").order_by("at")
    ]  # fmt: skip


def _supports(plan: Plan, today: date, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "what": one.promise.what, "by": one.promise.owed_by.name, "due": day(one.promise.due),
            "state": promise_words(one.promise.facts(now), today),
            "said": [f"{came.by.name}, {moment(came.at)}: {came.words}" for came in one.promise.deliveries.all()]
            + [f"{plan.person.name}, {moment(doubt.at)}: {doubt.words}" for doubt in one.promise.doubts.all()],
        }
        for one in plan.supports.all()
    ]  # fmt: skip


def _checkpoints(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "due": day(one.due),
            "held": one.held,
            "notes": [f"{note.by.name}, {moment(note.at)}: {note.text}" for note in one.notes.all()],
        }
        for one in plan.checkpoints.all()
    ]


def _step(step: Any) -> dict[str, str]:
    return {"at": moment(step.at), "by": by_words(step), "what": step_words(step), "words": step.words}


def _readings(plan: Plan) -> list[dict[str, str]]:
    """Who read the plan and its gate; other pages of the record are on the record."""
    found = Reading.objects.filter(person=plan.person_id, what__in=[*READ, titled()]).select_related("reader")
    return [_reading(one) for one in found.order_by("at")]


def _reading(one: Reading) -> dict[str, str]:
    return {
        "at": moment(one.at),
        "who": one.reader.name,
        "what": one.what,
        "basis": one.get_basis_display(),
        "times": str(one.times),
    }


def _hashes(entries: Iterable[int]) -> Iterable[dict[str, str]]:
    for seq, what, digest in (
        Entry.objects.filter(seq__in=entries).order_by("seq").values_list("seq", "what", "hash")
    ):
        yield {"seq": str(seq), "what": what, "hash": digest}
