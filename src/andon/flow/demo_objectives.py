"""What the demo organisation wants to reach this quarter, what it wanted the quarter before, and how far it is.

Done as people would have: by an HR partner and by those it concerns, each at a moment in the past.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from andon.mechanisms.models import Measure
from andon.people.models import Person, Team
from andon.standards import actions
from andon.standards.models import Cycle, KeyResult, Objective
from andon.standards.rules.progress import Part, of_part
from andon.watch.models import Chart

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


def add(partner: Person, now: datetime) -> None:
    """Adds two cycles with their objectives, key results and check-ins, and a template."""
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
    named = measure_of(names)
    if (whose and not team) or (names and not named):
        return None
    objective = actions.write_objective(
        title, why=why, cycle=cycle, team=team, measure=named, by=partner, now=at,
        parent=written[under] if under is not None else None,
    )  # fmt: skip
    for result, about, target in results:
        _result(objective, result, measure_of(about), target, partner, at)
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
        "Customers hear from us before they ask", cycle=cycle, measure=measure_of("home-delivery/on-the-day"),
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


def measure_of(name: str) -> Measure | None:
    """Named as “mechanism/measure”."""
    mechanism, _slash, measure = name.partition("/")
    return Measure.objects.filter(mechanism__slug=mechanism, slug=measure).first()
