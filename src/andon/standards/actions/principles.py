"""Principles, their behaviours and the anchors of these: kept by HR partners, and used by everybody."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards.actions.checking import demand_keeper, free_slug, refuse, sentence
from andon.standards.models import Anchor, Behaviour, Principle
from andon.standards.rules import writing


@transaction.atomic
def add_principle(name: str, meaning: str, *, by: Person | None, now: datetime) -> Principle:
    """Raises PermissionDenied, ValidationError."""
    demand_keeper(by)
    name = sentence(name, 120, _("the name of the principle"))
    slug = free_slug(name, Principle.objects.values_list("slug", flat=True), "principle")
    principle = Principle.objects.create(
        slug=slug, name=name, meaning=tidy(meaning), position=Principle.objects.count() + 1
    )
    record(by, "wrote a principle", principle, now, name=name)
    return principle


@transaction.atomic
def change_principle(
    principle: Principle, *, name: str, meaning: str, by: Person | None, now: datetime
) -> Principle:
    """Words as they are now; what they were stays in the audit trail."""
    demand_keeper(by)
    before = {"name": principle.name, "meaning": principle.meaning}
    principle.name, principle.meaning = sentence(name, 120, _("the name of the principle")), tidy(meaning)
    if before != {"name": principle.name, "meaning": principle.meaning}:
        principle.save(update_fields=["name", "meaning"])
        record(by, "changed a principle", principle, now, before=before)
    return principle


@transaction.atomic
def retire_principle(principle: Principle, *, by: Person | None, now: datetime) -> None:
    """No longer offered; whatever was said with it stays readable."""
    demand_keeper(by)
    if principle.retired_at is None:
        principle.retired_at = now
        principle.save(update_fields=["retired_at"])
        record(by, "retired a principle", principle, now)


@transaction.atomic
def bring_back_principle(principle: Principle, *, by: Person | None, now: datetime) -> None:
    demand_keeper(by)
    if principle.retired_at is not None:
        principle.retired_at = None
        principle.save(update_fields=["retired_at"])
        record(by, "brought back a principle", principle, now)


@transaction.atomic
def add_behaviour(
    principle: Principle,
    text: str,
    *,
    by: Person | None,
    now: datetime,
    anchors: Mapping[int, str] | None = None,
) -> Behaviour:
    demand_keeper(by)
    text = sentence(text, 240, _("what one can see or hear somebody do"))
    behaviour = Behaviour.objects.create(
        principle=principle, text=text, position=principle.behaviours.count() + 1
    )
    record(by, "wrote a behaviour", principle, now, text=text)
    set_anchors(behaviour, anchors or {}, by=by, now=now)
    return behaviour


@transaction.atomic
def rewrite_behaviour(
    behaviour: Behaviour, text: str, anchors: Mapping[int, str], *, by: Person | None, now: datetime
) -> Behaviour:
    """New words are a new behaviour in the same place; what was said of the former keeps its meaning."""
    demand_keeper(by)
    text = sentence(text, 240, _("what one can see or hear somebody do"))
    if behaviour.text == text:
        set_anchors(behaviour, anchors, by=by, now=now)
        return behaviour
    if behaviour.standards.exists():
        raise ValidationError(_("Standards rest on this behaviour. Write another one beside it instead."))
    retire_behaviour(behaviour, by=by, now=now)
    rewritten = add_behaviour(behaviour.principle, text, by=by, now=now, anchors=anchors)
    rewritten.position = behaviour.position
    rewritten.save(update_fields=["position"])
    return rewritten


@transaction.atomic
def retire_behaviour(behaviour: Behaviour, *, by: Person | None, now: datetime) -> None:
    demand_keeper(by)
    if behaviour.retired_at is None:
        behaviour.retired_at = now
        behaviour.save(update_fields=["retired_at"])
        record(by, "retired a behaviour", behaviour.principle, now, text=behaviour.text)


@transaction.atomic
def set_anchors(
    behaviour: Behaviour, anchors: Mapping[int, str], *, by: Person | None, now: datetime
) -> list[Anchor]:
    """What each step looks like. Words that change retire the old anchor and write a new one."""
    demand_keeper(by)
    wanted = {step: tidy(words) for step, words in anchors.items() if tidy(words)}
    refuse(writing.problems_of_anchors(wanted))
    kept = {anchor.step: anchor for anchor in behaviour.anchors.filter(retired_at=None)}
    gone = [anchor.pk for step, anchor in kept.items() if wanted.get(step) != anchor.words]
    Anchor.objects.filter(pk__in=gone).update(retired_at=now)
    new = {step: words for step, words in wanted.items() if step not in kept or kept[step].words != words}
    Anchor.objects.bulk_create(
        Anchor(behaviour=behaviour, step=step, words=words) for step, words in new.items()
    )
    if gone or new:
        record(
            by, "set anchors", behaviour.principle, now, behaviour=behaviour.text, anchors=wanted_json(wanted)
        )
    return list(behaviour.anchors.filter(retired_at=None).order_by("step"))


def wanted_json(anchors: Mapping[int, str]) -> dict[str, str]:
    return {str(step): words for step, words in sorted(anchors.items())}
