"""What a metric audit leaves behind: metrics.json, a table, a summary and a report. No person is in any of them."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa  # noqa: TID251  writes Parquet
import pyarrow.parquet as pq  # noqa: TID251

from andon.analysis.leaving import plain, write_json, write_refused
from andon.analysis.metrics.ask import Answer
from andon.analysis.metrics.spec import Audit, Between, Finding, Form, Harm, Interval, Moving, Step

TEXTS = ("metric", "verdict", "shape", "step_kind", "carried_by", "why", "sentence")


def metrics(answer: Answer) -> dict[str, Any]:
    """metrics.json: every metric, harms, trends and warnings."""
    found = answer.found
    return {
        "outcome": found.outcome,
        "good": found.good,
        "matters": found.matters,
        "sentence": found.sentence,
        "metrics": [_metric(one, found) for one in found.findings],
        "harms": [_harm(one) for one in found.harms],
        "trends": [_trend(one) for one in found.trends],
        "warnings": [*answer.notes, *found.warnings],
    }


def _interval(one: Interval) -> dict[str, float]:
    return asdict(one)


def _metric(one: Finding, found: Audit) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "cases": int(one.cases),
        "verdict": one.verdict,
        "why": one.why,
        "sentence": one.sentence,
        **_interval(one.effect),
        "p": one.p,
        "p_adjusted": one.p_adjusted,
        "per_step": _step(one.step),
        "units": units(found),
        "matters": found.matters,
        "at_most": one.at_most,
        "shape": _shape(one.form),
        "between": [_between(unit) for unit in one.between],
        "simpson": any(unit.opposite for unit in one.between),
        "joint": None
        if one.joint is None
        else {
            **_interval(one.joint.change), "p": one.joint.p, "alike": list(one.joint.alike),
            "carried_by": one.joint.carried_by or None,
        },
        "clusters": one.clusters,
        "largest_cluster": one.largest,
        "notes": list(one.notes),
    }  # fmt: skip


def units(found: Audit) -> str:
    """What effects are counted in."""
    if found.unit == "share":
        return f"share of yes in {found.outcome} (0.01 is one percentage point)"
    return f"units of {found.outcome}"


def _step(step: Step) -> dict[str, Any]:
    return {"from": step.start, "to": step.end, "kind": step.kind, **_interval(step.change)}


def _shape(form: Form) -> dict[str, Any]:
    return {
        "kind": form.kind,
        "at": form.at,
        "at_low": form.low,
        "at_high": form.high,
        "size": _interval(form.size),
        "bins": [asdict(one) for one in form.bins],
    }


def _between(unit: Between) -> dict[str, Any]:
    return {
        "unit": unit.unit, "units": unit.units, **_interval(unit.change), "p": unit.p, "opposite": unit.opposite,
    }  # fmt: skip


def _harm(one: Harm) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "mechanism": one.mechanism or None,
        "limit": one.limit,
        "given": one.given,
        "side": one.side,
        "ratio": one.ratio,
        "cases": int(one.cases),
        "p": one.p,
        "outcome": _interval(one.outcome),
        "others": [{"metric": name, "difference": by} for name, by in one.others],
        "harmful": one.harmful,
        "sentence": one.sentence,
    }


def _trend(one: Moving) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "metric_change": one.metric_change,
        "outcome_change": one.outcome_change,
        "outcome_low": one.low,
        "outcome_high": one.high,
        "direction_known": one.known,
        "sentence": one.sentence,
    }


def table(found: Audit) -> pa.Table:
    """One row a metric, in the order asked."""
    rows = [_row(one, found) for one in found.findings]
    names = list(rows[0]) if rows else ["metric"]
    columns = {}
    for name in names:
        values = [row[name] for row in rows]
        kind = (
            pa.string()
            if name in TEXTS or name == "units"
            else pa.int64()
            if name == "cases"
            else pa.float64()
        )
        kind = pa.bool_() if name == "simpson" else kind
        columns[name] = pa.array(values, kind, from_pandas=True)
    return pa.table(columns)


def _row(one: Finding, found: Audit) -> dict[str, Any]:
    step = one.step
    return {
        "metric": one.metric, "cases": int(one.cases), "verdict": one.verdict, **_interval(one.effect), "p": one.p,
        "p_adjusted": one.p_adjusted, "step_kind": step.kind, "step_from": step.start, "step_to": step.end,
        "per_step": step.change.effect, "per_step_low": step.change.low, "per_step_high": step.change.high,
        "units": units(found), "at_most": one.at_most, "shape": one.form.kind, "shape_at": one.form.at,
        "simpson": any(unit.opposite for unit in one.between),
        "carried_by": (one.joint.carried_by or None) if one.joint else None, "why": one.why, "sentence": one.sentence,
    }  # fmt: skip


def summary(answer: Answer) -> dict[str, Any]:
    """Everything about the audit that is not about one metric."""
    found, tally, rows = answer.found, answer.tally, answer.rows
    return {
        "sentence": found.sentence,
        "outcome": found.outcome,
        "kind": found.kind,
        "usual": found.usual,
        "spread": found.spread,
        "good": found.good,
        "good_given": answer.question.spec.good is not None,
        "matters": found.matters,
        "matters_given": found.matters_given,
        "fdr": answer.question.spec.fdr,
        "every": rows.every,
        "held_alike": [*rows.plan.spec.by, rows.every],
        "errors_by": found.unit_of_errors,
        "rows_read": tally.read,
        "rows_used": tally.used,
        "rows_refused": tally.refused,
        "rows_filtered": tally.filtered,
        "rows_without_outcome": tally.missing,
        "metrics": len(found.findings),
        "verdicts": dict(found.counts),
        "harms": len([one for one in found.harms if one.harmful]),
        "trends": len(found.trends),
        "warnings": [*answer.notes, *found.warnings],
    }


def write(answer: Answer, report: str, folder: Path) -> None:
    """All files of an audit into `folder`."""
    for name, content in (("metrics", metrics(answer)), ("summary", summary(answer))):
        write_json(folder / f"{name}.json", plain(content))
    pq.write_table(table(answer.found), folder / "metrics.parquet")
    (folder / "report.html").write_text(report, "utf-8")
    if answer.tally.refused:
        write_refused(folder / "refused.csv", answer.refused)
