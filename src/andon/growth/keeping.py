"""What is kept of an employee's own: what it is, who sees it, how it is taken away, and how it goes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andon.evidence.law.erasing import AHEAD, ALSO
from andon.evidence.law.kinds import INTEREST, KINDS, Kind
from andon.evidence.portable import named, register
from andon.growth.actions.feedback import let_go
from andon.growth.models import (
    Accomplishment,
    DevelopmentPlan,
    Feedback,
    FeedbackRound,
    Mentoring,
    MentorOffer,
    PersonSkill,
    Promise,
    Recognition,
    SelfAssessment,
    Training,
)
from andon.growth.prompts import PROMPTS
from andon.growth.queries.feedback import facts_of, with_facts
from andon.growth.rules.feedback import showing
from andon.people.models import Person

Row = dict[str, Any]
OWN = {
    Accomplishment: ("person",), SelfAssessment: ("person",), DevelopmentPlan: ("person",), FeedbackRound: ("about",),
    Feedback: ("about",), Recognition: ("to",), Training: ("person",), PersonSkill: ("person",),
    MentorOffer: ("person",), Mentoring: ("mentee", "mentor"),
}  # fmt: skip
"""What goes with a person, and by which of its sides it is theirs."""


def accomplishments(person: Person) -> Iterator[Row]:
    for one in Accomplishment.objects.filter(person=person).select_related("measure"):
        yield {
            "title": one.title, "happened on": one.happened_on.isoformat(), "text": one.text, "impact": one.impact,
            "measure": str(one.measure or ""), "before": one.before, "after": one.after, "unit": one.unit,
            "links": one.links, "item on the record": one.item_id,
        }  # fmt: skip


def assessments(person: Person) -> Iterator[Row]:
    for draft in SelfAssessment.objects.filter(person=person).prefetch_related("versions__to"):
        answers = {str(PROMPTS[key]): text for key, text in draft.answers.items() if key in PROMPTS}
        shared = [_version(one) for one in draft.versions.all()]
        yield {
            "title": draft.title,
            "begun": draft.begun_at.isoformat(),
            "answers": answers,
            "shared": shared,
        }


def _version(one) -> Row:
    return {"version": one.number, "with": named(one.to), "at": one.at.isoformat(), "content": one.content}


def asked(person: Person) -> Iterator[Row]:
    """Answers only as they show to the person, and of a confidential one never who gave it."""
    now = timezone.now()
    for one in with_facts(FeedbackRound.objects.of(person)):
        shown = showing(facts_of(one), now).shown
        yield {
            "question": one.question, "confidential": one.confidential, "asked": one.asked_at.isoformat(),
            "closes": one.closes_at.isoformat(), "answers": list(_answers(one)) if shown else [],
        }  # fmt: skip


def _answers(asked: FeedbackRound) -> Iterator[Row]:
    for one in asked.answers.select_related("by"):
        said = {"text": one.text, "on": one.on.isoformat()}
        yield said if asked.confidential else said | {"by": named(one.by)}


def told(person: Person) -> Iterator[Row]:
    for one in Feedback.objects.filter(Q(about=person) | Q(by=person)).select_related("about", "by"):
        yield {"about": named(one.about), "by": named(one.by), "text": one.text, "at": one.at.isoformat()}


def recognitions(person: Person) -> Iterator[Row]:
    for one in Recognition.objects.filter(Q(to=person) | Q(by=person)).select_related("to", "by"):
        yield {
            "to": named(one.to), "by": named(one.by), "what": one.what, "for a customer": one.for_customer,
            "at": one.at.isoformat(),
        }  # fmt: skip


def trainings(person: Person) -> Iterator[Row]:
    for one in Training.objects.filter(person=person).select_related("assigned_by"):
        yield {
            "name": one.name, "what for": one.what_for, "begun": one.begun_at.isoformat(),
            "asked by": named(one.assigned_by) if one.assigned_by else "", "due": _day(one.due),
            "done on": _day(one.done_on), "learnt": one.learnt,
        }  # fmt: skip


def mentorings(person: Person) -> Iterator[Row]:
    sides = Mentoring.objects.filter(Q(mentee=person) | Q(mentor=person)).select_related("mentee", "mentor")
    for one in sides:
        yield {
            "who learns": named(one.mentee), "mentor": named(one.mentor), "about": one.about,
            "asked": one.asked_at.isoformat(), "agreed": _day(one.agreed_at), "ended": _day(one.ended_at),
        }  # fmt: skip


def skills(person: Person) -> Iterator[Row]:
    mine = PersonSkill.objects.filter(person=person).select_related("skill", "level")
    for one in mine.prefetch_related("confirmations__by"):
        confirmed = [named(each.by) for each in one.confirmations.all() if each.confirmed]
        yield {
            "skill": one.skill.name, "level": one.level.word, "example": one.example, "said": one.at.isoformat(),
            "confirmed by": confirmed,
        }  # fmt: skip


def development(person: Person) -> Iterator[Row]:
    plans = DevelopmentPlan.objects.filter(person=person).prefetch_related("goals__steps", "shares__to")
    for plan in plans:
        goals = [
            {
                "goal": goal.text, "by when": _day(goal.by_when), "reached": _day(goal.reached_on),
                "steps": [{"step": step.text, "done": _day(step.done_on)} for step in goal.steps.all()],
            }
            for goal in plan.goals.all()
        ]  # fmt: skip
        shared = [{"with": named(one.to), "last read": _day(one.read_at)} for one in plan.shares.all()]
        yield {"title": plan.title, "why": plan.why, "goals": goals, "shared": shared}


def _day(at) -> str:
    return at.isoformat() if at else ""


PARTS = {
    "Accomplishments": accomplishments, "Self-assessments": assessments, "Feedback that I asked for": asked,
    "Feedback given and received": told, "Recognition": recognitions, "Training": trainings,
    "Mentoring": mentorings, "Skills": skills, "Development plans": development,
}  # fmt: skip


def forget(person: Person) -> None:
    """What was somebody's own goes with them. What they wrote to others stays, under their pseudonym."""
    for model, sides in OWN.items():
        for side in sides:
            model.objects.filter(**{side: person}).delete()


def _leavers_with_own(before: datetime) -> QuerySet[Person]:
    gone = Person.objects.filter(left__lte=timezone.localdate(before))
    theirs = Q()
    for model, sides in OWN.items():
        for side in sides:
            theirs |= Q(pk__in=model.objects.order_by().values(side))
    return gone.filter(theirs)


def _let_go(people: QuerySet[Person], now: datetime) -> None:
    for person in people:
        forget(person)
    let_go(now)


for name, rows in PARTS.items():
    register(name, rows)
ALSO["growth"] = forget
AHEAD["promises"] = lambda person: Promise.objects.filter(person=person)
KINDS["own"] = Kind(
    name=_("What is somebody’s own"),
    what=_(
        "Accomplishments, self-assessments, development plans, feedback they asked for or were given, recognition, "
        "training, mentoring, and what they say of their skills."
    ),
    why=_("So that people can grow, and have something to show for it."),
    ground=INTEREST,
    seen_by=_("The person, and whom they share it with. Confidential answers name nobody."),
    days=90,
    since=_("the last day at work"),
    due=_leavers_with_own,
    dispose=_let_go,
    of="pk",
)
