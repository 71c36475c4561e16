"""A calibration meeting: prepared by HR, talked over, changes with before, after and reason, closed with minutes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.evidence.ledger import append
from andon.people import access as people
from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.trail import record
from andon.people.words import tidy
from andon.plans import access
from andon.plans.actions.again import pressed_twice
from andon.plans.models import Case, Change, Invitation, Meeting, Minutes, Plan, Remark
from andon.plans.rules.gate import problem_reason
from andon.standards.models import Standard

LONGEST = 20_000


@transaction.atomic
def prepare(
    title: str, *, on: date, purpose: str, invited: Iterable[Person], by: Person, now: datetime
) -> Meeting:
    """Raises PermissionDenied, ValidationError."""
    _demand(access.is_hr(by), _("Prepared by HR partners."))
    title, purpose = _words(title)[:160], _words(purpose)
    if again := pressed_twice(Meeting.objects.filter(title=title, on=on, by=by), now):
        return again
    invited = [one for one in invited if people.at_work(one)]
    meeting = Meeting.objects.create(title=title, on=on, purpose=purpose, by=by, at=now)
    Invitation.objects.bulk_create(Invitation(meeting=meeting, person=one) for one in {*invited, by})
    record(by, "prepared a calibration", meeting, now)
    return meeting


@transaction.atomic
def add_case(
    meeting: Meeting,
    standard: Standard,
    question: str,
    *,
    by: Person,
    now: datetime,
    plan: Plan | None = None,
) -> Case:
    """A standard, or a plan about it, with the question that is to be talked over."""
    _demand(access.is_hr(by), _("Prepared by HR partners."))
    _demand_open(meeting)
    if plan is not None and not Plan.objects.visible_to(by).filter(pk=plan.pk, standard=standard).exists():
        raise ValidationError(_("This plan is about another standard."))
    question = _words(question)
    known = Case.objects.filter(meeting=meeting, standard=standard, plan=plan, question=question).first()
    if known:
        return known
    if plan:
        body = {"meeting": meeting.pk, "plan": plan.pk, "question": question}
        append("plan.calibration_case", about=plan.person, body=body, by=by, now=now)
    record(by, "put a case to a calibration", meeting, now)
    return Case.objects.create(
        meeting=meeting, standard=standard, plan=plan, question=question, by=by, at=now
    )


@transaction.atomic
def remark(meeting: Meeting, text: str, *, by: Person, now: datetime, case: Case | None = None) -> Remark:
    """What was said, by whoever takes part."""
    _demand(Meeting.objects.visible_to(by).filter(pk=meeting.pk).exists(), _("Said by whoever takes part."))
    _demand(
        case is None or Case.objects.visible_to(by).filter(pk=case.pk, meeting=meeting).exists(),
        _("Out of reach."),
    )
    _demand_open(meeting)
    text = _words(text)
    if again := pressed_twice(Remark.objects.filter(meeting=meeting, case=case, by=by, text=text), now):
        return again
    entry = _ledger(case, "plan.calibration_remark", {"text": text}, by, now)
    return Remark.objects.create(meeting=meeting, case=case, text=text, by=by, at=now, entry=entry)


@transaction.atomic
def change(case: Case, before: str, after: str, reason: str, *, by: Person, now: datetime) -> Change:
    """What is different now, with what it was and why. It changes nothing by itself."""
    _demand(
        access.is_hr(by) and Case.objects.visible_to(by).filter(pk=case.pk).exists(),
        _("Written by HR partners."),
    )
    _demand_open(case.meeting)
    before, after, reason = _words(before), _words(after), tidy(reason)
    if before == after:
        raise ValidationError(_("Before and after are the same, so nothing changed."))
    if problem := problem_reason(reason):
        raise ValidationError(retold(problem))
    if again := pressed_twice(Change.objects.filter(case=case, after=after, by=by, reason=reason), now):
        return again
    body = {"before": before, "after": after, "reason": reason}
    entry = _ledger(case, "plan.calibration_change", body, by, now)
    record(by, "changed in a calibration", case.meeting, now)
    return Change.objects.create(
        case=case, before=before, after=after, reason=reason, by=by, at=now, entry=entry
    )


@transaction.atomic
def close(meeting: Meeting, text: str, *, by: Person, now: datetime) -> Minutes:
    """Closes with minutes; the first ones hold."""
    _demand(access.is_hr(by), _("Closed by HR partners."))
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if known := Minutes.objects.filter(meeting=locked).first():
        return known
    record(by, "closed a calibration", meeting, now)
    return Minutes.objects.create(meeting=locked, text=_words(text), by=by, at=now)


def _ledger(case: Case | None, what: str, body: dict, by: Person, now: datetime):
    """What is said of a plan is about its person; of a standard it is about nobody."""
    about = case.plan.person if case and case.plan else None
    where = {"meeting": case.meeting_id, "case": case.pk, "plan": case.plan_id} if case else {}
    return append(what, about=about, body={**where, **body}, by=by, now=now)


def _words(text: str) -> str:
    text = tidy(text)
    if not text or len(text) > LONGEST:
        raise ValidationError(_("Write at least a word, and 20,000 characters at most."))
    return text


def _demand_open(meeting: Meeting) -> None:
    if Minutes.objects.filter(meeting=meeting).exists():
        raise ValidationError(_("The minutes are closed: nothing is added afterwards."))


def _demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)
