"""What is expected in the demo organisation, and who has read it.

Done as people would have: by an HR partner and by those it concerns, each at a moment in the past.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from andon.flow import demo_objectives
from andon.flow.demo_objectives import measure_of
from andon.people.models import Person, Team
from andon.standards import actions, queries
from andon.standards.models import Behaviour, JobRole, Standard, StandardVersion

SINCE = timedelta(days=580)  # before the first case of the eighteen months, with time to read
SLOW_READERS = 17  # one person in so many has not read what is expected of them

ROLES = {
    "Customer adviser": (
        "Helps customers by phone, chat and mail so that they need not come back.",
        "Customers are helped at the first try.",
    ),
    "Case handler": (
        "Sees returns, refunds and complaints through to their end.",
        "Customers have their money back when we said so, and complaints end well.",
    ),
    "Fulfilment associate": (
        "Picks, packs and hands over what was ordered.",
        "The right thing arrives on the promised day.",
    ),
    "Process owner": (
        "Keeps a mechanism working and mends it when a customer was let down.",
        "What went wrong for one customer does not go wrong for the next.",
    ),
    "Team lead": (
        "Helps a shift to do good work, and is there when it gets difficult.",
        "Customers meet people who know how to help them.",
    ),
    "Team manager": (
        "Makes sure that the mechanisms serve the team, and that everybody in it can grow.",
        "Customers meet people who know how to help them.",
    ),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A standard of a role: `about` a measure (“mechanism/measure”) or a behaviour; `team` as its name begins."""

    role: str
    name: str
    statement: str
    serves: str
    about: str = ""
    behaviour: str = ""
    level: float | None = None
    team: str = ""
    outcome: str = ""


FIRST = "Whoever is helped at the first try need not ring again, and tells others so."
BARS = (
    Bar("Customer adviser", "Settled in the first call", "Most callers have what they need when they put the phone "
        "down.", FIRST, "phone-line/first-contact", level=0.64, team="Phone Service Leeds",
        outcome="phone-line/satisfaction"),
    Bar("Customer adviser", "Settled in the first call", "Most callers have what they need when they put the phone "
        "down.", FIRST, "phone-line/first-contact", level=0.58, team="Phone Service Valencia",
        outcome="phone-line/satisfaction"),
    Bar("Customer adviser", "Settled in the first chat", "Most chats end with the matter settled.", FIRST,
        "live-chat/first-contact", level=0.66, team="Chat and Mail Leeds", outcome="live-chat/satisfaction"),
    Bar("Customer adviser", "Settled in the first chat", "Most chats end with the matter settled.", FIRST,
        "live-chat/first-contact", level=0.66, team="Chat and Mail Utrecht", outcome="live-chat/satisfaction"),
    Bar("Customer adviser", "Calls of eight minutes at most", "A call takes no longer than eight minutes.",
        "Shorter calls, so that the next caller waits less.", "phone-line/handling-time", level=480.0,
        outcome="phone-line/satisfaction"),
    Bar("Customer adviser", "Checks that it helped", "Before a contact ends, the customer has said whether it helped.",
        "Only the customer knows whether the matter is settled.",
        behaviour="Checks with the customer that what was done helped."),
    Bar("Case handler", "Refunds in three days", "A refund that is due is issued within three days.",
        "Customers wait for their own money.", "returns-and-refunds/refund-in-time", level=0.8,
        outcome="returns-and-refunds/satisfaction"),
    Bar("Case handler", "Complaints closed in five days", "A complaint has its answer within five days.",
        "Who complains has been let down once already.", "complaint-desk/closed-in-time", level=0.75,
        outcome="complaint-desk/satisfaction"),
    Bar("Fulfilment associate", "The right item", "What is in the parcel is what was ordered.",
        "A wrong item costs a customer a week.", "pick-and-pack/wrong-item", level=0.03, team="Warehouse North",
        outcome="pick-and-pack/satisfaction"),
    Bar("Fulfilment associate", "The right item", "What is in the parcel is what was ordered.",
        "A wrong item costs a customer a week.", "pick-and-pack/wrong-item", level=0.03, team="Warehouse South",
        outcome="pick-and-pack/satisfaction"),
    Bar("Fulfilment associate", "Pulls the cord", "Whoever sees that a parcel would go wrong stops and asks.",
        "The cheapest mistake is the one that no customer meets.",
        behaviour="Pulls the cord when a customer would be let down."),
    Bar("Process owner", "Answers and mends", "A question about the mechanism is answered within a day, and what "
        "let it happen is changed.", "Customers are let down by processes, not by people.",
        behaviour="Takes on what lies between two teams."),
    Bar("Team manager", "Promises of help are kept", "Help that was promised to somebody comes when it was promised.",
        "People who are helped help customers.", behaviour="Keeps promises, or takes them back in time."),
    Bar("Team lead", "Listens at first hand", "Hears or reads a few customers of the team every week.",
        "What customers say is lost in summaries.", behaviour="Listens to customers at first hand."),
)  # fmt: skip


def add(now: datetime) -> None:
    """Adds roles, standards, who has read them, and objectives; nothing where there is no HR partner."""
    partner = Person.objects.at_work().with_role("hr_partner").first()
    if partner is None:
        return
    begun = now - SINCE
    roles = {role.name: role for role in _roles(partner, begun)}
    for bar in BARS:
        _set(bar, roles, partner, begun)
    _raise_one(partner, now - timedelta(days=250))
    _read(now)
    demo_objectives.add(partner, now)


def _roles(partner: Person, begun: datetime) -> Iterator[JobRole]:
    for name, (purpose, serves) in ROLES.items():
        role = actions.add_role(name, purpose=purpose, serves=serves, by=partner, now=begun)
        _assign(role, partner, begun)
        yield role


def _assign(role: JobRole, partner: Person, begun: datetime) -> None:
    """From the beginning, or from the day somebody joined."""
    first = timezone.localdate(begun)
    by_day: dict[date, list[Person]] = {}
    for person in actions.titled(role.name):
        by_day.setdefault(max(first, person.joined or first), []).append(person)
    for day, people in sorted(by_day.items()):
        actions.assign_role(role, people, starts=day, by=partner, now=begun)


def _set(bar: Bar, roles: dict[str, JobRole], partner: Person, begun: datetime) -> None:
    measure, team = measure_of(bar.about), Team.objects.filter(name=bar.team).first()
    behaviour = Behaviour.objects.in_use().filter(text=bar.behaviour).first()
    if (bar.about and not measure) or (bar.team and not team) or (bar.behaviour and not behaviour):
        return
    first = timezone.localdate(begun)
    actions.bring_in_standard(
        roles[bar.role], name=bar.name, statement=bar.statement, serves=bar.serves, team=team, measure=measure,
        behaviour=behaviour, outcome_measure=measure_of(bar.outcome), level=bar.level, starts=first,
        agreed_before=first - timedelta(days=45), source="Service handbook, chapter 2",
        by=partner, now=begun,
    )  # fmt: skip


def _raise_one(partner: Person, at: datetime) -> None:
    """Valencia comes nearer to Leeds, after the new knowledge base was there."""
    lower = Standard.objects.filter(team__name="Phone Service Valencia", measure__isnull=False).first()
    if lower:
        actions.revise_standard(
            lower, level=0.6, starts=timezone.localdate(at) + timedelta(days=14), by=partner, now=at,
            why_changed="Valencia has had the knowledge base of Leeds for half a year.",
        )  # fmt: skip


def _read(now: datetime) -> None:
    """Most people have read what is expected of them, in time; a few have not, one asks and one objects."""
    agreed = list(StandardVersion.objects.agreed().with_all().order_by("standard", "number"))
    newest = {version.standard_id: version.pk for version in agreed}
    people = Person.objects.at_work().filter(holdings__isnull=False).distinct().order_by("number")
    for place, person in enumerate(people.prefetch_related("holdings")):
        held = min(person.holdings.all(), key=lambda one: one.starts)
        ours = [version for version in agreed if version.standard.job_role_id == held.job_role_id]
        for version in queries.applying(ours, person.team_id):
            if place % SLOW_READERS == 3 and version.pk == newest[version.standard_id]:
                continue
            if at := _moment(version, held.starts, place, now):
                actions.acknowledge(version, person, at, **_words(place, version))


def _moment(version: StandardVersion, starts: date, place: int, now: datetime) -> datetime | None:
    """Between agreement and the first day where there is time for it; a few days after joining otherwise."""
    joined = timezone.make_aware(datetime.combine(starts, datetime.min.time()))
    at = max(version.agreed_at, joined) + timedelta(days=1 + place % 5, hours=8 + place % 9)
    return at if at < now and (version.ends is None or timezone.localdate(at) < version.ends) else None


def _words(place: int, version: StandardVersion) -> dict[str, str]:
    if version.standard.measure_id and place % 40 == 11:
        return {
            "kind": "objection",
            "words": "Mondays are understaffed, so the share says as much about the roster as about me.",
        }
    return {"words": "I ask before I hang up, and note it."} if place % 12 == 5 else {}
