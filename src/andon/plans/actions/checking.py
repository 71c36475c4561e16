"""Checkpoints: both sides write what they see, and the figures of the targets as they are."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.evidence.ledger import append
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.plans import access
from andon.plans.actions.again import pressed_twice
from andon.plans.models import Checkpoint, CheckpointNote
from andon.plans.rules.life import UNDER_WAY

LONGEST = 20_000


@transaction.atomic
def note(
    checkpoint: Checkpoint, text: str, *, by: Person, now: datetime, values: dict[str, float] | None = None
) -> CheckpointNote:
    """What one side says. Raises PermissionDenied, ValidationError."""
    plan, text = checkpoint.plan, tidy(text)
    side = access.basis(by, plan.person)
    if side is None:
        raise PermissionDenied(_("This is for the person, their line and HR partners."))
    if plan.stage not in UNDER_WAY:
        raise ValidationError(_("This plan is not under way."))
    if not text or len(text) > LONGEST:
        raise ValidationError(_("Write what you see, in 20,000 characters at most."))
    if again := pressed_twice(CheckpointNote.objects.filter(checkpoint=checkpoint, by=by, text=text), now):
        return again
    values = values or {}
    body = {"plan": plan.pk, "due": checkpoint.due.isoformat(), "side": side, "text": text, "values": values}
    entry = append("plan.checkpoint_noted", about=plan.person, body=body, by=by, now=now)
    record(by, "noted at a checkpoint", plan, now)
    return CheckpointNote.objects.create(
        checkpoint=checkpoint, side=side, text=text, values=values, by=by, at=now, entry=entry
    )
