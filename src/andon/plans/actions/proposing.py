"""From a gate that lets through to a plan that somebody has in hand."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.ledger import append
from andon.evidence.rules import usable
from andon.growth.actions.promises import promise
from andon.people import access as people
from andon.people import saying
from andon.people.locking import held
from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.words import tidy
from andon.plans import access
from andon.plans.actions.steps import lock, take
from andon.plans.facts import cited, examine
from andon.plans.models import Checkpoint, Citation, Examination, Plan, Support, Version
from andon.plans.rules import targets
from andon.plans.rules.gate import ATTRIBUTION, problem_proposing
from andon.plans.rules.life import Stage
from andon.plans.rules.targets import Content

FRESH = timedelta(days=14)  # an older look at the gate is looked at again first


@transaction.atomic
def propose(examination: Examination, content: Content, *, by: Person, now: datetime) -> Plan:
    """Drafts a plan and hands it to HR. The gate is computed anew and its copy kept with the plan.

    Proposing twice from one examination is proposing once. Raises PermissionDenied, ValidationError.
    """
    person = held(Person.objects.all(), examination.person_id)
    if access.basis(by, person) != access.LINE:
        raise PermissionDenied(_("A plan is proposed by the line above somebody."))
    if known := Plan.objects.filter(examination=examination).first():
        return known
    _refuse(_not_now(examination, person, now))
    with saying.for_keeps():
        gate = examine(person, examination.version, now)
    _refuse(problem_proposing(gate.unmet, examination.overridden))
    content = _whole(content, person, examination, now)
    plan = Plan.objects.create(
        person=person, standard=examination.standard, version=examination.version, examination=examination,
        proposed_by=by, proposed_at=now, stage=Stage.PROPOSED, gate=gate.as_data(),
    )  # fmt: skip
    overridden = frozenset(examination.overridden) & gate.unmet
    take(plan, "proposed", by=by, now=now, unmet=gate.unmet, overridden=overridden, days=content.days)
    keep_version(plan, content, "", by=by, now=now)
    return Plan.objects.get(pk=plan.pk)


def _not_now(examination: Examination, person: Person, now: datetime) -> str:
    if not people.at_work(person):
        return _("They do not work here any more.")
    if Plan.objects.of(person).open().exists():
        return _("There is a plan with this person already. One at a time: nobody works on two.")
    if now - examination.at > FRESH:
        return _("The gate was examined more than 14 days ago. Look at it again first.")
    return ""


def _whole(content: Content, person: Person, examination: Examination, now: datetime) -> Content:
    """With everything on the record about the standard, also what speaks for the person; refused where it is unfair."""
    items = cited(person, examination.version, now)
    content = replace(content, evidence=tuple(item.pk for item in items if usable(item.facts, now).ok))
    demand_fair(content, examination, person)
    return content


def demand_fair(content: Content, examination: Examination, person: Person) -> None:
    """Raises ValidationError with every sentence at once."""
    standard, level = examination.standard, level_asked(examination)
    found = targets.problems(content, level=level, customer_gap=customer_gap(standard), person=person.pk)
    if found:
        raise ValidationError([retold(one) for one in found])
    owing = {one.owed_by for one in content.supports}
    if Person.objects.at_work().filter(pk__in=owing).count() < len(owing):
        raise ValidationError(_("Support is owed by somebody who works here."))


def level_asked(examination: Examination) -> float | None:
    """The standard’s level on the mix of work that its estimate is of; as agreed where nothing was estimated."""
    facts = examination.gate.conditions[ATTRIBUTION - 1].facts
    return facts.get("agreed", examination.version.level)


def customer_gap(standard) -> bool:
    """Whether the shortfall is one that customers feel."""
    return bool(standard.measure_id or standard.outcome_measure_id)


def keep_version(plan: Plan, content: Content, why: str, *, by: Person, now: datetime) -> Version:
    """Another version of the content; what was there before stays."""
    data = content.as_data()
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    number = plan.versions.count() + 1
    body = {"plan": plan.pk, "number": number, "content": data, "digest": digest, "why": why}
    entry = append("plan.version", about=plan.person, body=body, by=by, now=now)
    version = Version.objects.create(
        plan=plan, number=number, content=data, digest=digest, why_changed=why, by=by, at=now, entry=entry
    )
    Citation.objects.bulk_create(Citation(version=version, item_id=key) for key in content.evidence)
    return version


@transaction.atomic
def amend(
    plan: Plan, content: Content, *, by: Person, now: datetime, words: str = "", seen: int | None = None
) -> Plan:
    """What HR returned comes back changed."""
    locked, before = lock(plan), plan.steps.count()
    whole = _whole(content, locked.person, locked.examination, now)
    taken = take(locked, "amended", by=by, now=now, words=words, seen=seen, days=whole.days)
    if taken.steps.count() > before:
        keep_version(taken, whole, tidy(words), by=by, now=now)
    return taken


@transaction.atomic
def issue(plan: Plan, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """Hands the plan to the person. From here on its content is locked, and what it promises is owed."""
    locked = lock(plan)
    if locked.gate_at_issue is not None:
        return locked
    with saying.for_keeps():
        gate = examine(locked.person, locked.version, now)
    taken = take(locked, "issued", by=by, now=now, seen=seen, unmet=gate.unmet)
    taken.gate_at_issue = gate.as_data()
    taken.save(update_fields=["gate_at_issue"])
    owe(taken, taken.content, by=by, now=now)
    return taken


def owe(plan: Plan, content: Content, *, by: Person, now: datetime) -> None:
    """Makes promises of what a version adds to support, and days on which both look at it."""
    known = plan.supports.count()
    for one in content.supports[known:]:
        made = promise(
            plan.person, what=one.what, kind=one.kind, owed_by=Person.objects.get(pk=one.owed_by),
            due=datetime.fromisoformat(one.due).date(), by=by, now=now,
        )  # fmt: skip
        Support.objects.create(plan=plan, promise=made)
    today = timezone.localdate(now)
    for day in content.checkpoints:
        when = datetime.fromisoformat(day).date()
        if when >= today:
            Checkpoint.objects.get_or_create(plan=plan, due=when)


def _refuse(problem: str) -> None:
    if problem:
        raise ValidationError(retold(problem))
