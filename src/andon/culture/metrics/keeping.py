"""From an audit to what is kept of it: no person, and nothing of mechanisms in which very few serve."""

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from andon.analysis.leaving import plain
from andon.analysis.metrics import output
from andon.analysis.metrics.ask import Answer
from andon.analysis.metrics.spec import MATTERS, Audit, Finding, Side

DIGITS = 6
ELSEWHERE = ("it has no values", "it is the same in every case")
SPOKEN = ("sentence", "warnings")  # said anew in the language of whoever reads


def kept(answer: Answer, few: Collection[str], units: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a MetricAudit. `few`: mechanisms that are not spoken of by themselves. `units`: of columns."""
    found = _here(answer.found) if answer.question.where else answer.found
    told = {
        name: part
        for name, part in output.metrics(replace(answer, found=found)).items()
        if name not in SPOKEN
    }
    told["harms"] = [one for one in told["harms"] if one["mechanism"] not in few]
    told |= {
        "every": answer.rows.every,
        "held": list(answer.rows.plan.spec.by),
        "errors_by": found.unit_of_errors,
    }
    told["rows"] = {name: getattr(answer.tally, name) for name in ("read", "used", "missing", "refused")}
    told["units"] = {one.metric: units[one.metric] for one in found.findings if one.metric in units}
    return {
        "unit": "share" if found.unit == "share" else units.get(found.outcome, ""),
        "n": answer.tally.used,
        "matters": number(found.matters),
        "usual": number(found.usual),
        "verdicts": {one.metric: {"verdict": one.verdict, "more": more(one, found.good)} for one in found.findings},
        "content": rounded(plain(told)),
    }  # fmt: skip


def _here(found: Audit) -> Audit:
    """Without the metrics of other mechanisms, which nobody would look for in this one."""
    return replace(found, findings=tuple(one for one in found.findings if one.why not in ELSEWHERE))


def more(one: Finding, good: Side) -> str:
    """Whether more of a metric is better or worse for customers; "" where it does not matter or turns."""
    if one.verdict != MATTERS or one.form.kind in ("U", "inverted U"):
        return ""
    return "better" if (one.form.size.effect > 0) == (good == "high") else "worse"


def number(x: float) -> float | None:
    return float(f"{x:.{DIGITS}g}") if math.isfinite(x) else None


def rounded(thing: Any) -> Any:
    """Numbers with as many digits as mean anything; sentences in English are left out, as pages say their own."""
    if isinstance(thing, dict):
        return {name: rounded(one) for name, one in thing.items() if name not in SPOKEN}
    if isinstance(thing, list | tuple):
        return [rounded(one) for one in thing]
    return float(f"{thing:.{DIGITS}g}") if isinstance(thing, float) else thing
