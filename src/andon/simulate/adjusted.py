"""What each worker would reach with everybody's cases: the truth that attribution is after.

A sample of the rows that were served is given to every worker in turn, each row with its own mechanism, team, day,
customer and wait, and what is to be expected of it then is averaged. So there is no chance in it but the sample's,
which is the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from .contrasts import Story
from .desk import Desk, Mask, open_desk
from .frame import NOBODY
from .outcomes import (
    CUTS,
    again_odds,
    answering,
    kept_odds,
    satisfaction,
    settled_odds,
)
from .seasons import Floats

MOST_ROWS = 20_000
COLUMNS = ("resolved_first", "repeat_contact", "csat")
Index = NDArray[np.int64]


@dataclass(slots=True)
class _Sums:
    """Expectations added up over rows; csat over those who answer."""

    rows: float = 0.0
    resolved_first: float = 0.0
    repeat_contact: float = 0.0
    csat: float = 0.0
    answers: float = 0.0

    def means(self) -> dict[str, float]:
        reached = self.resolved_first / self.rows, self.repeat_contact / self.rows, self.csat / self.answers
        return dict(zip(COLUMNS, (round(value, 5) for value in reached), strict=True))


def adjusted(story: Story) -> dict[str, dict[str, float]]:
    """By staff number: expected share resolved at first, share coming back, and CSAT, on everybody's cases."""
    served = np.flatnonzero(story.rows.worker != NOBODY)
    if not len(served):
        return {}
    sample = served[:: -(-len(served) // MOST_ROWS)]
    staff = story.setting.staff
    workers = [place for place, person in enumerate(staff.people) if person.serves]
    return {str(staff.numbers[worker]): _reached(story, sample, worker) for worker in workers}


def _reached(story: Story, sample: Index, worker: int) -> dict[str, float]:
    sums = _Sums()
    everybodys = replace(story.rows, worker=np.full_like(story.rows.worker, worker))
    for place in np.unique(story.rows.mechanism[sample]):
        index = sample[story.rows.mechanism[sample] == place]
        # Nothing is drawn: the generator is there as a desk needs one.
        desk = open_desk(
            np.random.default_rng(0), int(place), everybodys, index, story.effects, story.setting
        )
        _add(sums, desk, np.maximum(story.outcomes["wait_time"][index].astype(np.float64), 0.0))
    return sums.means()


def _add(sums: _Sums, desk: Desk, wait: Floats) -> None:
    """Expectations of one mechanism's rows: over promises kept or not, and matters settled or not."""
    promise = desk.mechanism.promise
    keeping = np.ones(desk.count) if promise is None else expit(kept_odds(desk, promise))
    sums.rows += desk.count
    for kept in (True, False):
        chance = keeping if kept else 1 - keeping
        settling = expit(settled_odds(desk, _all(desk, kept)))
        sums.resolved_first += float(chance @ settling)
        for settled in (True, False):
            _add_branch(sums, desk, wait, (kept, settled), chance * (settling if settled else 1 - settling))


def _add_branch(sums: _Sums, desk: Desk, wait: Floats, branch: tuple[bool, bool], chance: Floats) -> None:
    kept, settled = (_all(desk, way) for way in branch)
    sums.repeat_contact += float(chance @ expit(again_odds(desk, settled)))
    felt = satisfaction(desk, kept, settled, wait)
    csat = 1 + expit(felt[:, None] - CUTS).sum(axis=1)
    answers = chance * answering(desk, kept)
    sums.csat += float(answers @ csat)
    sums.answers += float(answers.sum())


def _all(desk: Desk, way: bool) -> Mask:
    return np.full(desk.count, way)
