"""The story: what follows from what. A step calls the actions of the stages and nothing else."""

from collections.abc import Collection, Iterable
from datetime import datetime

from andon.flow import lists
from andon.mechanisms.models import Measure
from andon.signals import imports
from andon.signals.models import Dataset

HOLDS = Dataset.Holds


def read(dataset: Dataset, now: datetime) -> bool:
    """Reads a queued file and does what follows. False when it was not waiting any more."""
    importer, arrived = STEPS[dataset.holds]
    done = imports.read(dataset, importer, now)
    if done and dataset.state == Dataset.State.DONE:
        arrived(dataset, now)
    return done


def interactions_arrived(dataset: Dataset, now: datetime) -> None:
    """Every chart is computed anew; person and process are separated when there is time for it."""
    brought_anew(now)


def signals_arrived(dataset: Dataset, now: datetime) -> None:
    """Signals without a mechanism are suggested one, and clusters among all of them are looked for."""
    from andon.flow import tasks

    learn(now)
    tasks.listen_soon(look_back=True)
    tasks.follow_soon()


def staff_arrived(dataset: Dataset, now: datetime) -> None:
    """Roles and access follow from the list at once; plans of people who left are over, what they owed passes on."""
    from andon.growth.actions.promises import note_passed_on
    from andon.plans.actions import close_for_leavers

    close_for_leavers(now)
    note_passed_on(now)


def register_arrived(dataset: Dataset, now: datetime) -> None:
    """Every chart is computed anew, those of new measures for the first time."""
    brought_anew(now)


def brought_anew(now: datetime) -> int:
    """What follows from other interactions or other measures: charts at once, the rest soon."""
    from andon.flow import tasks

    done = refresh_all(now)
    tasks.separate_soon()
    tasks.audit_metrics_soon()
    tasks.follow_soon()
    return done


def separate(now: datetime, outcomes: Iterable[str]) -> int:
    """Separates person and process anew in these outcomes; how many could be."""
    from andon.attribution import actions

    return actions.separate(now, outcomes)


def to_separate() -> list[str]:
    """The outcomes to separate; what was computed of others is forgotten."""
    from andon.attribution import actions

    return actions.to_separate()


def audit_metrics(now: datetime, outcomes: Iterable[str], mechanisms: Collection[str] | None = None) -> int:
    """Audits anew which metrics matter to these outcomes of customers; how many audits could be made.

    `mechanisms`: only in these, "" for everywhere; None: in all in which somebody is held to a number.
    """
    from andon.culture.metrics import actions

    return actions.audit(now, outcomes, mechanisms)


def count_contacts(now: datetime) -> int:
    """Counts the numbers of the contact centre anew; how many charts there are."""
    from andon.culture.centre import actions

    return actions.count(now)


def outcomes_to_audit() -> list[str]:
    """The outcomes of customers in the lake; what was said of others is forgotten."""
    from andon.culture.metrics import actions

    return actions.to_audit()


def register_changed(measures, now: datetime) -> int:
    """Charts of these measures are computed anew."""
    from andon.watch import actions

    return actions.refresh(measures, now)


def refresh_all(now: datetime) -> int:
    return register_changed(Measure.objects.filter(retired_at=None, mechanism__retired_at=None), now)


def load_demo(folder, by, now: datetime, progress=lambda step: None) -> None:
    """See `flow.demo`."""
    from andon.flow import demo

    demo.load_demo(folder, by, now, progress)


def learn(now: datetime) -> int:
    """Suggests a mechanism for signals without one, from those that have one; how many got it."""
    from andon.signals import suggesting

    return suggesting.suggest(now)


def listen(now: datetime, look_back: bool | None = None) -> int:
    """Looks through what customers said for clusters; how many go on. `look_back`: also for those that are over."""
    from andon.watch import clusters

    return clusters.refresh(now, look_back=look_back)


def look_for_silence(now: datetime) -> None:
    """Where customers complain or charts are out of spec, and nobody asks; and last week is kept as it was."""
    from andon.culture import silence
    from andon.culture.weekly import keep_last_week

    silence.refresh(now)
    keep_last_week(now)


def follow_journeys(now: datetime) -> None:
    """The ways of customers over all channels, from what happened to them and what they said."""
    from andon.culture.journeys import keeping

    keeping.refresh(now)


def climb(now: datetime) -> int:
    """Promises about questions that were not kept are told, a level higher each time; how many levels."""
    from andon.escalations import climbing

    return climbing.climb(now)


def judge(now: datetime) -> int:
    """Judges every change whose window is over; how many."""
    from andon.escalations import watching

    due = list(watching.due(now))
    for countermeasure in due:
        judge_one(countermeasure, None, now)
    return len(due)


def judge_one(countermeasure, by, now: datetime):
    """Judges a change by its chart; a verified one begins a new phase, so that chart is computed anew."""
    from andon.escalations import actions
    from andon.flow import tasks

    judgement = actions.judge(countermeasure, by, now)
    if judgement.phase_id:
        tasks.recompute.enqueue(countermeasure.measure_id)
    return judgement


STEPS = {
    HOLDS.INTERACTIONS: (imports.import_interactions, interactions_arrived),
    HOLDS.SIGNALS: (imports.import_signals, signals_arrived),
    HOLDS.PEOPLE: (lists.import_list, staff_arrived),
    HOLDS.MECHANISMS: (lists.import_list, register_arrived),
}
