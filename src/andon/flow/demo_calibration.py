"""Calibration in the demo organisation: one meeting that was closed, and one that is prepared."""

from datetime import datetime, timedelta

from django.utils import timezone

from andon.people.models import Person
from andon.plans.actions import calibrating
from andon.plans.models import Meeting
from andon.standards.models import Standard

BARS = {
    "title": "Settled in the first call: one bar or two?",
    "purpose": "Two teams of one role have different bars. Afterwards it is clear why, or there is one.",
    "question": "Is the work of the two teams different enough for two bars?",
    "said": "Callers of the one team ask more about orders abroad, which need a second desk. That is the work, not the "
    "people. With the mix of work set apart, nothing is left that would explain two bars.",
    "before": "Two bars for one role, with no reason written down.",
    "after": "Both bars stay for a quarter. The reason is written beside them, and who may end it.",
    "reason": "The second desk is being mended, and only then can one bar be fair to both.",
    "minutes": "We spoke about two bars and about nobody’s figures. The reason stands beside the bars from Monday. We "
    "look again once the second desk is mended.",
}
NEXT = {
    "title": "What do we mean by “checks that it helped”?",
    "purpose": "That two people who hear the same call say the same of it.",
    "question": "Is “Anything else?” asking whether it helped?",
}


def add(now: datetime) -> None:
    """Nothing where there is nobody to prepare a meeting, or no standard to talk about."""
    partner = Person.objects.at_work().with_role("hr_partner").order_by("number").first()
    leads = list(Person.objects.at_work().filter(title="Team manager").order_by("number")[:4])
    if partner is None or not leads:
        return
    measured = Standard.objects.in_use().exclude(measure=None).exclude(team=None).order_by("pk").first()
    behaviour = Standard.objects.in_use().exclude(behaviour=None).order_by("pk").first()
    if measured:
        _closed(measured, partner, leads, now - timedelta(days=19))
    if behaviour:
        _prepared(BARS | NEXT, behaviour, partner, leads, now - timedelta(days=2), days=6)


def _prepared(
    words: dict, standard: Standard, partner: Person, leads: list[Person], at: datetime, days: int
) -> tuple[Meeting, object]:
    on = timezone.localdate(at + timedelta(days=days))
    meeting = calibrating.prepare(
        words["title"], on=on, purpose=words["purpose"], invited=leads, by=partner, now=at
    )
    return meeting, calibrating.add_case(meeting, standard, words["question"], by=partner, now=at)


def _closed(standard: Standard, partner: Person, leads: list[Person], at: datetime) -> None:
    meeting, case = _prepared(BARS, standard, partner, leads, at - timedelta(days=5), days=5)
    calibrating.remark(meeting, BARS["said"], by=leads[0], now=at, case=case)
    calibrating.change(case, BARS["before"], BARS["after"], BARS["reason"], by=partner, now=at)
    calibrating.close(meeting, BARS["minutes"], by=partner, now=at)
