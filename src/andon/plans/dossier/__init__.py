"""A whole plan as one signed PDF: what was asked, promised, said and decided, with the ledger’s part attached."""

from datetime import datetime

from andon.evidence.extracts import enclose
from andon.evidence.ledger import append
from andon.people.models import Person
from andon.people.trail import record
from andon.plans.dossier.entries import entries_of
from andon.plans.dossier.pages import pages
from andon.plans.dossier.telling import told
from andon.plans.models import Plan

__all__ = ["dossier"]


def dossier(plan: Plan, *, by: Person, now: datetime) -> bytes:
    """Signed over every byte; `andon verify` says whether anything was altered or left out."""
    plan = Plan.objects.complete().get(pk=plan.pk)
    if by.pk != plan.person_id:
        append("plan.dossier_made", about=plan.person, body={"plan": plan.pk}, by=by, now=now)
        record(by, "made a dossier", plan, now)
    found = entries_of(plan)
    return enclose(pages(told(plan, by, found, now)), plan.person, now=now, contents=found)
