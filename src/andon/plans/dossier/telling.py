"""Everything of a plan as plain text in plain lists, for the pages to set."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from andon.evidence.models import Entry, Item, Reading
from andon.growth.models import Coaching
from andon.growth.rules.promises import words as promise_words
from andon.people import saying
from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.saying import day, value
from andon.plans.dossier.labels import labels
from andon.plans.models import Plan, Version
from andon.plans.rules.gate import NAMES, Gate
from andon.plans.rules.life import SUPPORT
from andon.plans.rules.targets import Target
from andon.plans.words import by_words, stage_words, step_words, titled

READ = ("The gate to a plan", "The way to a plan")


def told(plan: Plan, by: Person, entries: Iterable[int], now: datetime) -> dict[str, Any]:
    """In the language of whoever asks for it; what people wrote is as they wrote it."""
    today = timezone.localdate(now)
    return {
        "labels": labels(), "language": (get_language() or "en")[:2],
        "head": _("%(person)s (%(number)s) · made %(made)s by %(name)s")
        % {"person": plan.person.name, "number": plan.person.number, "made": moment(now), "name": by.name},
        "title": f"{titled()}: {plan.standard.name}", "label": titled(), "person": plan.person.name,
        "number": plan.person.number, "organisation": settings.ORGANISATION, "made": moment(now), "by": by.name,
        "standard": plan.version.statement, "serves": plan.version.serves, "state": stage_words(plan.case, today),
        "examined": _examined(plan), "gates": _gates(plan), "overrides": _overrides(plan),
        "versions": [_version(one) for one in plan.versions.all()], "evidence": _evidence(plan),
        "coaching": _coaching(plan), "supports": _supports(plan, today, now), "checkpoints": _checkpoints(plan),
        "outcome": [
            {"at": _("Computed %(at)s.") % {"at": moment(one.at)}, "words": retold(one.words)}
            for one in plan.looks.all()
        ],
        "story": [_step(one) for one in plan.steps.all()], "readings": _readings(plan),
        "hashes": list(_hashes(entries)),
    }  # fmt: skip


def moment(at: datetime) -> str:
    return saying.moment(at)


def quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


def _left_out(what: str, name: str, at: datetime, reason: str) -> str:
    return _("%(condition)s: left out by %(name)s on %(at)s. “%(reason)s”") % {
        "condition": what,
        "name": name,
        "at": moment(at),
        "reason": reason,
    }


def _examined(plan: Plan) -> str:
    looked = plan.examination
    told = {"name": looked.by.name, "at": moment(looked.at), "reason": looked.reason}
    return _("Examined by %(name)s on %(at)s: “%(reason)s”") % told


def _gates(plan: Plan) -> list[dict[str, Any]]:
    found = [{"title": _("When it was proposed"), "conditions": _conditions(plan.gate)}]
    if plan.gate_at_issue is not None:
        found.append({"title": _("When it was handed over"), "conditions": _conditions(plan.gate_at_issue)})
    return found


def _conditions(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "number": str(one.number), "name": retold(one.name), "met": one.met, "why": retold(one.why),
            "remedy": _("What would satisfy it: %(remedy)s") % {"remedy": retold(one.remedy)} if one.remedy else "",
        }
        for one in Gate.of(data).conditions
    ]  # fmt: skip


def _overrides(plan: Plan) -> list[str]:
    at_gate = [
        _left_out(retold(NAMES[one.condition]), one.by.name, one.at, one.reason)
        for one in plan.examination.overrides.all()
    ]
    later = [
        _left_out(_condition(step), by_words(step), step.at, step.words)
        for step in plan.steps.all()
        if step.kind == "overridden"
    ]
    return at_gate + later


def _condition(step: Any) -> str:
    condition = step.data.get("condition", SUPPORT)
    return retold(NAMES[condition]) if condition in NAMES else _("Support that did not come")


def _version(one: Version) -> dict[str, Any]:
    content = one.told
    owing = Person.objects.in_bulk([support.owed_by for support in content.supports])
    return {
        "title": _("Version %(number)s") % {"number": one.number}, "head": _version_head(one), "why": content.why,
        "targets": [_target(target) for target in content.targets],
        "supports": [
            _("%(what)s, by %(due)s, owed by %(name)s")
            % {"what": help_.what, "due": _iso(help_.due), "name": owing[help_.owed_by].name}
            for help_ in content.supports
        ],
        "checkpoints": _("Checkpoints: %(days)s.") % {"days": "; ".join(_iso(due) for due in content.checkpoints)},
        "digest": one.digest,
    }  # fmt: skip


def _version_head(one: Version) -> str:
    days = one.told.days
    told = {"at": moment(one.at), "name": one.by.name, "days": days}
    head = (
        ngettext("%(at)s, by %(name)s. For %(days)s day.", "%(at)s, by %(name)s. For %(days)s days.", days)
        % told
    )
    return head + (" " + _("Changed: %(why)s") % {"why": one.why_changed} if one.why_changed else "")


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
            "title": item.title, "text": item.text, "head": _item_head(item),
            "replies": [
                _("Reply, %(at)s: “%(text)s”") % {"at": moment(reply.at), "text": reply.text}
                for reply in item.replies.all()
            ],
        }
        for item in items.order_by("happened_on", "pk")
    ]  # fmt: skip


def _item_head(item: Item) -> str:
    told = {"day": day(item.happened_on), "source": item.source, "name": item.by.name if item.by else "Andon"}
    head = _("%(day)s · %(source)s · put on record by %(name)s") % told
    return f"{head} · " + _("seen %(at)s") % {"at": moment(item.seen_at)} if item.seen_at else head


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
            "what": one.promise.what, "state": promise_words(one.promise.facts(now), today),
            "owed": _("Due %(day)s, owed by %(name)s.")
            % {"day": day(one.promise.due), "name": one.promise.owed_by.name},
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
    said = quoted(step.words) if step.words else ""
    return {"at": moment(step.at), "by": by_words(step), "what": step_words(step), "words": said}


def _readings(plan: Plan) -> list[dict[str, str]]:
    """Who read the plan and its gate; other pages of the record are on the record."""
    found = Reading.objects.filter(person=plan.person_id, what__in=[*READ, titled()]).select_related("reader")
    return [_reading(one) for one in found.order_by("at")]


def _reading(one: Reading) -> dict[str, str]:
    return {
        "at": moment(one.at),
        "who": one.reader.name,
        "what": retold(one.what),
        "basis": one.get_basis_display(),
        "times": str(one.times),
    }


def _hashes(entries: Iterable[int]) -> Iterable[dict[str, str]]:
    for seq, what, digest in (
        Entry.objects.filter(seq__in=entries).order_by("seq").values_list("seq", "what", "hash")
    ):
        yield {"seq": str(seq), "what": what, "hash": digest}
