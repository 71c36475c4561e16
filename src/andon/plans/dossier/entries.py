"""Which entries of the ledger are about a plan: those its dossier has them in words, and the others by their hashes."""

from collections.abc import Iterator

from andon.evidence.models import Item, Reply, Sight
from andon.growth.models import Coaching, Delivery, Doubt, DoubtAnswer, FollowUp, Release, View
from andon.plans.models import Examination, Plan


def entries_of(plan: Plan) -> set[int]:
    """Sequence numbers."""
    return {one for one in _all(plan) if one is not None}


def _all(plan: Plan) -> Iterator[int | None]:
    yield from (one.entry_id for one in plan.steps.all())
    yield from (one.entry_id for one in plan.versions.all())
    yield from (note.entry_id for one in plan.checkpoints.all() for note in one.notes.all())
    yield from (one.entry_id for one in plan.looks.all())
    yield from _gate(plan.examination)
    yield from _promises(plan)
    yield from _evidence(plan)
    yield from _coaching(plan)


def _gate(examination: Examination) -> Iterator[int | None]:
    yield examination.entry_id
    yield from (one.entry_id for one in examination.overrides.all())


def _promises(plan: Plan) -> Iterator[int | None]:
    keys = [one.promise_id for one in plan.supports.all()]
    yield from (one.promise.entry_id for one in plan.supports.all())
    for kind in (Delivery, Doubt, Release):
        yield from kind.objects.filter(promise__in=keys).values_list("entry", flat=True)
    yield from DoubtAnswer.objects.filter(doubt__promise__in=keys).values_list("entry", flat=True)


def _evidence(plan: Plan) -> Iterator[int | None]:
    keys = {key for version in plan.versions.all() for key in version.content["evidence"]}
    yield from Item.objects.filter(pk__in=keys).values_list("entry", flat=True)
    yield from Sight.objects.filter(item__in=keys).values_list("entry", flat=True)
    yield from Reply.objects.filter(item__in=keys).values_list("entry", flat=True)


def _coaching(plan: Plan) -> Iterator[int | None]:
    """About the standard of the plan, as the gate counts it."""
    notes = Coaching.objects.filter(person=plan.person_id, standard=plan.standard_id)
    yield from notes.values_list("entry", flat=True)
    yield from FollowUp.objects.filter(coaching__in=notes).values_list("entry", flat=True)
    yield from View.objects.filter(coaching__in=notes).values_list("entry", flat=True)
