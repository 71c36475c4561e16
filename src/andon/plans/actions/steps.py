"""One way for whatever happens to a plan: permission, rules, step, ledger and audit in one transaction."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.ledger import append
from andon.people.locking import held
from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.trail import record
from andon.people.words import tidy
from andon.plans import access
from andon.plans.models import Plan, Step
from andon.plans.rules.life import Act, Case, Refused, after, replay
from andon.plans.telling import act_of, data_of

CHANGED = "Somebody has changed this meanwhile. Look at it again before you go on."
HOUSE = "house"


@transaction.atomic
def take(
    plan: Plan,
    kind: str,
    *,
    by: Person | None,
    now: datetime,
    words: str = "",
    seen: int | None = None,
    **rests_on: Any,
) -> Plan:
    """Takes a step. `seen`: how many steps the page showed that it was asked from; `by` None is Andon itself.

    The same step pressed twice is taken once. Raises PermissionDenied, ValidationError.
    """
    locked = lock(plan)
    steps = list(locked.steps.all())
    basis = HOUSE if by is None else access.basis(by, locked.person)
    if basis is None:
        raise PermissionDenied(_("This is for the person, their line and HR partners."))
    if _taken(steps, kind, by, seen):
        return locked
    act = Act(kind, by.pk if by else 0, basis, timezone.localdate(now), tidy(words), **rests_on)
    case = _after(locked, steps, act)
    _keep(locked, act, len(steps) + 1, by, now)
    _retell(locked, case)
    return locked


def lock(plan: Plan) -> Plan:
    return held(Plan.objects.all(), plan.pk)


def _taken(steps: list[Step], kind: str, by: Person | None, seen: int | None) -> bool:
    """Whether it was done already; raises where something else happened since the page was shown."""
    since = steps[seen:] if seen is not None else []
    if any(step.kind == kind and step.by_id == (by.pk if by else None) for step in since):
        return True
    if [step for step in since if step.kind != "said"]:
        raise ValidationError(CHANGED)
    return False


def _after(plan: Plan, steps: list[Step], act: Act) -> Case:
    try:
        case = replay(plan.person_id, map(act_of, steps)) if steps else None
        return after(case, act)
    except Refused as refused:
        raise ValidationError(retold(str(refused))) from None


def _keep(plan: Plan, act: Act, nth: int, by: Person | None, now: datetime) -> Step:
    step = Step(
        plan=plan,
        nth=nth,
        kind=act.kind,
        basis=act.basis,
        on=act.on,
        words=act.reason,
        data=data_of(act),
        by=by,
        at=now,
    )
    entry = append(
        f"plan.{act.kind.replace(' ', '_')}", about=plan.person, body=body_of(step), by=by, now=now
    )
    record(by, f"plan: {act.kind}", plan, now)
    step.entry = entry
    step.save(force_insert=True)
    return step


def body_of(step: Step) -> dict[str, Any]:
    """What the ledger says of a step; what is kept of it must say the same."""
    body = {
        "plan": step.plan_id,
        "nth": step.nth,
        "on": step.on.isoformat(),
        "basis": step.basis,
        "words": step.words,
    }
    return {**body, **step.data}


def _retell(plan: Plan, case: Case) -> None:
    """What can be looked up, from what the steps say."""
    plan.stage, plan.outcome, plan.due, plan.appealing = case.stage, case.outcome, case.due, case.appealing
    plan.save(update_fields=["stage", "outcome", "due", "appealing"])


def late_days(plan: Plan, today: date) -> int:
    """The most days by which a promised support came, or still is, too late."""
    late = [0]
    for support in plan.supports.select_related("promise").prefetch_related("promise__deliveries"):
        came = [timezone.localdate(one.at) for one in support.promise.deliveries.all()]
        late.append((min(came, default=today) - support.promise.due).days)
    return max(late)
