"""What `andon verify --ledger` compares of this stage: rows that repeat what entries of the ledger say.

Where the words of an entry were erased, so were those of its row, and there is nothing to compare.
"""

from collections.abc import Iterator

from andon.evidence.law.erasing import AHEAD, ALONG
from andon.evidence.reading import CHECKS, FOUNDED, GUARDED, MIRRORS, Mirror
from andon.plans.models import CheckpointNote, Examination, OutcomeLook, Override, Plan, Step, Version
from andon.plans.rules.life import ACTS, Refused
from andon.plans.triggers import GUARDS

AT_ONCE = 2000


def _steps() -> Iterator[Mirror]:
    from andon.plans.actions.steps import body_of

    rows = Step.objects.select_related("plan").order_by("pk")
    for one in rows.iterator(AT_ONCE):
        yield Mirror(
            f"Step {one.nth} of plan {one.plan_id}",
            one.entry_id,
            one.plan.person_id,
            body_of(one) if one.kind else None,
        )


def _versions() -> Iterator[Mirror]:
    for one in Version.objects.select_related("plan").order_by("pk").iterator(AT_ONCE):
        body = {
            "plan": one.plan_id, "number": one.number, "content": one.content, "digest": one.digest,
            "why": one.why_changed,
        }  # fmt: skip
        place = f"Version {one.number} of plan {one.plan_id}"
        yield Mirror(place, one.entry_id, one.plan.person_id, body if one.content else None)


def _examinations() -> Iterator[Mirror]:
    rows = Examination.objects.select_related("standard", "version").order_by("pk")
    for one in rows.iterator(AT_ONCE):
        body = {
            "standard": one.standard.name, "version": one.version.number, "reason": one.reason, "basis": one.basis,
            "conditions": one.conditions,
        }  # fmt: skip
        place = f"Examination {one.pk} of a gate"
        yield Mirror(place, one.entry_id, one.person_id, body if one.conditions else None)


def _overrides() -> Iterator[Mirror]:
    for one in Override.objects.select_related("examination").order_by("pk").iterator(AT_ONCE):
        body = {"examination": one.examination.entry_id, "condition": one.condition, "reason": one.reason}
        place = f"Exception {one.pk} to a gate"
        yield Mirror(place, one.entry_id, one.examination.person_id, body if one.reason else None)


def _notes() -> Iterator[Mirror]:
    for one in CheckpointNote.objects.select_related("checkpoint__plan").order_by("pk").iterator(AT_ONCE):
        plan = one.checkpoint.plan
        body = {
            "plan": plan.pk, "due": one.checkpoint.due.isoformat(), "side": one.side, "text": one.text,
            "values": one.values,
        }  # fmt: skip
        place = f"Note {one.pk} at a checkpoint"
        yield Mirror(place, one.entry_id, plan.person_id, body if one.text else None)


def _looks() -> Iterator[Mirror]:
    for one in OutcomeLook.objects.select_related("plan").order_by("pk").iterator(AT_ONCE):
        body = {"plan": one.plan_id, "side": one.side, "words": one.words, "figures": one.figures}
        place = f"Look {one.pk} at an outcome"
        yield Mirror(place, one.entry_id, one.plan.person_id, body if one.words else None)


def _retold() -> Iterator[str]:
    """What a plan is looked up by, held against what its steps say."""
    plans = Plan.objects.legible().prefetch_related("steps").order_by("pk")
    for plan in plans.iterator(AT_ONCE):
        try:
            case = plan.case
        except Refused:
            yield f"The steps of plan {plan.pk} do not follow from one another."
            continue
        if (plan.stage, plan.outcome, plan.due, plan.appealing) != (
            case.stage, case.outcome, case.due, case.appealing
        ):  # fmt: skip
            yield f"How plan {plan.pk} stands was altered: its steps say something else."


def _empty_gates(seqs: list[int]) -> None:
    """A plan has a copy of what the gate said."""
    Plan.objects.filter(examination__entry__in=seqs).update(gate={}, gate_at_issue=None)


def register() -> None:
    ALONG["plans"] = _empty_gates
    AHEAD["plans"] = Plan.objects.of
    AHEAD["gates"] = Examination.objects.of
    GUARDED["plans"] = GUARDS
    MIRRORS["plan steps"] = _steps
    MIRRORS["plan versions"] = _versions
    MIRRORS["gates"] = _examinations
    MIRRORS["exceptions"] = _overrides
    MIRRORS["checkpoint notes"] = _notes
    MIRRORS["outcomes"] = _looks
    CHECKS["plans"] = _retold
    FOUNDED.update(
        {
            "plan.version": Version,
            "plan.gate_examined": Examination,
            "plan.condition_overridden": Override,
            "plan.checkpoint_noted": CheckpointNote,
            "plan.outcome_computed": OutcomeLook,
        }
        | {f"plan.{kind.replace(' ', '_')}": Step for kind in ("proposed", *ACTS)}
    )
