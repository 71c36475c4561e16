"""Standards agreed, brought in, revised, ended. What was agreed never changes, and nothing binds backwards."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards.actions.checking import demand_keeper, refuse, sentence
from andon.standards.actions.drafting import CONTENT, draft_standard, draft_version, locked
from andon.standards.models import JobRole, Standard, StandardVersion
from andon.standards.rules import writing


@transaction.atomic
def agree(version: StandardVersion, *, starts: date, by: Person | None, now: datetime) -> StandardVersion:
    """From `starts` on, today or later, the draft binds; the version before ends that day.

    Raises PermissionDenied, ValidationError.
    """
    demand_keeper(by)
    standard, draft, before = _to_agree(version)
    refuse(
        writing.problem_of_start(starts, timezone.localdate(now), before.starts if before else None), "starts"
    )
    return _agreed(draft, before, standard, starts, by, now)


def _to_agree(version: StandardVersion) -> tuple[Standard, StandardVersion, StandardVersion | None]:
    standard = locked(version.standard)
    draft = standard.versions.drafts().filter(pk=version.pk).first()
    if draft is None:
        raise ValidationError(_("This version has been agreed already."))
    refuse(writing.problems_of_version(_facts(draft, standard), number=draft.number))
    return standard, draft, standard.versions.agreed().order_by("number").last()


def _facts(version: StandardVersion, standard: Standard) -> dict[str, Any]:
    content = {name: getattr(version, name) for name in CONTENT}
    return content | {
        "measure_good": standard.measure.good if standard.measure else "",
        "has_measure": standard.measure is not None,
        "has_behaviour": standard.behaviour is not None,
        "anchors": len(standard.behaviour.steps) if standard.behaviour else 0,
    }


def _agreed(
    draft: StandardVersion,
    before: StandardVersion | None,
    standard: Standard,
    starts: date,
    by: Person | None,
    now: datetime,
) -> StandardVersion:
    if before and (before.ends is None or before.ends > starts):
        before.ends = starts
        before.save(update_fields=["ends"])
    draft.starts, draft.agreed_by, draft.agreed_at = starts, by, now
    draft.save()
    words = {
        "name": standard.name,
        "number": draft.number,
        "starts": starts.isoformat(),
        "basis": draft.basis,
    }
    record(by, "agreed a standard", f"standard {standard.pk}", now, **words)
    return draft


@transaction.atomic
def bring_in(
    version: StandardVersion,
    *,
    starts: date,
    agreed_before: date,
    source: str,
    by: Person | None,
    now: datetime,
) -> StandardVersion:
    """A standard that held before Andon did: on the record as such, with its day and where it stands.

    It is in force since `starts`; known to nobody until they acknowledge it here. Raises PermissionDenied,
    ValidationError.
    """
    demand_keeper(by)
    standard, draft, before = _to_agree(version)
    here = standard.versions.agreed().filter(basis=StandardVersion.Basis.AGREED).exists()
    today = timezone.localdate(now)
    refuse(
        writing.problems_bringing_in(
            starts, agreed_before, source, today, before.starts if before else None, here
        )
    )
    draft.basis, draft.agreed_before, draft.source = (
        StandardVersion.Basis.BROUGHT_IN,
        agreed_before,
        tidy(source),
    )
    return _agreed(draft, before, standard, starts, by, now)


@transaction.atomic
def agree_standard(
    job_role: JobRole, *, starts: date, by: Person | None, now: datetime, **fields: Any
) -> StandardVersion:
    """Drafts and agrees in one step; `fields` as of `draft_standard`."""
    return agree(draft_standard(job_role, by=by, now=now, **fields), starts=starts, by=by, now=now)


@transaction.atomic
def bring_in_standard(
    job_role: JobRole,
    *,
    starts: date,
    agreed_before: date,
    source: str,
    by: Person | None,
    now: datetime,
    **fields: Any,
) -> StandardVersion:
    """Drafts and brings in, in one step, what was agreed before Andon; `fields` as of `draft_standard`."""
    draft = draft_standard(job_role, by=by, now=now, **fields)
    return bring_in(draft, starts=starts, agreed_before=agreed_before, source=source, by=by, now=now)


@transaction.atomic
def revise_standard(
    standard: Standard, *, starts: date, why_changed: str, by: Person | None, now: datetime, **content: Any
) -> StandardVersion:
    """Drafts and agrees the next version in one step; `content`: statement, serves, level, unit, good."""
    draft = draft_version(standard, by=by, now=now, why_changed=why_changed, **content)
    return agree(draft, starts=starts, by=by, now=now)


@transaction.atomic
def end_standard(standard: Standard, *, ends: date, why: str, by: Person | None, now: datetime) -> None:
    """From `ends` on, today or later, nobody is held to it. A draft of a next version goes with it."""
    demand_keeper(by)
    standard = locked(standard)
    why = sentence(why, writing.LONGEST, _("why it ends"))
    if ends < timezone.localdate(now):
        raise ValidationError({"ends": _("A standard ends today or later: what held, held.")})
    last = standard.versions.agreed().order_by("number").last()
    if last is None:
        raise ValidationError(_("It was never agreed. Discard the draft instead."))
    if ends <= last.starts:
        raise ValidationError(
            {"ends": _("It begins on %(day)s: let it end later.") % {"day": last.starts.isoformat()}}
        )
    standard.versions.drafts().delete()
    last.ends = ends if last.ends is None else min(last.ends, ends)
    last.save(update_fields=["ends"])
    record(
        by,
        "ended a standard",
        f"standard {standard.pk}",
        now,
        name=standard.name,
        ends=ends.isoformat(),
        why=why,
    )
