"""Coaching, promises and talks of two in the demo organisation, as those concerned would have written them.

One person is truly below the standard and was helped in earnest; one does good work on a hard mechanism, and was
coached about nothing; somebody who can sign in has promises in every state.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from andon.attribution.models import Estimate
from andon.flow import demo_promises
from andon.flow.demo_promises import Made
from andon.growth.actions import coaching, one_to_ones, promises
from andon.growth.actions.coaching import Support
from andon.growth.models import Coaching
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.standards.models import Standard
from andon.standards.queries import in_force_for

OUTCOME = "resolved_first"
DONE, PARTLY = "done", "partly"


def add(now: datetime) -> None:
    """Adds what was said, promised and kept; nothing where nobody leads anybody."""
    weak, good, reader = weak_person(), good_person_on_hard_work(), _reader()
    if weak and weak.manager:
        _help_in_earnest(weak, weak.manager, now)
    if good and good.manager:
        _look_at_the_process(good, good.manager, now)
    if reader and reader.manager:
        demo_promises.in_every_state(reader, reader.manager, _standard(reader, now, "measure"), now)
        _talks(reader, reader.manager, now)
        _others(reader.manager, reader, now)


def weak_person() -> Person | None:
    """Who, on the usual mix of work, helps fewest at the first try, by more than chance and the work explain."""
    found = (
        _estimates().filter(person__title="Customer adviser", low__isnull=False).order_by("adjusted", "pk")
    )
    return _person(found.first())


def good_person_on_hard_work() -> Person | None:
    """Whose raw share lies furthest below what they would reach on the usual mix of work, and who meets it there."""
    found = _estimates().filter(person__title="Case handler", adjusted__gte=F("separation__usual"))
    return _person(found.order_by(F("raw") - F("adjusted"), "pk").first())


def _estimates():
    at_work = Person.objects.at_work().filter(manager__isnull=False, reports=None)
    return Estimate.objects.filter(separation__outcome=OUTCOME, person__in=at_work.values("pk"))


def _person(estimate: Estimate | None) -> Person | None:
    return estimate.person if estimate else None


def _reader() -> Person | None:
    """The employee of the demo's accounts."""
    plain = (
        Person.objects.at_work().exclude(email=None).filter(reports=None, grants=None, manager__isnull=False)
    )
    plain = plain.filter(owned_mechanisms=None, team__isnull=False)
    return plain.filter(team__used_mechanisms__isnull=False).order_by("number").first()


def _standard(person: Person, now: datetime, kind: str) -> Standard | None:
    versions = in_force_for(person, timezone.localdate(now))
    return next((one.standard for one in versions if getattr(one.standard, f"{kind}_id")), None)


def _day(moment: datetime):
    return timezone.localdate(moment)


FIRST = {
    "situation": "Over the last four weeks, on the phone line, in the calls that we listened to together.",
    "behaviour": "In six of ten calls the call ended before the customer had said whether the answer helped. In four, "
    "the order was not opened while the customer was speaking.",
    "impact": "Seven of these ten customers rang again within two days about the same thing.",
    "agreed_action": "Ends each call with “Does that settle it for you?” and opens the order first. I free two "
    "hours a week for listening to calls together, and see to the training.",
}
SECOND = {
    "situation": "In the twelve calls of this week that we chose at random and listened to.",
    "behaviour": "In seven, an answer was given before the customer had finished saying why they rang.",
    "impact": "Five of these customers said at the end that they had meant something else.",
    "agreed_action": "Says back in one sentence why the customer rings before answering. I pair them with a mentor "
    "for six weeks and take them off the chat meanwhile.",
    "their_view": "I hear the first words and think that I know the rest. Saying it back feels slow, but I will try.",
}
HARD = {
    "situation": "Their share of cases settled at the first try looks low on the old list, so we sat down with the "
    "cases, and with the complaint desk’s chart, before a word about them.",
    "behaviour": "Of thirty cases we read, none could have been settled sooner by whoever had taken it. Nearly all "
    "come from the complaint desk, where two approvals are needed.",
    "impact": "Customers of this desk wait, whoever serves them. On the same work they do better than most.",
    "agreed_action": "Nothing to change in how they work. I ask the owner of the desk why two approvals are needed, "
    "and stop using the old list.",
}
HELP = (  # what, kind, days until it is due, and what came after how many days
    ("Sitting in on calls, two hours a week", "sit_in", 28,
     "Four Tuesdays, two hours each, with notes of every call.", 27),
    ("The course “Finding out what the customer needs”", "training", 35,
     "Two days in the training room, with a visit after a week.", 34),
)  # fmt: skip
MORE_HELP = (
    ("Off the chat, so that there is one screen", "time", 3, "The chat is off their screen since Monday.", 2),
    ("A mentor from the same shift for six weeks", "mentoring", 7, "They met for the first time on Thursday.", 6),
    ("Reading forty customer answers together", "reviews", 21, "Two afternoons.", 10),
)  # fmt: skip


def _help_in_earnest(person: Person, manager: Person, now: datetime) -> None:
    """Two talks, each looked back at, and support that came."""
    begun = now - timedelta(days=130)
    first = coaching.note_coaching(
        person, **FIRST, standard=_standard(person, now, "measure"), follow_up_on=_day(begun + timedelta(days=21)),
        support=_offered(HELP, begun), by=manager, now=begun,
    )  # fmt: skip
    said = "I know the answers. With two screens open I lose the thread, and then I want the call to be over."
    coaching.add_their_view(first, said, by=person, now=begun + timedelta(days=1))
    _came(first, HELP, manager, begun)
    coaching.follow_up(
        first,
        "The question at the end is asked in most calls now. The order is opened first in about half of them. Fewer "
        "customers ring back, and still more than the work explains.",
        their_part=PARTLY, our_part=DONE, next_on=_day(begun + timedelta(days=63)), by=manager,
        now=begun + timedelta(days=42),
    )  # fmt: skip
    _second_talk(person, manager, begun + timedelta(days=63), first)


def _second_talk(person: Person, manager: Person, at: datetime, first: Coaching) -> None:
    coaching.follow_up(
        first, "The question is a habit. What comes before it is not yet: the reason of the call is guessed early.",
        their_part=DONE, our_part=DONE, by=manager, now=at,
    )  # fmt: skip
    second = coaching.note_coaching(
        person, **SECOND, with_consent=True, standard=first.standard, mechanism=first.mechanism,
        follow_up_on=_day(at + timedelta(days=28)), support=_offered(MORE_HELP, at), by=manager, now=at,
    )  # fmt: skip
    coaching.confirm_view(second.views.get(), True, by=person, now=at + timedelta(days=1))
    _came(second, MORE_HELP, manager, at)
    coaching.follow_up(
        second, "Saying back is done in about every second call. Where it is, nobody had meant something else.",
        their_part=PARTLY, our_part=DONE, next_on=_day(at + timedelta(days=75)), by=manager,
        now=at + timedelta(days=30),
    )  # fmt: skip


def _offered(helps: tuple, at: datetime) -> list[Support]:
    return [Support(what, kind, _day(at + timedelta(days=due))) for what, kind, due, _came, _after in helps]


def _came(note: Coaching, helps: tuple, manager: Person, at: datetime) -> None:
    for promise, (*_what, came, after) in zip(note.promises.order_by("due"), helps, strict=True):
        promises.deliver(promise, came, by=manager, now=at + timedelta(days=after))


def _look_at_the_process(person: Person, manager: Person, now: datetime) -> None:
    """The raw share looked poor, and there was nothing to coach: the work is hard, and the desk is what to mend."""
    at = now - timedelta(days=38)
    note = coaching.note_coaching(
        person, **HARD, follow_up_on=_day(at + timedelta(days=21)),
        mechanism=Mechanism.objects.in_use().filter(slug="complaint-desk").first(),
        support=[Support("A say in how the approvals are changed", "time", _day(at + timedelta(days=60)))],
        by=manager, now=at,
    )  # fmt: skip
    coaching.add_their_view(
        note, "Thank you for looking. I had begun to doubt myself.", by=person, now=at + timedelta(days=1)
    )
    coaching.follow_up(
        note, "The question is with the owner of the desk. The old list is gone from our meetings.",
        their_part="nothing", our_part=DONE, by=manager, now=at + timedelta(days=22),
    )  # fmt: skip


def _talks(person: Person, manager: Person, now: datetime) -> None:
    """One past, with something left over, and one to come."""
    before = now - timedelta(days=21)
    talk = one_to_ones.plan_talk(person, manager, _day(now - timedelta(days=14)), by=manager, now=before)
    rota = one_to_ones.put_on_agenda(talk, "Swapping the Friday late shift", by=person, now=before)
    one_to_ones.put_on_agenda(
        talk, "Which of the new articles customers do not understand", by=person, now=before
    )
    one_to_ones.cover(rota, by=manager, now=now - timedelta(days=14))
    one_to_ones.write_note(
        talk, "Fridays until five from next month.", by=manager, now=now - timedelta(days=14)
    )
    one_to_ones.agree_action(
        talk, "Ask the planners for Fridays until five", manager, _day(now + timedelta(days=2)), by=manager,
        now=now - timedelta(days=14),
    )  # fmt: skip
    coming = one_to_ones.plan_talk(
        person, manager, _day(now + timedelta(days=7)), by=person, now=now - timedelta(days=1)
    )
    one_to_ones.put_on_agenda(
        coming, "How it feels after the first weeks on chat", by=manager, now=now - timedelta(days=1)
    )


def _others(manager: Person, besides: Person, now: datetime) -> None:
    """A few more people of the same team: a course promised, a first talk planned."""
    team = Person.objects.at_work().filter(manager=manager).exclude(pk=besides.pk).order_by("number")[:3]
    for place, person in enumerate(team):
        kind, what = (
            ("training", "The course on difficult conversations"),
            ("reviews", "Reading a week of answers together"),
        )[place % 2]
        demo_promises.made(person, manager, Made(what, kind, -10 - place, 5 + 6 * place), now)
        one_to_ones.plan_talk(person, manager, _day(now + timedelta(days=3 + place)), by=manager, now=now)
