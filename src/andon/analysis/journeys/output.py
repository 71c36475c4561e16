"""What following customers leaves behind: journeys.json, report.html, refused.csv. No customer is named in any of it,
but in the file of what could not be read.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from andon.analysis.journeys.ask import Answer
from andon.analysis.journeys.spec import Band, Counted, JourneyStep, Passage, PathTaken, Saving
from andon.analysis.leaving import plain, write_json, write_refused


def journeys(answer: Answer) -> dict[str, Any]:
    """journeys.json: all that was found, in the order of the report."""
    found, channels = answer.found, answer.channels
    return {
        "sentence": found.sentence,
        "contacts": found.contacts,
        "customers": found.customers,
        "journeys": found.journeys,
        "of_one_contact": found.single,
        "may_go_on": found.open,
        "gap_days": found.gap,
        "from": f"{answer.starts}Z",
        "to": f"{answer.ends}Z",
        "months": found.months,
        "fewest_customers": answer.question.spec.fewest,
        "steps": [_step(one, answer) for one in found.steps],
        "paths": [_path(one) for one in found.paths],
        "journeys_on_rarer_paths": found.few,
        "passages": [_passage(one) for one in found.passages],
        "picture": [_band(one) for one in found.bands],
        "channels": asdict(channels) if channels else None,
        "outcome": [asdict(one) for one in answer.got] or None,
        "rows_read": answer.rows,
        "rows_without_customer_or_time": found.nobody,
        "rows_refused": len(answer.refused),
        "warnings": list(answer.notes),
    }


def _step(step: JourneyStep, answer: Answer) -> dict[str, Any]:
    return {
        "step": step.name,
        "contacts": step.contacts.times,
        "customers": step.contacts.customers,
        "journeys": step.journeys,
        "begin_here": step.begins.times,
        "end_here": step.ends.times,
        "repeats": step.repeats.times,
        "repeat_share": step.repeat_share,
        "passed_on": _times(step.passed),
        "hand_overs": step.hand_overs,
        "gave_up": _times(step.gave_up),
        "gave_up_and_gone": _times(step.left),
        "wait_seconds": step.wait,
        "effort": step.effort,
        "effort_answers": step.asked,
        "outcome": answer.outcomes.get(step.name),
        "hours_to_next": step.hours,
        "saving": _saving(step.saving),
    }


def _times(counted: Counted | None) -> int | None:
    return counted.times if counted else None


def _saving(saving: Saving | None) -> dict[str, Any] | None:
    """Amounts a month."""
    if saving is None:
        return None
    return {
        "contacts": saving.contacts,
        "returns": saving.returns,
        "anyway": saving.anyway,
        "saved": asdict(saving.saved),
        "days": asdict(saving.days),
        "told_apart": saving.told,
    }


def _path(path: PathTaken) -> dict[str, Any]:
    return {
        "steps": list(path.steps),
        "journeys": path.journeys,
        "customers": path.customers,
        "goes_on": path.more,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "from": passage.start,
        "to": passage.end,
        "times": passage.times,
        "customers": passage.customers,
        "hours": passage.hours,
    }


def _band(band: Band) -> dict[str, Any]:
    return {"contact": band.place, "from": band.start, "to": band.end or None, "journeys": band.journeys}


def write(answer: Answer, report: str, folder: Path) -> None:
    """All files into `folder`."""
    write_json(folder / "journeys.json", plain(journeys(answer)))
    (folder / "report.html").write_text(report, "utf-8")
    if answer.refused:
        write_refused(folder / "refused.csv", answer.refused)
