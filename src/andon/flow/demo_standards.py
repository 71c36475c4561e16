"""What is expected in the demo organisation, who has read it, and what it wants to reach this quarter.

Done as people would have: by an HR partner and by those it concerns, each at a moment in the past.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from andon.mechanisms.models import Measure
from andon.people.models import Person, Team
from andon.standards import actions, queries
from andon.standards.models import Behaviour, Cycle, JobRole, KeyResult, Objective, Standard, StandardVersion
from andon.standards.rules.progress import Part, of_part
from andon.watch.models import Chart

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
    _objectives(partner, now)


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


def _measure(name: str) -> Measure | None:
    mechanism, _slash, measure = name.partition("/")
    return Measure.objects.filter(mechanism__slug=mechanism, slug=measure).first()


def _set(bar: Bar, roles: dict[str, JobRole], partner: Person, begun: datetime) -> None:
    measure, team = _measure(bar.about), Team.objects.filter(name=bar.team).first()
    behaviour = Behaviour.objects.in_use().filter(text=bar.behaviour).first()
    if (bar.about and not measure) or (bar.team and not team) or (bar.behaviour and not behaviour):
        return
    first = timezone.localdate(begun)
    actions.bring_in_standard(
        roles[bar.role], name=bar.name, statement=bar.statement, serves=bar.serves, team=team, measure=measure,
        behaviour=behaviour, outcome_measure=_measure(bar.outcome), level=bar.level, starts=first,
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


OBJECTIVES = (
    # whose, objective, why, under, names, key results: (title, measure, target)
    ("", "Customers are helped at the first try", "Repeat contacts are our customers' time.", None,
     "phone-line/repeat-contact",
     (("Fewer callers have to call again", "phone-line/repeat-contact", 0.11),
      ("Callers are satisfied", "phone-line/satisfaction", 4.1))),
    ("", "The right thing arrives, and money comes back on time", "", None, "returns-and-refunds/refund-in-time",
     (("Refunds issued in three days", "returns-and-refunds/refund-in-time", 0.93),
      ("Parcels with a wrong item", "pick-and-pack/wrong-item", 0.01))),
    ("Phone Service Leeds", "Transfers go only where they help", "Each transfer is told the story again.", 0, "",
     (("Transfers a call", "phone-line/transfers", 0.12),
      ("Settled in the first call", "phone-line/first-contact", 0.75))),
    ("Phone Service Leeds", "Shorter calls", "Nobody has asked yet whether callers want that.", 0, "",
     (("Handling time of a call", "phone-line/handling-time", 280.0),)),
    ("Phone Service Valencia", "Callbacks are kept", "", 0, "",
     (("Callbacks kept", "callback/kept", 0.9),)),
    ("Chat and Mail Leeds", "Questions in the chat end settled", "", 0, "",
     (("Settled in the first chat", "live-chat/first-contact", 0.78),)),
    ("Returns and Payments", "No refund waits for a second signature", "", 1, "",
     (("Refunds issued in three days", "returns-and-refunds/refund-in-time", 0.92),
      ("Hours to a refund", "returns-and-refunds/time-to-refund", 48.0))),
    ("Warehouse North", "Labels that cannot be read wrong", "", 1, "",
     (("Parcels with a wrong item", "pick-and-pack/wrong-item", 0.012),)),
    ("Chat and Mail Utrecht", "A tidy knowledge base", "Nobody has said yet which customer notices.", None, "",
     (("Articles without a review date", "", 0.0),)),
)  # fmt: skip


def _objectives(partner: Person, now: datetime) -> None:
    today = timezone.localdate(now)
    before = _cycle("The quarter before", today - timedelta(days=140), 91, partner, now)
    _past(before, partner, now)
    cycle = _cycle("This quarter", today - timedelta(days=48), 91, partner, now)
    written: list[Objective | None] = []
    for row in OBJECTIVES:
        written.append(_write(row, written, cycle, partner, now - timedelta(days=46)))
    _personal([one for one in written if one], cycle, now)
    _template(partner, now)


def _cycle(name: str, starts: date, days: int, partner: Person, now: datetime) -> Cycle:
    at = now - (timezone.localdate(now) - starts) - timedelta(days=5)
    named = f"{name}, from {starts:%-d %B %Y}"
    cycle = actions.begin_cycle(
        named, starts=starts, ends=starts + timedelta(days=days - 1), by=partner, now=at
    )
    return actions.open_cycle(cycle, by=partner, now=at + timedelta(days=5))


def _write(
    row: tuple, written: list[Objective | None], cycle: Cycle, partner: Person, at: datetime
) -> Objective | None:
    whose, title, why, under, names, results = row
    team = Team.objects.filter(name=whose).first()
    named = _measure(names)
    if (whose and not team) or (names and not named):
        return None
    objective = actions.write_objective(
        title, why=why, cycle=cycle, team=team, measure=named, by=partner, now=at,
        parent=written[under] if under is not None else None,
    )  # fmt: skip
    for result, about, target in results:
        _result(objective, result, _measure(about), target, partner, at)
    return objective


def _result(
    objective: Objective, title: str, measure: Measure | None, target: float, partner: Person, at: datetime
) -> None:
    """From where its measure stood then; checked in on fortnightly with what the chart says."""
    if measure is None:
        added = actions.add_key_result(
            objective, title=title, baseline=84.0, target=target, unit="", good="low", by=partner, now=at
        )
        actions.check_in(added, 61.0, "middle", note="A third done.", by=partner, now=at + timedelta(days=20))
        return
    points = _points(measure)
    baseline = _as_of(points, at)
    if baseline is None:
        return
    better = (target > baseline) if measure.good == "high" else (target < baseline)
    added = actions.add_key_result(
        objective, title=title, baseline=round(baseline, 4), target=target if better else _beyond(baseline, measure),
        unit=measure.unit, good=measure.good, measure=measure, by=partner, now=at,
    )  # fmt: skip
    _check_in(added, points, partner, at)


def _beyond(baseline: float, measure: Measure) -> float:
    """A quarter of the way on, where the measure stood better already than was asked for."""
    if measure.good == "low":
        return round(0.75 * baseline, 4)
    return round(baseline + (1 - baseline) / 4 if measure.unit == "share" else 1.25 * baseline, 4)


def _check_in(
    key_result: KeyResult, points: list[tuple[datetime, float]], partner: Person, at: datetime
) -> None:
    lead = _lead(key_result.objective.team) or partner
    for fortnight in (1, 2, 3):
        then = at + timedelta(days=14 * fortnight)
        value = _as_of(points, then)
        if value is not None:
            actions.check_in(key_result, round(value, 4), _sure(key_result, value), by=lead, now=then)


def _sure(key_result: KeyResult, value: float) -> str:
    """As somebody careful would say it."""
    share = of_part(Part(key_result.baseline, key_result.target, key_result.good, value)).share or 0.0
    return "high" if share >= 0.6 else "middle" if share >= 0.25 else "low"


def _lead(team: Team | None) -> Person | None:
    return Person.objects.at_work().filter(team=team, title="Team manager").first() if team else None


def _points(measure: Measure) -> list[tuple[datetime, float]]:
    chart = Chart.objects.filter(measure=measure).first()
    columns = chart.points if chart else {}
    pairs = zip(columns.get("at", []), columns.get("value", []), strict=False)
    return [(_moment_of(at), value) for at, value in pairs if value is not None]


def _moment_of(at: str) -> datetime:
    told = datetime.fromisoformat(at)
    return told if told.tzinfo else told.replace(tzinfo=timezone.get_default_timezone())


def _as_of(points: list[tuple[datetime, float]], at: datetime) -> float | None:
    """The mean of a month of points before a moment: a single one would mostly be chance."""
    lately = [value for when, value in points if at - timedelta(days=28) <= when <= at]
    return sum(lately) / len(lately) if lately else None


def _past(cycle: Cycle, partner: Person, now: datetime) -> None:
    """A frozen cycle, with a note beside what turned out wrong."""
    at = now - timedelta(days=130)
    objective = actions.write_objective(
        "Customers hear from us before they ask", cycle=cycle, measure=_measure("home-delivery/on-the-day"),
        by=partner, now=at,
    )  # fmt: skip
    told = {"title": "Parcels with a message on the day", "baseline": 0.35, "target": 0.8, "unit": "share"}
    added = actions.add_key_result(objective, by=partner, now=at, **told)
    for days, value in ((20, 0.41), (45, 0.58), (75, 0.66)):
        actions.check_in(added, value, "middle", by=partner, now=at + timedelta(days=days))
    actions.freeze_cycle(cycle, by=partner, now=now - timedelta(days=47))
    words = "The last value counted test messages too: without them it was 62 %."
    actions.correct(objective, words, by=partner, now=now - timedelta(days=40))


def _personal(above: list[Objective], cycle: Cycle, now: datetime) -> None:
    """Two people of each team that has an objective want to learn something that serves it."""
    at = now - timedelta(days=40)
    for objective in (one for one in above if one.team_id):
        people = Person.objects.at_work().filter(team=objective.team, reports=None).order_by("number")[:2]
        for place, person in enumerate(people):
            mine = actions.write_objective(
                "Hear what customers say after we thought it was settled", cycle=cycle, person=person,
                parent=objective, by=person, now=at,
            )  # fmt: skip
            told = {
                "title": "Calls listened to with a colleague",
                "baseline": 0.0,
                "target": 12.0,
                "unit": "calls",
            }
            added = actions.add_key_result(mine, by=person, now=at, **told)
            if place == 0:
                actions.check_in(
                    added, 5.0, "high", note="The returns calls taught me most.", by=person,
                    now=at + timedelta(days=21),
                )  # fmt: skip


def _template(partner: Person, now: datetime) -> None:
    results = [
        {
            "title": "Customers heard at first hand",
            "baseline": 0.0,
            "target": 10.0,
            "unit": "",
            "good": "high",
        }
    ]
    actions.keep_template(
        "Sit in with customers", title="Hear ten customers at first hand this quarter",
        why="What customers say is lost in summaries.", key_results=results, by=partner, now=now,
    )  # fmt: skip
