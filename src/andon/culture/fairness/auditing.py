"""Making an audit: facts, comparisons, managers; kept as it was, with its hash in the ledger."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from andon.culture.fairness import computing, managers
from andon.culture.fairness.facts import Facts, facts, happened_to, subjects
from andon.culture.fairness.guarding import Guard
from andon.culture.fairness.models import Attribute, FairnessAudit, Membership
from andon.culture.fairness.processes import JUDGED
from andon.evidence import ledger
from andon.evidence.chain import canonical
from andon.people.models import Person
from andon.people.saying import for_keeps
from andon.people.trail import record
from andon.plans import consistency
from andon.standards.models import Standard

logger = logging.getLogger(__name__)
State = FairnessAudit.State
MADE = "fairness.audit_made"


def make(key: int, now: datetime) -> None:
    """Computes what was asked for. May run twice: what is done stays as it is."""
    audit = FairnessAudit.objects.get(pk=key)
    if audit.state == State.DONE:
        return
    attributes = list(Attribute.objects.select_related("came_in").order_by("name"))
    steps = computing.steps_of(len(attributes))
    FairnessAudit.objects.filter(pk=key).update(state=State.RUNNING, steps=steps, step=0)
    try:
        content, tokens, inputs = _compute(audit, attributes, _counter(key), now)
        _keep(audit, content, tokens, inputs, now)
    except Exception:
        logger.exception("fairness audit %s failed", key)
        problem = (
            "Something went wrong while it was computed. The administrator finds what in the log; ask anew."
        )
        FairnessAudit.objects.filter(pk=key).update(state=State.FAILED, problem=problem)


def _counter(key: int) -> Callable[[], object]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        FairnessAudit.objects.filter(pk=key).update(step=done)

    return step


def _compute(
    audit: FairnessAudit, attributes: list[Attribute], step: Callable[[], object], now: datetime
) -> tuple[dict[str, Any], dict[str, Any], str]:
    found = facts(audit.since, audit.until, attributes, step)
    halves = list(_halves(audit.since, audit.until))
    guards, parts, earlier = {}, [], _earlier(audit)
    for one in attributes:
        guards[one.slug] = guard = Guard(settings.SECRET_KEY, one.slug, _shown(earlier, one.slug))
        possible = list(Membership.objects.filter(attribute=one).values_list("person", "group"))
        parts.append(computing.part(one.slug, found, halves, guard, possible))
        step()
    comparisons = computing.correct(parts)
    content = {
        "people": len(found.people), "comparisons": comparisons,
        "attributes": [
            computing.told(one) | {"name": of.name, "purpose": of.came_in.purpose, "basis": of.came_in.legal_basis}
            for one, of in zip(parts, attributes, strict=True)
        ],
        "managers": _managers(found), "overrides": _overrides(found), "alike": _alike(now),
    }  # fmt: skip
    step()
    return content, {slug: guard.kept for slug, guard in guards.items()}, _digest(_inputs(found))


def _earlier(audit: FairnessAudit) -> dict[int, Any]:
    """What audits before this one showed, by attribute; asked for whole, as the name of one may be a number."""
    before = FairnessAudit.objects.filter(state=State.DONE).exclude(pk=audit.pk)
    return dict(before.order_by("pk").values_list("pk", "tokens"))


def _shown(earlier: dict[int, Any], slug: str) -> dict[int, Any]:
    return {pk: told[slug] for pk, told in earlier.items() if told.get(slug, {}).get("people")}


def _halves(since: date, until: date):
    """Half years counted back from the end; none where there is but one."""
    ends = until
    found = []
    while (starts := half_year_before(ends)) >= since:
        people = subjects(starts, ends)
        found.append(computing.Half(starts, ends, people, happened_to(people, starts, ends)))
        ends = starts
    return reversed(found) if len(found) > 1 else ()


def half_year_before(day: date) -> date:
    months = day.year * 12 + day.month - 1 - 6
    return date(months // 12, months % 12 + 1, min(day.day, 28))


def _managers(found: Facts) -> list[dict[str, Any]]:
    led = {person: one.manager for person, one in found.people.items() if one.manager is not None}
    roles = {person: one.role for person, one in found.people.items()}
    told = []
    for process in JUDGED:
        strict = managers.strictness(led, roles, found.happened[process].keys())
        row = computing.plain(asdict(strict)) if strict else None
        told.append({"process": process, "found": row})
    return told


def _overrides(found: Facts) -> list[dict[str, Any]]:
    """By condition, and what became of the plan; by HR partners, as nobody else can make one."""
    counts: dict[int, dict[str, int]] = {}
    for condition, outcome in found.overrides:
        row = counts.setdefault(condition, {})
        row[outcome] = row.get(outcome, 0) + 1
    return [{"condition": one, "n": sum(row.values()), "ends": row} for one, row in sorted(counts.items())]


def _alike(now: datetime) -> list[dict[str, Any]]:
    with for_keeps():
        found = [
            (one.name, consistency.of_standard(one, now))
            for one in Standard.objects.select_related("job_role")
        ]
    return [
        {
            "standard": name,
            "holders": one.holders,
            "strong": one.strong,
            "done": [list(row) for row in one.done],
        }
        for name, one in found
        if one and one.told
    ]


def _inputs(found: Facts) -> dict[str, Any]:
    return computing.plain(
        {
            "people": {
                pk: [one.starts.isoformat(), one.ends.isoformat(), one.role, one.manager]
                for pk, one in sorted(found.people.items())
            },
            "groups": found.groups,
            "happened": {
                name: {pk: day.isoformat() for pk, day in sorted(rows.items())}
                for name, rows in found.happened.items()
            },
            "waits": {name: sorted(map(list, rows)) for name, rows in found.waits.items()},
            "overrides": sorted(map(list, found.overrides)),
        }
    )


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@transaction.atomic
def _keep(audit: FairnessAudit, content: dict, tokens: dict, inputs: str, now: datetime) -> None:
    digest = _digest(content)
    body = {
        "audit": audit.pk, "since": audit.since.isoformat(), "until": audit.until.isoformat(), "inputs": inputs,
        "result": digest,
    }  # fmt: skip
    entry = ledger.append(MADE, about=None, body=body, by=audit.by, now=now)
    FairnessAudit.objects.filter(pk=audit.pk).update(
        state=State.DONE, content=content, tokens=tokens, inputs=inputs, digest=digest, entry=entry,
        finished_at=now, step=computing.steps_of(len(content["attributes"])), problem="",
    )  # fmt: skip
    record(audit.by, "made a fairness audit", f"fairness audit {audit.pk}", now, inputs=inputs, result=digest)


def managers_named(audit: FairnessAudit) -> dict[int, str]:
    """Names of the managers who stand outside, as they are called today."""
    keys = {
        one["manager"]
        for part in audit.content.get("managers", [])
        if part["found"]
        for one in part["found"]["managers"]
    }
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
