"""From rows to an audit: each metric by itself, then all together."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.metrics import telling
from andon.analysis.metrics.between import between, correlation
from andon.analysis.metrics.harms import harms
from andon.analysis.metrics.judging import chance, form_of, judged
from andon.analysis.metrics.saying import Scale, words_joined
from andon.analysis.metrics.spec import (
    CANNOT_TELL,
    NOT,
    SMALLEST,
    UNKNOWN,
    VERDICTS,
    Audit,
    AuditSpec,
    Between,
    Finding,
    Floats,
    Form,
    Harm,
    Interval,
    Joint,
    Moving,
    Step,
)  # fmt: skip
from andon.analysis.metrics.together import Together, copies, joint_of, together
from andon.analysis.metrics.trending import moving
from andon.analysis.metrics.within import Within, associate, lean, sensible_step
from andon.lake.metrics import MetricCells, Rows, fine_counts, joint_cells, metric_cells
from andon.stats.within.cluster import adjusted

ITSELF = 0.9999  # correlation from which a metric is a copy of the outcome
NOBODY = "nobody is named in any case that knows it"
MOST_TOGETHER = 8  # metrics in one model
NOTHING = Step(np.nan, np.nan, "none", UNKNOWN)
EMPTY = Form("cannot tell", np.nan, np.nan, np.nan, UNKNOWN, ())


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """What is kept of one metric once its cells are let go."""

    name: str
    cells: MetricCells
    found: Within
    step: Step
    units: tuple[Between, ...]
    harms: tuple[Harm, ...]
    moving: Moving | None


def audit(rows: Rows, spec: AuditSpec, tell: Callable[[str], None] = lambda text: None) -> Audit:
    """All metrics of `rows`."""
    outcome = rows.outcome
    scale = Scale(rows.plan.spec.outcome, outcome.binary, spec.good or "high")
    matters = spec.matters if spec.matters is not None else SMALLEST * outcome.spread
    looked: list[_Looked] = []
    dead: list[Finding] = []
    for number, name in enumerate(rows.metrics, 1):
        tell(f"Looking at {name} ({number} of {len(rows.metrics)})")
        one = _look(rows, name, spec, scale, matters)
        if isinstance(one, _Looked):
            looked.append(one)
        else:
            dead.append(one)
    p = np.array([chance(one.found) for one in looked])
    beside = _together(rows, looked, p, tell)
    steps = {one.name: one.step for one in looked}
    made = [
        _finding(one, float(chance_), float(raised), spec, scale, matters, beside, steps, rows)
        for one, chance_, raised in zip(looked, p, adjusted(p), strict=True)
    ]
    return _audit(rows, spec, scale, matters, looked, [*made, *dead])


def _look(rows: Rows, name: str, spec: AuditSpec, scale: Scale, matters: float) -> _Looked | Finding:
    look = rows.metrics[name]
    if look.constant:
        why = "it has no values" if not look.known else "it is the same in every case"
        return _untold(name, float(look.known), why)
    cells = metric_cells(rows, name)
    if not len(cells):
        return _untold(name, 0.0, NOBODY)
    if abs(correlation(cells)) >= ITSELF:
        return _untold(name, cells.cases, "it is a copy of the outcome itself")
    found = associate(cells)
    step = sensible_step(cells, found)
    fine = fine_counts(rows, name, tuple(other for other in rows.metrics if other != name))
    found_harms = tuple(harms(fine, rows, scale, spec)) if fine else ()
    units, trend = between(cells, found, step), moving(cells, spec, scale, matters)
    return _Looked(name, *lean(cells, found), step, units, found_harms, trend)


def _untold(name: str, cases: float, why: str) -> Finding:
    said = f"“{name}”: cannot tell, as {why}."
    return Finding(
        name,
        cases,
        CANNOT_TELL,
        said,
        why,
        UNKNOWN,
        NOTHING,
        1.0,
        1.0,
        EMPTY,
        np.nan,
        (),
        None,
        0,
        np.nan,
        (),
    )


def _together(rows: Rows, looked: list[_Looked], p: Floats, tell: Callable[[str], None]) -> Together | None:
    varying = [i for i, one in enumerate(looked) if one.found.slope is not None]
    kept = sorted(sorted(varying, key=lambda i: p[i])[:MOST_TOGETHER])
    if len(kept) < 2:
        return None
    tell("Looking at the metrics together")
    cells = joint_cells(rows, [looked[i].name for i in kept])
    return together(cells) if cells is not None and len(cells.n) else None


def _finding(
    one: _Looked, p: float, raised: float, spec: AuditSpec, scale: Scale, matters: float, beside: Together | None,
    steps: dict[str, Step], rows: Rows,
) -> Finding:  # fmt: skip
    found, sure = one.found, raised <= spec.fdr
    form = form_of(one.cells, found, one.step, scale.good, sure)
    verdict, why = judged(one.cells, found, one.step, form, sure, matters)
    if verdict == NOT:
        form = replace(form, kind="flat", size=one.step.change)
    at_most = float(np.max(np.abs([one.step.change.low, one.step.change.high])))
    joint: Joint | None = joint_of(one.name, beside, rows, steps) if beside else None
    same = copies(one.name, beside) if beside else ()
    said = telling.sentence(one.name, verdict, why, one.step, form, at_most, scale, matters, held(rows))
    extra = [telling.paradox(one.name, one.units, scale), telling.beside(one.name, joint, same)]
    return Finding(
        one.name, one.cells.cases, verdict, " ".join([said, *filter(None, extra)]), why, _unit_effect(one), one.step, p,
        raised, form, at_most, one.units, joint, found.slope.clusters if found.slope else 0,
        found.slope.largest if found.slope else np.nan, _notes(one),
    )  # fmt: skip


def held(rows: Rows) -> str:
    """What is held alike: “the same worker, mechanism and week”."""
    return f"the same {words_joined([*rows.plan.spec.by, rows.every])}"


def _unit_effect(one: _Looked) -> Interval:
    """Of one unit of the metric."""
    line = one.found.slope
    if line is None:
        return UNKNOWN
    return Interval(line.value, line.low, line.high).times(one.cells.outcome.spread / one.cells.metric.spread)


def _notes(one: _Looked) -> tuple[str, ...]:
    look = one.cells.metric
    ends = [f"below {look.bottom:g}"] * (look.low < look.bottom) + [f"above {look.top:g}"] * (
        look.high > look.top
    )
    if not ends:
        return ()
    return (f"Values of “{one.name}” {' and '.join(ends)} lie far out and were drawn in to there.",)


def _audit(
    rows: Rows, spec: AuditSpec, scale: Scale, matters: float, looked: list[_Looked], made: list[Finding]
) -> Audit:
    itself = rows.plan.itself
    if itself:
        made = [*made, _untold(itself, float(rows.outcome.known), "it is the customer outcome itself")]
    place = {name: i for i, name in enumerate(rows.plan.spec.metrics)}
    findings = tuple(sorted(made, key=lambda one: place[one.metric]))
    cliffs = [harm for one in looked for harm in one.harms]
    cliffs.sort(key=lambda harm: (not harm.harmful, harm.p))
    trends = tuple(one.moving for one in looked if one.moving)
    counts: dict[str, int] = {
        verdict: sum(one.verdict == verdict for one in findings) for verdict in VERDICTS
    }
    unit = looked[0].found.placed.unit if looked else ""
    outcome = rows.outcome
    return Audit(
        rows.plan.spec.outcome, "share" if scale.share else "", scale.good, "yes or no" if scale.share else "number",
        matters, spec.matters is not None, unit, findings, tuple(cliffs), trends, counts, outcome.mean, outcome.spread,
        telling.headline(findings, rows.plan.spec.outcome), _warnings(rows, spec, findings, unit),
    )  # fmt: skip


def _warnings(rows: Rows, spec: AuditSpec, findings: tuple[Finding, ...], unit: str) -> tuple[str, ...]:
    out = [note for one in findings for note in one.notes]
    if spec.good is None:
        out.append(f"Higher “{rows.plan.spec.outcome}” was taken as better; say --good low if it is not.")
    for role in ("worker", "mechanism"):
        if role not in rows.plan.spec.by:
            out.append(
                f"Without --{role}, differences between {role}s may look like an effect of the metric."
            )
    few = min((one.clusters for one in findings if one.clusters), default=0)
    if 0 < few < 20:
        out.append(f"Intervals rest on {few} {unit}s only, so they are wide.")
    return tuple(out)
