"""What is Alice's own, made by the actions that a door would call."""

from datetime import date, timedelta

from django.utils import timezone

from andon.growth.actions import (
    accomplishments,
    assessments,
    development,
    feedback,
    mentoring,
    recognition,
    skills,
    training,
)
from andon.growth.models import Level, Skill
from andon.standards.models import JobRole

ANSWERS = (
    "You rang back when you said.",
    "You wrote it down for the next shift.",
    "You asked what they needed.",
)


def things_of_alice(cast) -> dict:
    """Name to key, for the matrix of permissions."""
    return {**_written(cast), **_told(cast), **_learnt(cast), **_planned(cast)}


def _written(cast) -> dict:
    did = accomplishments.log(cast.alice, cast.now, title="Rang back", happened_on=date(2026, 2, 2))
    draft = assessments.begin("Winter", by=cast.alice, now=cast.now)
    assessments.write(draft, {"hard": "The labels."}, by=cast.alice, now=cast.now)
    version = assessments.share(draft, cast.martin, by=cast.alice, now=cast.now)
    return {"accomplishment": did.pk, "assessment": draft.pk, "shared_assessment": version.pk}


def answered_round(cast, confidential: bool = True):
    """Asked of three, answered by all."""
    people = (cast.bob, cast.mona, cast.olga)
    put_to = feedback.ask(
        people, "When did I help?", confidential=confidential, closes_on=date(2026, 3, 9), by=cast.alice,
        now=cast.now,
    )  # fmt: skip
    for person, text in zip(people, ANSWERS, strict=True):
        feedback.answer(put_to, text, by=person, now=cast.now)
    return put_to


def _told(cast) -> dict:
    put_to = answered_round(cast)
    feedback.share(put_to, cast.martin, by=cast.alice, now=cast.now)
    given = feedback.give(cast.alice, "You stayed calm.", by=cast.bob, now=cast.now)
    shared = feedback.share(given, cast.lena, by=cast.alice, now=cast.now)
    thanks = recognition.recognise(
        cast.alice, "Stayed on the line", for_customer="They got their parcel.", by=cast.bob, now=cast.now
    )
    found = {"round": put_to.pk, "answer": put_to.answers.first().pk, "given": given.pk}
    return found | {"share": shared.pk, "thanks": thanks.pk, "open_round": open_round(cast).pk}


def open_round(cast):
    """Asked of Bob, by today's calendar, so that a page can be answered now."""
    now = timezone.now()
    closes = timezone.localdate(now) + timedelta(days=7)
    return feedback.ask(
        [cast.bob], "And lately?", confidential=False, closes_on=closes, by=cast.alice, now=now
    )


def explaining(cast) -> Skill:
    levels = [("With help", "Reads from the guide."), ("On my own", "Says it in the customer's words.")]
    return skills.keep_skill(
        None, slug="explaining", name="Explaining", levels=levels, by=cast.hana, now=cast.now
    )


def _learnt(cast) -> dict:
    skill = explaining(cast)
    agent, guide = (JobRole.objects.create(slug=slug, name=slug.title()) for slug in ("agent", "guide"))
    path = skills.lay_path(agent, guide, "up", by=cast.hana, now=cast.now)
    level = Level.objects.get(skill=skill, step=2)
    skills.want(guide, skill, level, by=cast.hana, now=cast.now)
    said = skills.say(level, "Last week.", by=cast.alice, now=cast.now)
    asked = skills.ask_to_confirm(said, cast.bob, by=cast.alice, now=cast.now)
    course = training.keep_course(None, name="Plain words", by=cast.hana, now=cast.now)
    taken = training.enrol(course=course, by=cast.alice, now=cast.now)
    wish = mentoring.ask(cast.olga, "How labels are made", by=cast.alice, now=cast.now)
    found = {"course": course.pk, "training": taken.pk, "mentoring": wish.pk}
    return found | {"confirmation": asked.pk, "path": path.pk}


def _planned(cast) -> dict:
    plan = development.begin("Teach others", by=cast.alice, now=cast.now)
    goal = development.add_goal(plan, "Hold a session", by=cast.alice, now=cast.now)
    step = development.add_step(goal, "Sit in on one", by=cast.alice, now=cast.now)
    shared = development.share(plan, cast.charlie, by=cast.alice, now=cast.now)
    return {"development": plan.pk, "goal": goal.pk, "step": step.pk, "plan_share": shared.pk}
