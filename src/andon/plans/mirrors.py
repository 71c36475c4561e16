"""What `andon verify --ledger` compares of this stage: rows that repeat what entries of the ledger say."""

from collections.abc import Iterator

from andon.evidence.reading import MIRRORS, Mirror
from andon.plans.models import CheckpointNote, Examination, Override, Step, Version

AT_ONCE = 2000


def _steps() -> Iterator[Mirror]:
    from andon.plans.actions.steps import body_of

    rows = Step.objects.select_related("plan").order_by("pk")
    for one in rows.iterator(AT_ONCE):
        yield Mirror(f"Step {one.nth} of plan {one.plan_id}", one.entry_id, one.plan.person_id, body_of(one))


def _versions() -> Iterator[Mirror]:
    for one in Version.objects.select_related("plan").order_by("pk").iterator(AT_ONCE):
        body = {
            "plan": one.plan_id, "number": one.number, "content": one.content, "digest": one.digest,
            "why": one.why_changed,
        }  # fmt: skip
        yield Mirror(f"Version {one.number} of plan {one.plan_id}", one.entry_id, one.plan.person_id, body)


def _examinations() -> Iterator[Mirror]:
    rows = Examination.objects.select_related("standard", "version").order_by("pk")
    for one in rows.iterator(AT_ONCE):
        body = {
            "standard": one.standard.name, "version": one.version.number, "reason": one.reason, "basis": one.basis,
            "conditions": one.conditions,
        }  # fmt: skip
        yield Mirror(f"Examination {one.pk} of a gate", one.entry_id, one.person_id, body)


def _overrides() -> Iterator[Mirror]:
    for one in Override.objects.select_related("examination").order_by("pk").iterator(AT_ONCE):
        body = {"examination": one.examination.entry_id, "condition": one.condition, "reason": one.reason}
        yield Mirror(f"Exception {one.pk} to a gate", one.entry_id, one.examination.person_id, body)


def _notes() -> Iterator[Mirror]:
    for one in CheckpointNote.objects.select_related("checkpoint__plan").order_by("pk").iterator(AT_ONCE):
        plan = one.checkpoint.plan
        body = {
            "plan": plan.pk, "due": one.checkpoint.due.isoformat(), "side": one.side, "text": one.text,
            "values": one.values,
        }  # fmt: skip
        yield Mirror(f"Note {one.pk} at a checkpoint", one.entry_id, plan.person_id, body)


def register() -> None:
    MIRRORS["plan steps"] = _steps
    MIRRORS["plan versions"] = _versions
    MIRRORS["gates"] = _examinations
    MIRRORS["exceptions"] = _overrides
    MIRRORS["checkpoint notes"] = _notes
