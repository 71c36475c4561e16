"""The end of a question: closed, or merged into another; and open again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.escalations import access, rules, telling
from andon.escalations.actions.common import check, demand, locked, refuse
from andon.escalations.cases import case_of
from andon.escalations.models import Closing, Countermeasure, Entry, Escalation, Merging, Reopening
from andon.escalations.recurrence import recurrence_of
from andon.escalations.rules import acts, life, timing
from andon.people import saying
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy


@transaction.atomic
def close(escalation: Escalation, reason: str, by: Person, now: datetime) -> Closing:
    """Ends a question that was answered, or says why no answer is needed. What came back by then is written down.

    Twice is harmless: the first holds.
    """
    one, reason = locked(escalation), tidy(reason)
    demand(access.may_close(by, one), _("Closed by who asked, whom it is put to, or a leader."))
    if done := Closing.objects.filter(escalation=one).first():
        return done
    check(one, acts.Act("close", why=reason), now)
    _demand_short(reason)
    with saying.for_keeps():
        counted = recurrence_of(one, now)
    closing = Closing.objects.create(escalation=one, reason=reason, recurrence=counted, by=by, at=now)
    record(by, "closed", one, now)
    telling.happened(
        one, f"closed:{closing.pk}", lambda: telling.paragraphs(_closed_by(by), reason, counted), by, now
    )
    return closing


def _closed_by(by: Person) -> str:
    return _("%(name)s closed it.") % {"name": by.name}


def _demand_short(reason: str) -> None:
    if len(reason) > rules.LONGEST_TEXT:
        raise ValidationError(
            _("The reason is longer than %(most)s characters.")
            % {"most": saying.thousands(rules.LONGEST_TEXT)}
        )


@transaction.atomic
def merge(escalation: Escalation, into: Escalation, why: str, by: Person, now: datetime) -> Merging:
    """The same is asked in an earlier question: this one ends, stays readable, and its clocks run on in that one.

    The customer's clock of both then runs from whoever told us first. Who asked here reads there from now on, so
    only somebody who may read both, and close this one, merges them.
    """
    one, other = _both(escalation, into)
    why = tidy(why)
    demand(
        access.may_close(by, one) and access.may_read(by, other),
        _("Merged by who may close this question and may read the other."),
    )
    check(one, _merging(one, other, why), now)
    refuse(rules.problem_long(why, rules.LONGEST_TEXT))
    merging = Merging.objects.create(escalation=one, into=other, why=why, by=by, at=now)
    with saying.for_keeps():
        reason = _("Merged into question %(number)s.") % {"number": other.number}
    Closing.objects.create(escalation=one, reason=reason, by=by, at=now)
    _carry_over(one, other, now)
    record(by, "merged", one, now, into=other.number)
    telling.happened(one, f"merged:{merging.pk}", lambda: _goes_on_in(other), by, now)
    telling.happened(other, f"merged-from:{merging.pk}", lambda: _was_merged(one), by, now)
    return merging


def _both(escalation: Escalation, into: Escalation) -> tuple[Escalation, Escalation]:
    """Both locked, the lower number first, so that two who merge cannot wait for each other."""
    if escalation.pk == into.pk:
        raise ValidationError(_("Choose another question."))
    first, second = sorted((escalation, into), key=lambda one: one.pk)
    found = {first.pk: locked(first), second.pk: locked(second)}
    return found[escalation.pk], found[into.pk]


def _merging(one: Escalation, other: Escalation, why: str) -> acts.Act:
    there = case_of(other)
    return acts.Act(
        "merge", why=why, into=other.number, into_raised_at=other.raised_at, into_open=life.is_open(there),
        into_made_right=there.made_right_at is not None and _another_customer(one, other),
    )  # fmt: skip


def _another_customer(one: Escalation, other: Escalation) -> bool:
    return one.signal_id is not None and one.signal_id != other.signal_id


def _carry_over(one: Escalation, other: Escalation, now: datetime) -> None:
    """Whoever asked here asks there; the customer's clock runs from the earlier word; nothing merged here is lost."""
    if one.customer_since < other.customer_since:
        other.customer_since = one.customer_since
        other.save(update_fields=["customer_since"])
    asked = {one.raised_by_id, *one.entries.filter(kind="also_asked").values_list("by", flat=True)}
    known = {other.raised_by_id, *other.entries.filter(kind="also_asked").values_list("by", flat=True), None}
    with saying.for_keeps():
        text = _("Question %(number)s was merged into this one.") % {"number": one.number}
    Entry.objects.bulk_create(
        Entry(escalation=other, kind=Entry.Kind.ALSO_ASKED, text=text, by_id=pk, at=now)
        for pk in sorted(asked - known)
    )
    Merging.objects.filter(into=one).update(into=other)


def _goes_on_in(other: Escalation) -> str:
    return _("The same is asked in question %(number)s, which goes on. You read the answer there.") % {
        "number": other.number
    }


def _was_merged(one: Escalation) -> str:
    return _("Question %(number)s asks the same and was merged into this one.") % {"number": one.number}


@transaction.atomic
def reopen(escalation: Escalation, why: str, by: Person, now: datetime) -> Reopening:
    """It came back, or something is left to do: it is open again, and the explanation is owed anew."""
    one, why = locked(escalation), tidy(why)
    demand(access.may_reopen(by, one), _("Opened again by who asked, whom it is put to, or a leader."))
    check(one, acts.Act("reopen", why=why), now)
    refuse(rules.problem_text(why))
    reopening = reopened(one, why, by, now)
    telling.happened(
        one,
        f"reopened:{reopening.pk}",
        lambda: telling.paragraphs(_("%(name)s opened it again:") % {"name": by.name}, why),
        by,
        now,
    )
    return reopening


def reopened(one: Escalation, why: str, by: Person | None, now: datetime) -> Reopening:
    """The closing, if there is one, becomes part of the story; inside the transaction of what opens it."""
    closing = Closing.objects.filter(escalation=one).first()
    kept = {
        "closed_reason": closing.reason, "closed_recurrence": closing.recurrence, "closed_by": closing.by,
        "closed_at": closing.at,
    } if closing else {}  # fmt: skip
    Closing.objects.filter(escalation=one).delete()
    hours = one.working_time
    reopening = Reopening.objects.create(
        escalation=one, why=why, by=by, at=now, explain_due=timing.after(now, rules.EXPLAIN_WITHIN, hours),
        preliminary_due=timing.after(now, rules.PRELIMINARY_WITHIN, hours), **kept,
    )  # fmt: skip
    record(by, "reopened", one, now)
    return reopening


def reopened_by(countermeasure: Countermeasure, sentence: str, now: datetime) -> Reopening:
    """A change that did not help: what was thought to be the cause was not, or not all of it."""
    return reopened(countermeasure.escalation, sentence, None, now)
