"""Metric audits and figures written by hand, for tests of what is shown and to whom."""

from datetime import UTC, datetime

from andon.culture.centre.models import CentreFigure
from andon.culture.metrics.models import MetricAudit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STEP = {"from": 240.0, "to": 440.0, "kind": "quartiles", "effect": 0.001, "low": -0.003, "high": 0.006}

NO_TO_YES = {"from": 0.0, "to": 1.0, "kind": "from no to yes"}


def interval(effect: float, reach: float = 0.01) -> dict:
    return {"effect": effect, "low": effect - reach, "high": effect + reach}


def metric(
    name: str, verdict: str = "does not matter", effect: float = 0.001, kind: str = "flat", **more
) -> dict:
    """One metric as `keeping.kept` writes it."""
    bins = [
        {"name": told, "metric": at, "n": 300.0, "value": 0.12, "low": 0.1, "high": 0.14}
        for told, at in (("up to 240", 150.0), ("240 to 440", 330.0), ("above 440", 600.0))
    ]
    told = {
        "metric": name, "cases": 900, "verdict": verdict, "why": "", **interval(effect), "p": 0.5, "p_adjusted": 0.5,
        "per_step": {**STEP, **interval(effect)}, "units": "", "matters": 0.02, "at_most": 0.006,
        "shape": {"kind": kind, "at": None, "at_low": None, "at_high": None, "size": interval(effect), "bins": bins},
        "between": [], "simpson": False, "joint": None, "clusters": 12, "largest_cluster": 0.1, "notes": [],
    }  # fmt: skip
    return {**told, **more}


def bent(kind: str, effect: float, at: float = 480.0) -> dict:
    return {
        "kind": kind,
        "at": at,
        "at_low": at - 20,
        "at_high": at + 20,
        "size": interval(effect),
        "bins": [],
    }


HARM = {
    "metric": "handling_time", "mechanism": "labels", "limit": 480.0, "given": False, "side": "below", "ratio": 2.4,
    "cases": 3000, "p": 1e-9, "outcome": interval(0.001), "others": [{"metric": "transfers", "difference": 0.25}],
    "harmful": True,
}  # fmt: skip
TREND = {
    "metric": "handling_time", "metric_change": -59.0, "outcome_change": 0.046, "outcome_low": 0.02,
    "outcome_high": 0.07, "direction_known": True,
}  # fmt: skip


def audit(
    outcome: str = "repeat_contact", mechanism: str = "", metrics: list | None = None, **more
) -> MetricAudit:
    """Of coming back, with a handling time that customers do not feel and a settled-at-once that they do."""
    settled = metric("resolved_first", "matters", -0.11, "monotone", per_step=NO_TO_YES | interval(-0.11))
    found = metrics if metrics is not None else [metric("handling_time"), settled]
    good = more.pop("good", "low")
    content = {
        "metrics": found, "harms": [], "trends": [], "every": "week", "held": ["worker", "mechanism"],
        "units": {"handling_time": "seconds"},
    } | more.pop("content", {})  # fmt: skip
    verdicts = {one["metric"]: {"verdict": one["verdict"], "more": _more(one, good)} for one in found}
    told = {"computed_at": NOW, "ends": NOW, "n": 900, "unit": "share", "matters": 0.02, "usual": 0.12}
    return MetricAudit.objects.create(
        outcome=outcome, mechanism=mechanism, good=good, content=content, verdicts=verdicts, **{**told, **more}
    )  # fmt: skip


def _more(one: dict, good: str) -> str:
    if one["verdict"] != "matters":
        return ""
    return "better" if (one["shape"]["size"]["effect"] > 0) == (good == "high") else "worse"


def figure(key: str = "handling", mechanism: str = "", **more) -> CentreFigure:
    weeks = [f"2026-0{1 + i // 4}-{1 + 7 * (i % 4):02d}T00:00:00" for i in range(8)]
    told = {
        "computed_at": NOW, "n": 900, "overall": 330.0, "unit": "seconds", "good": "low", "latest": 340.0,
        "sentence": "Varies as usual around 5.5 min.", "basis": {"columns": ["handling_time"]},
        "points": {
            "at": weeks, "n": [100] * 8, "value": [330.0] * 8, "centre": [330.0] * 8, "lower": [300.0] * 8,
            "upper": [360.0] * 8, "marks": [0] * 8, "reasons": [""] * 8, "phase": [0] * 8, "judged": [True] * 8,
            "notes": [],
        },
        "tile": '<svg class="c-tile"></svg>',
    }  # fmt: skip
    return CentreFigure.objects.create(key=key, mechanism=mechanism, **{**told, **more})
