"""One series of a review, told: its sentence, the reasons of its points, its picture."""

import numpy as np

from andon.analysis import apart, sentences
from andon.analysis.beyond import beyond
from andon.analysis.sentences import Facts
from andon.analysis.spec import Floats, Ints, Points, Reviewed
from andon.analysis.warn import notes_of
from andon.analysis.working import Work, reason_of, rule_set
from andon.plots import ControlChart


def told(work: Work, points: Points, s: int, segment: int, strong: float, p: float, far: str) -> Reviewed:
    """Series `s`, whose latest phase is `segment`, with how unusual it is (`strong`, `p`) and how far apart."""
    here = slice(int(points.offsets[s]), int(points.offsets[s + 1]))
    facts, judged = _facts(work, points, here)
    last = _last_episode(facts)
    ongoing = last is not None and sentences.is_ongoing(facts, last)
    outside = _outside_spec(work, points, here)
    text = _sentence(work, points, here, facts, outside, ongoing)
    drawn = _drawn(work, points, here, text, s, _reasons(work, points, here, facts, judged))
    marked = points.exception[here]
    return Reviewed(
        name=work.series.names[s],
        index=s,
        chart_kind=work.charted.kinds[segment],
        sentence=drawn.sentence,
        strength=strong,
        p=p,
        out=bool(marked.any()),
        better=bool(marked.any()) and not drawn.worse.any(),
        since=None if last is None else facts.at[last[0]],
        ongoing=ongoing,
        level=float(facts.value[-1]) if len(facts.value) else float("nan"),
        usual=facts.usual,
        customers=_sum(work.series.customers[here][marked]),
        beyond=float(_beyond(work, points, here)[marked].sum()),
        sigma_z=float(work.charted.sigma_z[segment]),
        lag1=float(work.charted.lag1[segment]),
        warnings=notes_of(work, segment),
        far=far,
        outside_spec=outside,
        points=here,
        chart=drawn,
    )


def _facts(work: Work, points: Points, here: slice) -> tuple[Facts, Ints]:
    judged = np.flatnonzero(points.judged[here] & np.isfinite(points.value[here])) + here.start
    base = points.baseline[here] & np.isfinite(points.value[here])
    usual = points.centre[here][base]
    weight = points.n[judged] if work.kind in ("proportion", "rate", "value") else np.ones(len(judged))
    facts = Facts(
        work.spec.measure or work.kind,
        work.kind,
        work.unit,
        work.series.every,
        work.spec.good,
        points.at[judged],
        points.value[judged],
        points.centre[judged],
        points.exception[judged],
        float(usual.mean()) if len(usual) else float("nan"),
        weight,
        bool((points.marks[judged] > 0).any()),
    )
    return facts, judged


def _beyond(work: Work, points: Points, here: slice) -> Floats:
    n, value, centre = points.n[here], points.value[here], points.centre[here]
    return beyond(n, value, centre, work.spec.good, work.kind)


def _last_episode(facts: Facts) -> Ints | None:
    episodes = sentences.episodes(facts)
    return sentences.told(facts, episodes) if episodes else None


def _outside_spec(work: Work, points: Points, here: slice) -> str:
    judged = np.where(points.judged[here], points.value[here], np.nan)
    return apart.spec_sentence(judged, work.spec, work.series.every, work.unit)


def _sentence(work: Work, points: Points, here: slice, facts: Facts, outside: str, ongoing: bool) -> str:
    spec = work.spec
    target = ""
    if not ongoing:  # the limits speak of what was usual, which no longer holds
        target = apart.target_sentence(
            points.lower[here], points.upper[here], spec.target, spec.good, work.unit
        )
    return " ".join(part for part in (sentences.sentence(facts), outside, target) if part)


def _reasons(work: Work, points: Points, here: slice, facts: Facts, judged: Ints) -> list[str]:
    """Why each point is marked; "" where it is not."""
    rules = rule_set(work.spec)
    place = {int(at): i for i, at in enumerate(judged)}
    reasons = [""] * (here.stop - here.start)
    for i in np.flatnonzero(points.exception[here]).tolist():
        at = here.start + i
        why = reason_of(rules, int(points.marks[at]))
        reasons[i] = sentences.reason(facts, place[at], why, float(points.score[at]))
    return reasons


def _drawn(work: Work, points: Points, here: slice, text: str, s: int, reasons: list[str]) -> ControlChart:
    every = work.series.every
    return ControlChart(
        title=work.series.names[s],
        sentence=text,
        at=points.at[here],
        value=points.value[here],
        centre=points.centre[here],
        lower=points.lower[here],
        upper=points.upper[here],
        marked=points.exception[here],
        reasons=reasons,
        phase=points.phase[here],
        every="" if every == "second" else every,
        unit=work.unit,
        good=work.spec.good,
        target=work.spec.target,
        spec_lower=work.spec.lower,
        spec_upper=work.spec.upper,
    )


def _sum(customers: Floats) -> float:
    return float(customers.sum()) if len(customers) else 0.0
