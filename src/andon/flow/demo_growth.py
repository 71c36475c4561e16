"""Growth in the demo organisation: what people did, thanked each other for, asked, learnt and want to be able to do.

Written around the people whose accounts are open, so that each of their pages has something plausible on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
from andon.growth.models import Course, Level, Promise, Skill
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.standards.models import Behaviour, JobRole

LEVELS = {
    "explaining": ("Explaining", "Saying things so that a customer knows what happens next.", (
        ("With help", "Reads the answer from the guide, and asks a colleague when the customer does not follow."),
        ("On my own", "Says it in the customer’s words, and the customer can say what happens next."),
        ("For others", "Rewrites what confuses customers, so that colleagues can say it as clearly."))),
    "finding-causes": ("Finding causes", "Seeing which step of a process let a customer down.", (
        ("Noticing", "Says when something went wrong, with the case at hand."),
        ("Tracing", "Follows cases step by step until the step is found that let them down."),
        ("Proving", "Plans a test of a change before it is made, and reads its chart afterwards."))),
    "calm": ("Staying calm", "Being of use to somebody who is upset.", (
        ("Listening", "Lets somebody finish, and says back what they heard."),
        ("Turning it", "Finds with the customer what would put it right, and does it or says who will."))),
    "teaching": ("Teaching", "Helping colleagues to learn from the work.", (
        ("Showing", "Shows a new colleague how a case is done."),
        ("Coaching", "Asks before telling, and lets them find it."))),
}  # fmt: skip
WANTED = {
    "Customer adviser": (("explaining", 2), ("calm", 1)),
    "Case handler": (("finding-causes", 1), ("explaining", 2), ("calm", 2)),
    "Fulfilment associate": (("finding-causes", 1),),
    "Process owner": (("finding-causes", 3), ("explaining", 3)),
    "Team lead": (("teaching", 2), ("calm", 2), ("explaining", 2)),
    "Team manager": (("teaching", 2), ("finding-causes", 2), ("calm", 2)),
}
PATHS = (
    ("Customer adviser", "Case handler", "sideways", "Fewer customers at a time, and each to the end."),
    ("Customer adviser", "Team lead", "up", "Helping a shift, and being there when it gets difficult."),
    ("Customer adviser", "Process owner", "sideways", "From customers who were let down to the step that did it."),
    ("Case handler", "Process owner", "up", "Mending what the same complaint keeps showing."),
    ("Case handler", "Team lead", "up", ""),
    ("Fulfilment associate", "Team lead", "up", ""),
    ("Fulfilment associate", "Process owner", "sideways", "Who packs knows where it goes wrong."),
    ("Team lead", "Team manager", "up", "From a shift to the mechanisms that it works with."),
    ("Process owner", "Team manager", "sideways", ""),
)  # fmt: skip
COURSES = (
    ("Plain words", "In the house", "Say what happens next so that nobody has to ring again.", 6, "explaining"),
    ("Following a case through", "In the house", "Walk ten cases from the first click to the doorstep.", 8,
     "finding-causes"),
    ("When somebody is upset", "City college", "Be of use to somebody who shouts, without taking it home.", 12, "calm"),
    ("Reading a control chart", "In the house", "Tell a bad week from a bad process.", 3, "finding-causes"),
    ("First weeks as a lead", "City college", "Asking before telling.", 16, "teaching"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """Who the story is about: an adviser, their manager, colleagues of the team, and an HR partner."""

    one: Person
    manager: Person
    team: list[Person]
    partner: Person


def add(now: datetime) -> None:
    """Adds it; nothing where there is nobody for it."""
    cast = _cast()
    if cast is None:
        return
    _skills(cast.partner, now - timedelta(days=300))
    _log(cast, now)
    _feedback(cast, now)
    _recognition(cast, now)
    _training(cast, now)
    _careers(cast, now)
    _plan(cast, now)
    _self_assessment(cast, now)


def _cast() -> Cast | None:
    """The employee of the demo's accounts, and those around them."""
    at_work = Person.objects.at_work()
    plain = at_work.exclude(email=None).filter(reports=None, grants=None, owned_mechanisms=None)
    plain = plain.filter(manager__isnull=False, team__used_mechanisms__isnull=False)
    one = plain.select_related("manager").order_by("number").first()
    partner = at_work.with_role("hr_partner").order_by("number").first()
    if one is None or partner is None:
        return None
    team = at_work.filter(team=one.team).exclude(pk__in=[one.pk, one.manager_id]).order_by("number")[:8]
    return Cast(one, one.manager, list(team), partner) if len(team) >= 5 else None


def _skills(partner: Person, at: datetime) -> None:
    for slug, (name, about, levels) in LEVELS.items():
        skills.keep_skill(None, slug=slug, name=name, about=about, levels=levels, by=partner, now=at)
    roles = {role.name: role for role in JobRole.objects.in_use()}
    for role, wanted in WANTED.items():
        for slug, step in wanted if role in roles else ():
            skills.want(roles[role], Skill.objects.get(slug=slug), _level(slug, step), by=partner, now=at)
    for start, end, way, about in PATHS:
        if start in roles and end in roles:
            skills.lay_path(roles[start], roles[end], way, about, by=partner, now=at)
    for name, provider, about, hours, slug in COURSES:
        skill = Skill.objects.get(slug=slug)
        training.keep_course(
            None, name=name, provider=provider, about=about, hours=hours, skill=skill, by=partner, now=at
        )


def _level(slug: str, step: int) -> Level:
    return Level.objects.get(skill__slug=slug, step=step)


def _behaviour(begins: str) -> Behaviour | None:
    return Behaviour.objects.in_use().filter(text__startswith=begins).first()


def _day(now: datetime, ago: int) -> date:
    return timezone.localdate(now - timedelta(days=ago))


def _log(cast: Cast, now: datetime) -> None:
    """One on the record, one with a before and after that regression to the mean explains in part, one draft."""
    kept = accomplishments.log(
        cast.one, now - timedelta(days=40), title="A list of what customers ask twice", happened_on=_day(now, 44),
        text="Wrote down for two weeks what made people write again, and took it to the owner of returns and refunds.",
        impact="The three questions at the top are now answered in the confirmation mail, for about 900 customers a "
        "month.",
    )  # fmt: skip
    accomplishments.put_on_record(kept, cast.one, now - timedelta(days=38))
    measure = Measure.objects.filter(mechanism__slug="returns-and-refunds", slug="repeat-contact").first()
    accomplishments.log(
        cast.one, now - timedelta(days=12), title="“Does that settle it for you?” at the end of each case",
        happened_on=_day(now, 70), text="Tried it for a month with four colleagues.",
        impact="Fewer of our customers came back in the weeks after.",
        measure=measure, before=0.145, after=0.128, unit="" if measure else "share of cases",
    )  # fmt: skip
    accomplishments.log(
        cast.one, now - timedelta(days=2), title="Stayed with a customer whose parcel went to the wrong town",
        happened_on=_day(now, 2), impact="She had it the next evening.",
    )  # fmt: skip


def _feedback(cast: Cast, now: datetime) -> None:
    """One confidential round to read, one still open, one put to the person, and a word unasked."""
    ago = now - timedelta(days=30)
    done = feedback.ask(
        cast.team[:5], "When did I make it easier for one of your customers, and when harder?", confidential=True,
        closes_on=_day(ago, -14), by=cast.one, now=ago,
    )  # fmt: skip
    said = (
        "Your notes in the case are the ones I can work with at once. That saves the customer telling it twice.",
        "On Mondays you sometimes hand over without a word. Then I start from nothing, and the customer notices.",
        "You stayed with that man whose refund was lost, until it was found. He wrote to us about it.",
        "Say earlier when you do not know. We would look it up together.",
    )
    for person, text in zip(cast.team, said, strict=False):
        feedback.answer(done, text, by=person, now=ago + timedelta(days=3))
    feedback.decline(done, by=cast.team[4], now=ago + timedelta(days=4))
    still_open = feedback.ask(
        cast.team[2:6], "What should I stop doing in hand-overs?", confidential=True, closes_on=_day(now, -9),
        by=cast.one, now=now - timedelta(days=3),
    )  # fmt: skip
    feedback.answer(still_open, "Writing “see above”.", by=cast.team[3], now=now - timedelta(days=2))
    feedback.ask(
        [cast.one, cast.team[1]], "What did my last team talk leave unclear?", confidential=False,
        closes_on=_day(now, -7), by=cast.manager, now=now - timedelta(days=1),
    )  # fmt: skip
    feedback.give(
        cast.one, "With the broken lamp you let her finish before you looked anything up. She was calm "
        "after a minute, and we had the right order at the first try.",
        behaviour=_behaviour("Listens"), by=cast.team[0], now=now - timedelta(days=6),
    )  # fmt: skip


def _recognition(cast: Cast, now: datetime) -> None:
    thanks: Sequence[tuple[Person, Person, str, str, str, int]] = (
        (cast.team[1], cast.one, "You pulled the cord about the labels although the shift was nearly over.",
         "Some forty customers got their parcel, and none had to ring.", "Pulls the cord", 4),
        (cast.manager, cast.one, "You showed Friday’s new colleague how a refund is followed through.",
         "His first customers had an answer, not a transfer.", "Checks with", 19),
        (cast.one, cast.team[2], "You took over my case when I was stuck.", "She did not have to tell it again.",
         "Takes on", 8),
        (cast.one, cast.manager, "You had the second screen mended on the day we asked.",
         "We see the order while somebody speaks, so nobody waits.", "Keeps promises", 25),
    )  # fmt: skip
    for by, to, what, for_customer, begins, ago in thanks:
        behaviour = _behaviour(begins)
        at = now - timedelta(days=ago)
        recognition.recognise(to, what, for_customer=for_customer, behaviour=behaviour, by=by, now=at)


def _training(cast: Cast, now: datetime) -> None:
    """One done and promised, one asked for by the manager, one without any course."""
    promise = Promise.objects.filter(person=cast.one, kind="training").first()
    course = {one.name: one for one in Course.objects.all()}
    done = training.enrol(
        course=course["Plain words"], what_for="So that fewer people ring to ask what happens next.",
        promise=promise, by=cast.one, now=now - timedelta(days=120),
    )  # fmt: skip
    training.finish(
        done, on=_day(now, 95), learnt="One sentence on what happens next, before anything else.", by=cast.one,
        now=now - timedelta(days=95),
    )  # fmt: skip
    training.assign(
        course["Reading a control chart"], cast.one, due=_day(now, -21), by=cast.manager, now=now - timedelta(days=5),
        what_for="We look at the wall together every Monday, and you asked what the lines mean.",
    )  # fmt: skip
    training.enrol(
        name="A morning in the warehouse", what_for="To see where the parcels of my customers end.", by=cast.one,
        now=now - timedelta(days=9),
    )  # fmt: skip


def _careers(cast: Cast, now: datetime) -> None:
    said = skills.say(
        _level("explaining", 2), "Told a customer whose delivery was split what comes when. She said it back.",
        by=cast.one, now=now - timedelta(days=60),
    )  # fmt: skip
    asked = skills.ask_to_confirm(said, cast.team[0], by=cast.one, now=now - timedelta(days=59))
    skills.answer_confirmation(asked, True, "I sat beside it.", by=cast.team[0], now=now - timedelta(days=57))
    skills.say(_level("finding-causes", 1), "The labels.", by=cast.one, now=now - timedelta(days=60))
    theirs = skills.say(
        _level("calm", 2), "The man with the wardrobe.", by=cast.team[3], now=now - timedelta(days=8)
    )
    skills.ask_to_confirm(theirs, cast.one, by=cast.team[3], now=now - timedelta(days=7))
    mentoring.offer("Hard cases, and how to leave them at work", by=cast.team[5 % len(cast.team)], now=now)
    mentoring.offer("Reading charts without fear", by=cast.partner, now=now)
    wish = mentoring.ask(
        cast.partner, "How somebody goes from handling cases to owning a process.", by=cast.one,
        now=now - timedelta(days=50),
    )  # fmt: skip
    mentoring.agree(wish, by=cast.partner, now=now - timedelta(days=48))


def _plan(cast: Cast, now: datetime) -> None:
    at = now - timedelta(days=45)
    plan = development.begin(
        "From answering to mending", "I would like to own a mechanism one day, and stop the cases before they come.",
        by=cast.one, now=at,
    )  # fmt: skip
    trace = development.add_goal(
        plan, "Trace one late refund to its step", _day(now, -40), by=cast.one, now=at
    )
    for text, done in (("Ask the owner of returns and refunds for an hour", 30), ("Walk ten cases", 0)):
        step = development.add_step(trace, text, by=cast.one, now=at)
        if done:
            development.mark_step(step, _day(now, done), by=cast.one, now=now - timedelta(days=done))
    development.add_goal(plan, "Explain it to the team in five minutes", by=cast.one, now=at)
    development.share(plan, cast.partner, by=cast.one, now=now - timedelta(days=44))


def _self_assessment(cast: Cast, now: datetime) -> None:
    draft = assessments.begin("The last six months", by=cast.one, now=now - timedelta(days=20))
    answers = {
        "customers": "The list of what customers ask twice. I know because the same questions became fewer.",
        "hard": "Mondays: too few of us, and the second approval that nobody can give after four.",
        "help": "An hour a week to look at cases together.",
    }
    assessments.write(draft, answers, by=cast.one, now=now - timedelta(days=20))
    assessments.share(draft, cast.manager, by=cast.one, now=now - timedelta(days=18))
    answers["next"] = "Follow a case through to the end."
    assessments.write(draft, answers, by=cast.one, now=now - timedelta(days=2))
