"""Objectives and key results: written, aligned, checked in on, given up; and corrected beside, once frozen."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person, Team
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards import access
from andon.standards.actions.checking import demand, refuse, sentence
from andon.standards.models import CheckIn, Correction, Cycle, KeyResult, Objective
from andon.standards.queries import parents_of
from andon.standards.rules import aligning, progress
from andon.standards.rules.writing import LONGEST

MOST_KEY_RESULTS = 12
FIELDS = ("title", "baseline", "target", "unit", "good", "measure", "weight")
CHANGEABLE = ("title", "why", "parent", "measure", "mechanism", "due")


@transaction.atomic
def write_objective(
    title: str,
    *,
    by: Person | None,
    now: datetime,
    cycle: Cycle | None = None,
    team: Team | None = None,
    person: Person | None = None,
    why: str = "",
    parent: Objective | None = None,
    measure: Measure | None = None,
    mechanism: Mechanism | None = None,
    due: date | None = None,
    key_results: Iterable[Mapping[str, Any]] = (),
) -> Objective:
    """An objective of a team, of a person, or (neither) of everybody; without a cycle, a goal of its own time.

    Raises PermissionDenied, ValidationError with sentences by field.
    """
    demand(
        by is None or access.may_write_for(by, team=team, owner=person),
        _("Objectives are written by whom they are of, and by their line."),
    )
    if team and person:
        raise ValidationError(_("An objective is of a team or of a person."))
    refuse(aligning.problem_changing(facts_of(_locked_cycle(cycle))))
    objective = Objective(
        cycle=cycle, team=team, person=person, made_by=by, made_at=now, why=tidy(why), parent=parent,
        title=sentence(title, 200, _("what you want to reach")), measure=measure, mechanism=mechanism, due=due,
    )  # fmt: skip
    _refuse_parent(objective, parent, by)
    objective.save()
    for fields in key_results:
        _add(objective, fields)
    record(by, "wrote an objective", f"objective {objective.pk}", now)
    return objective


@transaction.atomic
def change_objective(objective: Objective, *, by: Person | None, now: datetime, **fields: Any) -> Objective:
    """`fields`: title, why, parent, measure, mechanism, due. Whose it is and its cycle stay."""
    objective = _changeable(objective, by)
    wanted = {name: value for name, value in fields.items() if name in CHANGEABLE}
    if "title" in wanted:
        wanted["title"] = sentence(wanted["title"], 200, _("what you want to reach"))
    if "parent" in wanted:
        _refuse_parent(objective, wanted["parent"], by)
    changed = [name for name, value in wanted.items() if getattr(objective, name) != value]
    for name in changed:
        setattr(objective, name, wanted[name])
    if changed:
        objective.save()
        record(by, "changed an objective", f"objective {objective.pk}", now, changed=changed)
    return objective


def _refuse_parent(objective: Objective, parent: Objective | None, by: Person | None) -> None:
    """What stands above is there for who writes it, no loop, and nobody else's personal one."""
    if parent is None:
        return
    if by is not None and not Objective.objects.visible_to(by).filter(pk=parent.pk).exists():
        raise ValidationError({"parent": _("Choose an objective that it serves.")})
    refuse(aligning.problem_aligning(owner_of(objective), owner_of(parent)), "parent")
    if objective.pk and aligning.would_loop(objective.pk, parent.pk, parents_of([parent])):
        raise ValidationError({"parent": _("It would stand above itself. Choose another one.")})


def owner_of(objective: Objective) -> aligning.Owner:
    if objective.person_id:
        return ("person", objective.person_id)
    return ("team", objective.team_id) if objective.team_id else ("everybody", None)


def facts_of(cycle: Cycle | None) -> aligning.CycleFacts | None:
    return aligning.CycleFacts(cycle.state, cycle.name) if cycle else None


def _locked_cycle(cycle: Cycle | None) -> Cycle | None:
    """As it is now: nothing slips in while it is being frozen."""
    return Cycle.objects.select_for_update().get(pk=cycle.pk) if cycle else None


def _changeable(objective: Objective, by: Person | None) -> Objective:
    """The objective as it is now, if `by` may change it and nothing stands in the way."""
    demand(
        by is None or access.may_change(by, objective),
        _("Objectives are written by whom they are of, and by their line."),
    )
    locked = Objective.objects.select_for_update().get(pk=objective.pk)
    cycle = _locked_cycle(locked.cycle)
    refuse(aligning.problem_changing(facts_of(cycle), dropped=locked.dropped_at is not None))
    return locked


@transaction.atomic
def drop_objective(objective: Objective, why: str, *, by: Person | None, now: datetime) -> Objective:
    """Gives it up, with a reason; it stays readable."""
    objective = _changeable(objective, by)
    objective.why_dropped = sentence(why, LONGEST, _("why it is given up"))
    objective.dropped_at, objective.dropped_by = now, by
    objective.save()
    record(by, "gave up an objective", f"objective {objective.pk}", now)
    return objective


@transaction.atomic
def add_key_result(objective: Objective, *, by: Person | None, now: datetime, **fields: Any) -> KeyResult:
    """`fields`: title, baseline, target, unit, good, measure, weight. Raises PermissionDenied, ValidationError."""
    objective = _changeable(objective, by)
    added = _add(objective, fields)
    record(by, "added a key result", f"objective {objective.pk}", now)
    return added


def _add(objective: Objective, fields: Mapping[str, Any]) -> KeyResult:
    placed = objective.key_results.count()
    if placed >= MOST_KEY_RESULTS:
        raise ValidationError(
            _("An objective has at most %(n)s key results. Choose those that matter.")
            % {"n": MOST_KEY_RESULTS}
        )
    key_result = KeyResult(objective=objective, position=placed + 1)
    _fill(key_result, fields)
    return key_result


def _fill(key_result: KeyResult, fields: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in fields:
            setattr(key_result, name, fields[name])
    if key_result.baseline is None or key_result.target is None:
        raise ValidationError(_("A key result has a baseline and a target."))
    key_result.title = sentence(key_result.title, 200, _("how one will know"))
    key_result.unit = tidy(key_result.unit or "")[:20]
    refuse(
        progress.problems_of_key_result(
            key_result.baseline, key_result.target, key_result.good, key_result.weight
        )
    )
    key_result.save()


@transaction.atomic
def change_key_result(key_result: KeyResult, *, by: Person | None, now: datetime, **fields: Any) -> KeyResult:
    """What it was stays in the audit trail, as moving a target is worth knowing."""
    objective = _changeable(key_result.objective, by)
    key_result = KeyResult.objects.get(pk=key_result.pk)
    before = {
        name: getattr(key_result, name) for name in ("title", "baseline", "target", "unit", "good", "weight")
    }
    _fill(key_result, fields)
    record(by, "changed a key result", f"objective {objective.pk}", now, before=before)
    return key_result


@transaction.atomic
def remove_key_result(key_result: KeyResult, *, by: Person | None, now: datetime) -> None:
    """Only before anybody has checked in on it; what has a history stays."""
    objective = _changeable(key_result.objective, by)
    if key_result.check_ins.exists():
        raise ValidationError(_("Somebody has checked in on it, so it stays. Give it a new target instead."))
    record(by, "removed a key result", f"objective {objective.pk}", now, title=key_result.title)
    key_result.delete()


@transaction.atomic
def check_in(
    key_result: KeyResult, value: float, confidence: str, *, by: Person | None, now: datetime, note: str = ""
) -> CheckIn:
    """Where it stands now, and how sure one is, in words. Raises PermissionDenied, ValidationError."""
    objective = Objective.objects.select_for_update().get(pk=key_result.objective_id)
    demand(
        by is None or access.may_check_in(by, objective),
        _("One checks in on one's own objectives, those of one's team and of one's line."),
    )
    cycle = facts_of(_locked_cycle(objective.cycle))
    refuse(aligning.problem_checking_in(cycle, dropped=objective.dropped_at is not None))
    refuse(progress.problems_of_check_in(value, confidence, CheckIn.Confidence.values, note))
    said = CheckIn.objects.create(
        key_result=key_result, at=now, value=value, confidence=confidence, note=tidy(note), by=by
    )
    record(by, "checked in", f"objective {objective.pk}", now)
    return said


@transaction.atomic
def correct(objective: Objective, text: str, *, by: Person | None, now: datetime) -> Correction:
    """A dated note beside a frozen objective: what was wrong, and what is right. Nothing else changes."""
    demand(
        by is None or access.may_check_in(by, objective),
        _("Noted by whom it is of, and by their line."),
    )
    refuse(aligning.problem_correcting(facts_of(_locked_cycle(objective.cycle)), tidy(text)))
    text = sentence(text, LONGEST, _("what was wrong, and what is right"))
    note = Correction.objects.create(objective=objective, text=text, by=by, at=now)
    record(by, "noted a correction", f"objective {objective.pk}", now)
    return note
