"""A made-up organisation, brought in the way a user would: by the same actions, from files."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from andon.escalations import actions as escalations
from andon.flow import (
    demo_asking,
    demo_calibration,
    demo_coaching,
    demo_evidence,
    demo_fairness,
    demo_growth,
    demo_plans,
    demo_pulse,
    demo_questions,
    demo_standards,
    story,
)
from andon.mechanisms.actions import import_register
from andon.mechanisms.models import Measure
from andon.people.actions import import_staff
from andon.people.models import Person
from andon.signals import actions as signals
from andon.signals import imports
from andon.signals.models import Dataset, Signal
from andon.watch.models import ChartException

Progress = Callable[[str], None]
SEPARATED = (
    "csat",
    "effort",
    "resolved_first",
    "repeat_contact",
)  # what customers feel; the rest takes longer
AUDITED = {"csat": ("", "phone-line"), "repeat_contact": ("", "phone-line")}
"""Outcomes of customers and where; the rest follows with the next data, as it takes minutes."""
FILES = ("teams.csv", "people.csv", "mechanisms.csv", "measures.csv", "interactions.parquet", "signals.csv")


def load_demo(folder: Path, by: Person | None, now: datetime, progress: Progress = lambda step: None) -> None:
    """Brings in what `andon simulate` wrote to `folder`, and asks a handful of questions about it."""
    progress("People and teams")
    import_staff(rows(folder / "teams.csv"), rows(folder / "people.csv"), by=by, now=now)
    progress("The register of mechanisms")
    import_register(rows(folder / "mechanisms.csv"), rows(folder / "measures.csv"), by, now)
    by = by or Person.objects.at_work().with_role("analyst").first()
    progress("What happened to customers")
    bring(folder / "interactions.parquet", "interactions", imports.import_interactions, by, now)
    progress("What customers said")
    bring(folder / "signals.csv", "signals", imports.import_signals, by, now)
    for chapter, tell in _chapters(folder):
        progress(chapter)
        tell(now)


def _chapters(folder: Path) -> tuple[tuple[str, Callable[[datetime], object]], ...]:
    """What happened since, each with what the progress says meanwhile, in the order in which one rests on another."""
    return (
        ("Charts of every measure", story.refresh_all),
        ("What is expected, and what is to be reached", demo_standards.add),
        ("Person and process", lambda now: story.separate(now, SEPARATED)),
        ("Which numbers customers feel", _audit),
        ("Coaching, promises and talks", demo_coaching.add),
        ("Thanks, feedback, training and paths", demo_growth.add),
        ("Records, seen and answered", demo_evidence.add),
        ("Plans, and a gate that stays shut", _plan),
        ("Groups, and an audit of whether all are treated alike", demo_fairness.add),
        ("Suggestions for signals without a mechanism", story.learn),
        ("Clusters of what customers say", lambda now: story.listen(now, look_back=True)),
        ("The ways of customers over all channels", story.follow_journeys),
        ("A few questions", ask),
        ("Questions explained, changes planned, watched and judged", demo_questions.add),
        ("Half a year of questions, and where nobody asks", partial(demo_asking.add, folder)),
        ("The pulse, wave by wave", partial(demo_pulse.add, folder)),
    )


def _audit(now: datetime) -> None:
    story.count_contacts(now)
    for outcome, mechanisms in AUDITED.items():
        story.audit_metrics(now, [outcome], mechanisms)


def _plan(now: datetime) -> None:
    demo_plans.add(now)
    demo_calibration.add(now)


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def bring(path: Path, holds: str, importer: imports.Import, by: Person | None, now: datetime) -> Dataset:
    """Reads the file here and now; nothing waits for a worker that has not been started."""
    dataset = signals.bring(path.name, path, holds, by, now)
    imports.read_now(dataset, dataset.preview["guess"], importer, now)
    if dataset.state != Dataset.State.DONE:
        raise RuntimeError(f"{path.name}: {dataset.problem}")
    return dataset


def ask(now: datetime) -> None:
    """Questions in every state: just asked, late, taken on, answered, closed, without a mechanism."""
    leader = Person.objects.at_work().with_role("leader").first()
    worst = list(
        Measure.objects.filter(chart__out=True).order_by("-chart__customers").select_related("mechanism")
    )
    if leader is None or not worst:
        return
    for place, measure in enumerate(worst[:5]):
        _ask_about(measure, place, leader, now)
    _ask_about_signals(now)


def _ask_about(measure: Measure, place: int, leader: Person, now: datetime) -> None:
    point = ChartException.objects.filter(measure=measure, withdrawn_at=None).exclude(worse=False).first()
    asked = now - timedelta(hours=(1, 3, 7, 30, 52)[place], minutes=17 * place)
    note = (
        "?",
        "Customers write to me about this. What happened here?",
        "Who noticed this before our customers did?",
        "How many were touched, and how do we put it right for them?",
        "What has changed in this process since?",
    )[place]
    question = escalations.raise_escalation(
        by=leader, now=asked, measure=measure, point_at=point.at if point else None, note=note
    )
    if place and (owner := measure.mechanism.owner):
        _answer(question, owner, place, asked)


def _answer(question, owner: Person, place: int, asked: datetime) -> None:
    """As far as the place says: taken on, noted, answered, closed."""

    def later(**much):
        return asked + timedelta(**much)

    escalations.own(question, by=owner, now=later(minutes=25))
    if place >= 2:
        escalations.write(
            question,
            "note",
            "We are looking at the cases of the last two weeks.",
            by=owner,
            now=later(hours=1),
        )
    if place >= 3:
        text = "The customers concerned have been written to, and what they paid too much has been sent back."
        escalations.write(question, "made_right", text, by=owner, now=later(hours=3))
    if place >= 4:
        text = "A change in the process was not tested with the cases that differ. It has been taken back."
        escalations.write(question, "explained", text, by=owner, now=later(hours=20))
        escalations.close(question, "Put right and explained.", by=owner, now=later(hours=22))


def _ask_about_signals(now: datetime) -> None:
    """Somebody pulls the cord where the mechanism is known, and somebody where it is not."""
    employee = (
        Person.objects.at_work().filter(team__isnull=False, manager__isnull=False, reports=None).first()
    )
    analyst = Person.objects.at_work().with_role("analyst").first()
    asked = now - timedelta(hours=2)
    said = Signal.objects.exclude(text="").filter(received_at__lt=asked)
    seen = (
        said.visible_to(employee).filter(mechanism__isnull=False, band__in=["low", ""]).first()
        if employee
        else None
    )
    if seen:
        escalations.raise_escalation(
            by=employee, now=asked, signal=seen, note="The third customer this week."
        )
    if analyst and (unknown := said.unassigned().first()):
        escalations.raise_escalation(
            by=analyst, now=now - timedelta(minutes=40), signal=unknown, note="Whose is this?"
        )
