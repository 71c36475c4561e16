"""Whether the customer outcome moved: what happened beside what was to be expected without any plan."""

from dataclasses import asdict
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.ledger import append
from andon.mechanisms.models import Measure
from andon.people import saying
from andon.people.models import Person
from andon.people.trail import record
from andon.plans import access
from andon.plans.actions.again import pressed_twice
from andon.plans.models import OutcomeLook, Plan
from andon.plans.rules.life import UNDER_WAY, Stage
from andon.plans.rules.outcome import mixed, moved
from andon.stats.returning import among_people

FEWEST_CASES = 10
UNTOLD = "cannot tell"


@transaction.atomic
def look_at_outcome(plan: Plan, *, by: Person, now: datetime) -> OutcomeLook:
    """Computes it from the lake and keeps it as it was computed. Raises PermissionDenied, ValidationError."""
    if access.basis(by, plan.person) is None:
        raise PermissionDenied(_("For the person, their line and HR partners."))
    case = plan.case
    if case.started is None or case.stage not in UNDER_WAY | {Stage.CLOSED}:
        raise ValidationError(_("It has not begun yet, so there is nothing to compare."))
    if again := pressed_twice(OutcomeLook.objects.filter(plan=plan, by=by), now):
        return again
    with saying.for_keeps():
        side, words, figures = _told(plan, timezone.localdate(now))
    body = {"plan": plan.pk, "side": side, "words": words, "figures": figures}
    entry = append("plan.outcome_computed", about=plan.person, body=body, by=by, now=now)
    record(by, "computed an outcome", plan, now)
    return OutcomeLook.objects.create(
        plan=plan, figures=figures, side=side, words=words, by=by, at=now, entry=entry
    )


def _told(plan: Plan, today: date) -> tuple[str, str, dict]:
    """Of the customer outcome first, and of the standard’s own measure; what could be told of either counts."""
    standard = plan.standard
    measures = [one for one in (standard.outcome_measure, standard.measure) if one is not None]
    if not measures:
        return UNTOLD, _("A behaviour without a customer outcome to measure: nothing was computed."), {}
    found = {one.name: _of_measure(one, plan, today) for one in dict.fromkeys(measures)}
    side = next((one[0] for one in found.values() if one[0] != UNTOLD), UNTOLD)
    words = " ".join(f"{name}: {one[1]}" for name, one in found.items())
    return side, words, {name: one[2] for name, one in found.items()}


def _of_measure(measure: Measure, plan: Plan, today: date) -> tuple[str, str, dict]:
    from andon.plans.facts.windows import around  # the web server needs the lake only when somebody asks

    found = around(measure, plan.person, plan.case.started, today)
    if isinstance(found, str):
        return UNTOLD, found, {}
    if min(found.n_before, found.n_after) < FEWEST_CASES:
        return UNTOLD, _("Too few cases before or since to tell anything: fewer than ten."), asdict(found)
    expected = among_people(found.before, found.n_before, found.n_after, found.others)
    if measure.unit == "share":
        expected = expected.between(0, 1)
    result = moved(found.before, found.after, expected, measure.good, measure.unit)
    figures = asdict(found) | {"forecast": asdict(expected), "unit": measure.unit}
    return result.side, f"{result.words} {mixed(found.evened)}", figures
