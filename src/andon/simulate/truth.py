"""truth.json: what was planted, and how big it is in the files that were written."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from . import effects as spread
from .adjusted import adjusted
from .causes import Cause
from .contrasts import Story, sizes_of
from .names import customer_ids
from .sizes import Sizes
from .texts import phrases

VERSION = 1
Entry = dict[str, Any]


def truth_of(story: Story, seed: int, sizes: Sizes, *, effects_too: bool) -> Entry:
    """The whole of truth.json."""
    window = story.setting.window
    truth = {
        "version": VERSION,
        "seed": seed,
        "sizes": {name: getattr(sizes, name) for name in Sizes.__slots__},
        "window": {"from": f"{window.start}T00:00:00Z", "to": f"{window.end}T00:00:00Z"},
        "causes": entries(story),
    }
    return truth | ({"effects": effects_of(story), "adjusted": adjusted(story)} if effects_too else {})


def entries(story: Story) -> list[Entry]:
    """One entry for each cause that really is in the files, in order of time."""
    found = [entry for cause in story.setting.causes if (entry := _entry(story, cause))]
    return sorted(found, key=lambda entry: (entry["from"], entry["id"]))


def _entry(story: Story, cause: Cause) -> Entry | None:
    sizes = sizes_of(story, cause)
    if not sizes:
        return None
    return {
        "id": cause.id,
        "kind": cause.kind,
        "mechanism": cause.mechanism or None,
        "measures": _measures(story, cause),
        "columns": list(cause.columns),
        "from": f"{cause.start}Z",
        "to": f"{cause.end}Z",
        "special_cause": cause.special,
        "sizes": [asdict(size) for size in sizes],
        **_who(story, cause),
        "sentence": cause.sentence,
        "how_to_find": cause.find,
    }


def _who(story: Story, cause: Cause) -> Entry:
    """The person, team, product or customer behind a cause, where there is one."""
    staff, who = story.setting.staff, Entry()
    if cause.worker is not None:
        team = staff.teams[staff.team_of[cause.worker]].name
        who |= {"worker": int(staff.numbers[cause.worker]), "team": team}
    if cause.team is not None:
        who["team"] = staff.teams[cause.team].name
    if cause.product is not None:
        who |= {"product": cause.product, "phrases": phrases()}
    if cause.contrast == "caller":
        who["customer"] = str(customer_ids(story.rows.customer[story.caller[:1]].astype(np.int64))[0])
    return who


def _measures(story: Story, cause: Cause) -> list[str]:
    """Names as mechanism/measure of the measures that watch a planted column where it was planted."""
    places = {cause.mechanism} | {shift.mechanism for shift in cause.shifts}
    return [
        f"{mechanism.slug}/{measure.slug}"
        for mechanism in story.setting.mechanisms
        if mechanism.slug in places
        for measure in mechanism.measures
        if measure.outcome in cause.columns
    ]


def effects_of(story: Story) -> Entry:
    """The true effects in log-odds, with what was planted on a person added, for checking attribution."""
    staff, drawn = story.setting.staff, story.effects
    planted = {s.worker: s.by for cause in story.setting.causes for s in cause.shifts if s.worker is not None}
    return {
        "mechanisms": {mechanism.slug: mechanism.ease for mechanism in story.setting.mechanisms},
        "teams": {team.name: _round(drawn.team[place]) for place, team in enumerate(staff.teams)},
        "workers": {
            str(staff.numbers[place]): _round(drawn.worker[place] + planted.get(place, 0.0))
            for place, person in enumerate(staff.people)
            if person.serves
        },
        "worker_and_mechanism": {
            str(staff.numbers[place]): dict(
                zip(story.setting.slugs, map(_round, drawn.pair[place]), strict=True)
            )
            for place, person in enumerate(staff.people)
            if person.serves
        },
        "spreads": {
            "worker": spread.WORKER,
            "worker_and_mechanism": spread.PAIR,
            "team": spread.TEAM,
            "day": spread.DAY,
        },
    }


def _round(value: float) -> float:
    return round(float(value), 5)
