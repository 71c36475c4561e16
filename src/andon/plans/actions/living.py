"""What can be done with a plan, a plain verb each. Rules say when, and `steps.take` writes it all down."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.words import tidy
from andon.plans import access
from andon.plans.actions.proposing import demand_fair, keep_version, owe
from andon.plans.actions.steps import late_days, lock, take
from andon.plans.facts import examine
from andon.plans.models import Plan
from andon.plans.rules.life import SUPPORT
from andon.plans.rules.targets import Content, kept_promises


def take_up(plan: Plan, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """An HR partner begins the review."""
    return take(plan, "taken up", by=by, now=now, seen=seen)


def agree(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """HR agrees that it may be issued, with a reason."""
    return take(plan, "agreed", by=by, now=now, words=words, seen=seen)


def send_back(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """HR asks for another plan, or none."""
    return take(plan, "returned", by=by, now=now, words=words, seen=seen)


def override(
    plan: Plan, condition: int, words: str, *, by: Person, now: datetime, seen: int | None = None
) -> Plan:
    """HR leaves out a condition that failed since the gate was examined, or support that did not come (0)."""
    unmet = frozenset() if condition == SUPPORT else examine(plan.person, plan.version, now).unmet
    return take(plan, "overridden", by=by, now=now, words=words, seen=seen, condition=condition, unmet=unmet)


def acknowledge(plan: Plan, words: str = "", *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """The person has received it. That is not agreement, and they may say so."""
    return take(plan, "acknowledged", by=by, now=now, words=words, seen=seen)


def refuse_receipt(
    plan: Plan, witness: Person, words: str = "", *, by: Person, now: datetime, seen: int | None = None
) -> Plan:
    """The person did not want to acknowledge it; somebody else was there."""
    if not access.witnesses(plan.person, by).filter(pk=witness.pk).exists():
        raise ValidationError(_("A witness is an HR partner, or somebody else of the line above the person."))
    return take(plan, "receipt refused", by=by, now=now, words=words, seen=seen, witness=witness.pk)


def pause(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    return take(plan, "paused", by=by, now=now, words=words, seen=seen)


def resume(plan: Plan, words: str = "", *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    return take(plan, "resumed", by=by, now=now, words=words, seen=seen)


@transaction.atomic
def revise(
    plan: Plan, content: Content, words: str, *, by: Person, now: datetime, seen: int | None = None
) -> Plan:
    """Changes what was issued: it pauses, and waits for the receipt of the new version. No promise is taken back."""
    locked, before = lock(plan), plan.steps.count()
    was = locked.content
    content = replace(content, days=was.days, evidence=was.evidence)
    if problem := kept_promises(was.supports, content.supports):
        raise ValidationError(retold(problem))
    demand_fair(content, locked.examination, locked.person)
    if content == was:
        raise ValidationError(_("Nothing is different, so nothing was changed."))
    taken = take(locked, "revised", by=by, now=now, words=words, seen=seen)
    if taken.steps.count() > before:
        keep_version(taken, content, tidy(words), by=by, now=now)
        owe(taken, content, by=by, now=now)
    return taken


def extend(plan: Plan, days: int, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """More time: twice at most, 90 days in all, and beyond them what late support has cost."""
    late = late_days(plan, timezone.localdate(now))
    return take(plan, "extended", by=by, now=now, words=words, seen=seen, days=days, late_days=late)


def say(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """Anybody concerned writes something to it, at any time."""
    return take(plan, "said", by=by, now=now, words=words, seen=seen)


def decide(
    plan: Plan, outcome: str, words: str, *, by: Person, now: datetime, seen: int | None = None
) -> Plan:
    """A named human decides, with reasons. It stands once HR has approved it."""
    owed = len(plan_with_all(plan).owed(now))
    return take(plan, "decided", by=by, now=now, words=words, seen=seen, outcome=outcome, undelivered=owed)


def reopen(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """HR does not approve: it is to be decided again."""
    return take(plan, "reopened", by=by, now=now, words=words, seen=seen)


def approve(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """A second human, of HR, who neither decided nor proposed and works for neither."""
    decider = plan.steps.filter(kind="decided").order_by("-nth").first()
    against = access.conflict(by, decider.by if decider else None, plan.proposed_by)
    owed = len(plan_with_all(plan).owed(now))
    return take(plan, "approved", by=by, now=now, words=words, seen=seen, conflict=against, undelivered=owed)


def withdraw(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    return take(plan, "withdrawn", by=by, now=now, words=words, seen=seen)


def transfer(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """The person moves to other work, and the plan does not follow them."""
    return take(plan, "transferred", by=by, now=now, words=words, seen=seen)


def appeal(plan: Plan, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """The person asks somebody who had no part in it."""
    return take(plan, "appealed", by=by, now=now, words=words, seen=seen)


def hear(plan: Plan, outcome: str, words: str, *, by: Person, now: datetime, seen: int | None = None) -> Plan:
    """Somebody not involved says whether it stands or is set aside, and why."""
    decider = plan.steps.filter(kind="decided").order_by("-nth").first()
    against = access.conflict(by, decider.by if decider else plan.proposed_by)
    return take(plan, "heard", by=by, now=now, words=words, seen=seen, outcome=outcome, conflict=against)


def plan_with_all(plan: Plan) -> Plan:
    return Plan.objects.complete().get(pk=plan.pk)


def close_for_leavers(now: datetime) -> int:
    """Plans of people who left are over; how many were closed. Run daily, and harmless to repeat."""
    left = Person.objects.leavers(timezone.localdate(now))
    open_ = list(Plan.objects.open().filter(person__in=left))
    for plan in open_:
        take(plan, "left", by=None, now=now)
    return len(open_)
