"""Plans, and looks at the gate, for somebody to take away: what, why, which help was promised, what was said."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from andon.evidence.portable import named, register
from andon.growth.rules.promises import words as promise_words
from andon.people.models import Person
from andon.plans.models import Examination, Plan
from andon.plans.words import stage_words, step_words

Row = dict[str, Any]


def plans(person: Person) -> Iterator[Row]:
    """Each with its versions, steps, support and checkpoints; nothing of one whose words were erased."""
    today = timezone.localdate()
    for plan in Plan.objects.of(person).legible().complete():
        yield {
            "about": plan.standard.name, "proposed by": named(plan.proposed_by),
            "proposed": plan.proposed_at.isoformat(),
            "how it stands": stage_words(plan.case, today), "support": _support(plan),
            "versions": [
                {"number": one.number, "at": one.at.isoformat(), "why": one.why_changed, "content": one.content}
                for one in plan.versions.all()
            ],
            "what happened": [
                {"at": one.at.isoformat(), "by": named(one.by), "what": step_words(one), "words": one.words}
                for one in plan.steps.all()
            ],
            "checkpoints": [
                {"at": note.at.isoformat(), "by": named(note.by), "text": note.text, "values": note.values}
                for checkpoint in plan.checkpoints.all()
                for note in checkpoint.notes.all()
            ],
            "whether it moved for customers": [look.words for look in plan.looks.all()],
        }  # fmt: skip


def _support(plan: Plan) -> list[Row]:
    now = timezone.now()
    promises = [one.promise for one in plan.supports.all()]
    return [
        {
            "what": one.what, "by": named(one.owed_by), "due": one.due.isoformat(),
            "state": promise_words(one.facts(now), timezone.localdate(now)),
        }
        for one in promises
    ]  # fmt: skip


def gates(person: Person) -> Iterator[Row]:
    """Every look that somebody took at the gate, with what it said."""
    for one in Examination.objects.of(person).legible().complete():
        yield {
            "about": one.standard.name, "by": named(one.by), "at": one.at.isoformat(), "why": one.reason,
            "conditions": one.conditions,
            "exceptions": [
                {"condition": each.condition, "by": named(each.by), "why": each.reason} for each in one.overrides.all()
            ],
        }  # fmt: skip


register("Plans", plans)
register("Looks at the gate", gates)
