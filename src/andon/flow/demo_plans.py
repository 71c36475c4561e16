"""Plans in the demo organisation: one under way, one that was met, a gate that rightly stayed shut, one not looked at.

Done as people would have, each at a moment in the past. The person who is truly below the standard works on a line
that is itself in trouble: HR let that condition be left out, for a reason that everybody concerned can read.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from andon.evidence import actions as evidence
from andon.evidence.models import Item
from andon.flow import demo_coaching
from andon.growth.actions import coaching
from andon.growth.actions import promises as support
from andon.people.models import Person
from andon.plans import actions
from andon.plans.models import Examination, Plan
from andon.plans.rules.gate import ATTRIBUTION
from andon.plans.rules.targets import Content, Support, Target, checkpoints, from_gap
from andon.standards.models import StandardVersion
from andon.standards.queries import in_force_for, known_through

DAY = timedelta(days=1)


def add(now: datetime) -> None:
    """Adds all of them; each is left out where the organisation has nobody it could be about."""
    partner = Person.objects.at_work().with_role("hr_partner").order_by("number").first()
    weak, good = demo_coaching.weak_person(), demo_coaching.good_person_on_hard_work()
    if partner is None:
        return
    if weak and weak.manager:
        _under_way(weak, weak.manager, partner, now)
    if good and good.manager:
        _stays_shut(good, good.manager, now)
    if somebody := _somebody_else(weak, now):
        _met(somebody, somebody.manager, partner, now)
    if colleague := _colleague(weak, now):
        _nobody_looked_yet(colleague, colleague.manager, partner, now)


def in_the_story() -> Iterator[tuple[str, Person | None, str]]:
    """Who may be signed in as besides the roles, to see a plan from every side: (called, person, what)."""
    plan = Plan.objects.under_way().select_related("person__manager").order_by("pk").first()
    weak = plan.person if plan else None
    yield "person in a plan", weak, "has a plan under way"
    yield "their manager", weak.manager if weak else None, "leads them, and owes what was promised"
    observed = Item.objects.filter(kind="observation", person__manager=weak.manager if weak else None)
    items = observed.filter(person__plans=None, person__examinations=None).select_related("person")
    item = items.order_by("pk").first() if weak else None
    yield (
        "their colleague",
        item.person if item else None,
        "was coached and observed; nobody has looked further",
    )


def _colleague(weak: Person | None, now: datetime) -> Person | None:
    """Another adviser of the same manager, to whom nothing is owed."""
    if weak is None or weak.manager is None:
        return None
    others = Person.objects.at_work().filter(
        manager=weak.manager, title=weak.title, promises=None, coaching=None
    )
    others = others.filter(joined__lte=now - 400 * DAY, items=None).exclude(pk=weak.pk).exclude(email=None)
    return next(
        (one for one in others.select_related("manager").order_by("number") if _knows(one, now)), None
    )


def _knows(person: Person, now: datetime) -> bool:
    """Whether a standard about a behaviour was known to them long enough."""
    version, today = _version(person, now, "behaviour"), timezone.localdate(now)
    return version is not None and known_through(person, version.standard, today - 100 * DAY, today).met


def _nobody_looked_yet(person: Person, manager: Person, partner: Person, now: datetime) -> None:
    """All that a gate asks for is there, and nobody has asked."""
    version = _version(person, now, "behaviour")
    if version:
        _coached(person, manager, version, now - 100 * DAY)
        _observed(person, manager, partner, version, now - 60 * DAY)


def _version(person: Person, now: datetime, about: str) -> StandardVersion | None:
    """The first standard about a behaviour; about the measure that people are told apart by in this story."""
    versions = in_force_for(person, timezone.localdate(now))
    found = (one for one in versions if getattr(one.standard, f"{about}_id"))
    if about == "measure":
        found = (one for one in found if one.standard.measure.outcome == demo_coaching.OUTCOME)
    return next(found, None)


def _somebody_else(weak: Person | None, now: datetime) -> Person | None:
    """A customer adviser of another team to whom nothing is owed."""
    others = Person.objects.at_work().filter(title="Customer adviser", manager__isnull=False, reports=None)
    others = others.filter(promises=None, joined__lt=now - 400 * DAY).exclude(
        team=weak.team if weak else None
    )
    found = (
        one
        for one in others.select_related("manager").order_by("-number")[:20]
        if _version(one, now, "behaviour")
    )
    return next(found, None)


# ---------------------------------------------------------------- under way


def _under_way(person: Person, manager: Person, partner: Person, now: datetime) -> None:
    version = _version(person, now, "measure")
    if version is None or version.standard.measure is None:
        return
    _evidence(person, manager, version, now - 55 * DAY)
    at = now - 30 * DAY
    why = (
        "Two rounds of coaching and all the help we had promised have moved little. Customers still ring twice, and I "
        "want to look at it properly before I say more."
    )
    looked = actions.examine(person, version, why, by=manager, now=at)
    for condition in sorted(looked.gate.unmet)[:1]:
        actions.override(looked, condition, EXCEPTION, by=partner, now=at + 2 * DAY)
    plan = _proposed(looked, _first_calls(looked, manager, at + 3 * DAY), manager, partner, at + 3 * DAY)
    if plan is None:
        return
    begun = at + 7 * DAY
    said = "I have it. I do not think that it is all me: the line has been loud for months. I will try."
    actions.acknowledge(plan, said, by=person, now=begun)
    first = plan.supports.first()
    support.deliver(
        first.promise, "Two afternoons, with thirty customer answers.", by=manager, now=begun + 6 * DAY
    )
    checkpoint = plan.checkpoints.first()
    if checkpoint:
        theirs = "Saying back why they ring works when I have the time for it. The mentor has not come yet."
        actions.note(checkpoint, theirs, by=person, now=begun + 12 * DAY)
        mine = "I heard it in six of ten calls. The mentor is late, and that is on me."
        actions.note(checkpoint, mine, by=manager, now=begun + 12 * DAY, values={"0": 0.53})
    actions.look_at_outcome(plan, by=manager, now=now - DAY)


EXCEPTION = (
    "The phone line is in trouble and its owner is at work on it. The person is compared with others on the same line "
    "in the same weeks, and the difference was there before the trouble began."
)


def _evidence(person: Person, manager: Person, version: StandardVersion, at: datetime) -> None:
    """What the figures say, and what a customer said; both seen and answered."""
    measure = version.standard.measure
    figures = evidence.add_item(
        person, "measure", title="Calls settled at the first try",
        text="About half of the calls of the last half year were settled at the first try, on the usual mix of work.",
        happened_on=timezone.localdate(at), source="The measure of the phone line, with the work set apart",
        measure=measure, by=manager, now=at,
    )  # fmt: skip
    heard = evidence.add_item(
        person, "customer_feedback", title="A customer who rang three times",
        text="“I was told three times that it was sorted. The third colleague read me my own order and then it was.”",
        happened_on=timezone.localdate(at - 2 * DAY), source="A call of this customer, heard together",
        measure=measure, by=manager, now=at,
    )  # fmt: skip
    evidence.see([figures, heard], by=person, now=at + DAY)
    answer = (
        "This was the week in which the order system was slow. The first two times I could not see the order."
    )
    evidence.reply(heard, answer, by=person, now=at + 2 * DAY)


def _first_calls(looked: Examination, manager: Person, at: datetime) -> Content:
    facts = looked.gate.conditions[ATTRIBUTION - 1].facts
    today, days = timezone.localdate(at), 60
    target = from_gap(
        looked.standard.name, adjusted=round(facts.get("adjusted") or 0.5, 3),
        level=round(facts.get("agreed") or 0.6, 3),
        unit=looked.version.unit, good=looked.version.good, source="the measure of the line, with the work set apart",
        due=today + days * DAY, measure=looked.standard.measure_id,
    )  # fmt: skip
    return Content(
        why="About one customer in two has to ring again after a call with you, where nearly two in three need not "
        "with others on the same line. I would like you to get there, and this is the help for it.",
        days=days,
        targets=(target,),
        supports=(
            _help("Reading customer answers together, two afternoons", "reviews", manager, at + 12 * DAY),
            _help("A mentor from the early shift, twice a week", "mentoring", manager, at + 18 * DAY),
            _help("Sitting in on calls of somebody who does this well", "sit_in", manager, at + 34 * DAY),
        ),
        checkpoints=checkpoints(today, days),
    )  # fmt: skip


def _help(what: str, kind: str, by: Person, due: datetime) -> Support:
    return Support(what, kind, by.pk, timezone.localdate(due).isoformat())


def _proposed(
    looked: Examination, content: Content, manager: Person, partner: Person, at: datetime
) -> Plan | None:
    """Through review to the person; nothing where the gate is shut in this organisation."""
    try:
        plan = actions.propose(looked, content, by=manager, now=at)
        actions.take_up(plan, by=partner, now=at + DAY)
        words = "The gate is sound, the help is real, and the person was heard."
        actions.agree(plan, words, by=partner, now=at + 2 * DAY)
        return actions.issue(plan, by=manager, now=at + 3 * DAY)
    except ValidationError:
        return None


# ---------------------------------------------------------------- a gate that stays shut


def _stays_shut(person: Person, manager: Person, now: datetime) -> None:
    version = _version(person, now, "measure")
    if version:
        why = "The old list put them at the bottom. I want to see what the six conditions say of that."
        actions.examine(person, version, why, by=manager, now=now - 20 * DAY)


# ---------------------------------------------------------------- met


def _met(person: Person, manager: Person, partner: Person, now: datetime) -> None:
    """About a behaviour: seen several times by several people, coached, helped, and there in six weeks."""
    version = _version(person, now, "behaviour")
    if version is None:
        return
    begun = now - 230 * DAY
    _coached(person, manager, version, begun)
    _observed(person, manager, partner, version, begun + 40 * DAY)
    at = begun + 75 * DAY
    looked = actions.examine(
        person, version, "Coaching has not been enough, and customers say so.", by=manager, now=at
    )
    plan = _proposed(looked, _check_that_it_helped(version, manager, at), manager, partner, at)
    if plan is None:
        return
    actions.acknowledge(plan, "Received. It is fair.", by=person, now=at + 5 * DAY)
    for one in plan.supports.all():
        support.deliver(one.promise, "It came as agreed.", by=manager, now=at + 12 * DAY)
    for checkpoint in plan.checkpoints.all():
        when = datetime.combine(checkpoint.due, at.timetz())
        actions.note(checkpoint, "I ask it in most chats now, and they tell me.", by=person, now=when)
        actions.note(
            checkpoint,
            "I read ten chats each time; eight or nine end with the question.",
            by=manager,
            now=when,
        )
    words = "In the last two weeks, nine chats of ten ended with the customer saying whether it helped."
    actions.decide(plan, "met", words, by=manager, now=at + 52 * DAY)
    actions.approve(plan, "Both sides say the same, and the help came.", by=partner, now=at + 54 * DAY)


def _coached(person: Person, manager: Person, version: StandardVersion, at: datetime) -> None:
    note = coaching.note_coaching(
        person, situation="In twenty chats of last week, which we read together.",
        behaviour="Fourteen ended with an answer and no question whether it helped.",
        impact="Six of these customers wrote again within a day.",
        agreed_action="Ends with “Does that settle it for you?”. I put the words into the templates.",
        follow_up_on=timezone.localdate(at + 21 * DAY), standard=version.standard, by=manager, now=at,
    )  # fmt: skip
    coaching.follow_up(
        note, "The words are there in some chats, and missing when the queue is long.", their_part="partly",
        our_part="done", by=manager, now=at + 28 * DAY,
    )  # fmt: skip


def _observed(
    person: Person, manager: Person, partner: Person, version: StandardVersion, at: datetime
) -> None:
    anchor = version.standard.behaviour.steps[0]
    seen = (
        (manager, 0, "Chats read together", "In a chat about a late parcel.", "The customer wrote again that night."),
        (manager, 6, "Chats read together", "In a chat about a voucher.", "It did not work, and nobody knew."),
        (partner, 11, "A visit to the chat desk", "In a chat late in the shift.", "The customer left without a word."),
    )  # fmt: skip
    items = [
        evidence.add_item(
            person, "observation", title="How a chat ended", situation=situation, effect=effect,
            text="It ended with the answer, and not with the question whether it helped.",
            happened_on=timezone.localdate(at + days * DAY), source=source, behaviour=version.standard.behaviour,
            step=anchor.step, by=by, now=at + days * DAY,
        )
        for by, days, source, situation, effect in seen
    ]  # fmt: skip
    evidence.see(items, by=person, now=at + 12 * DAY)
    evidence.reply(items[-1], "I had eleven chats open at once.", by=person, now=at + 13 * DAY)


def _check_that_it_helped(version: StandardVersion, manager: Person, at: datetime) -> Content:
    today, days = timezone.localdate(at), 45
    target = Target(
        what=version.standard.name, source="ten chats read together every two weeks",
        due=(today + days * DAY).isoformat(),
        seen="Eight chats of ten end with the customer saying whether it helped.", good=version.good,
    )  # fmt: skip
    content = Content(
        why="Customers leave a chat without having said whether it helped, and some write again. This is about one "
        "habit, and I am sure that you can have it.",
        days=days,
        targets=(target,),
        checkpoints=checkpoints(today, days),
    )
    help_ = (
        _help("Reading reviews of chats together", "reviews", manager, at + 14 * DAY),
        _help("Half an hour a day with fewer chats at once", "time", manager, at + 10 * DAY),
    )
    return replace(content, supports=help_)
