"""One plain sentence or three on each metric."""

from math import isfinite

from andon.analysis.metrics.between import ALL
from andon.analysis.metrics.saying import Scale, stepped, words_joined
from andon.analysis.metrics.spec import (
    CANNOT_TELL,
    MATTERS,
    NOT,
    Between,
    Finding,
    Form,
    Joint,
    Step,
    Verdict,
)
from andon.plots import words


def sentence(
    name: str, verdict: Verdict, why: str, step: Step, form: Form, at_most: float, scale: Scale, matters: float,
    held: str,
) -> str:  # fmt: skip
    """What the verdict says, in the customer's units."""
    lead = f"“{name}”{':' if verdict == CANNOT_TELL else ''} {verdict}"
    if verdict == MATTERS:
        return f"{lead}. {_matters(name, step, form, scale, held)}"
    if verdict == NOT:
        return (
            f"{lead}: for {held}, {_going(name, step)} goes with a difference in {scale.outcome} of at most "
            f"{scale.amount(at_most)}; {scale.amount(matters)} would matter."
        )
    if why.startswith(("the outcome does", "too few")) or not (
        isfinite(step.change.low) and isfinite(step.change.high)
    ):
        return f"{lead}, as {why}."
    return f"{lead}, as {why}: {_going(name, step)} may go with {scale.outcome} {scale.either(step.change)}."


def _going(name: str, step: Step) -> str:
    return f"one more of {name}" if step.kind == "one more" else f"going {stepped(step)}"


def _matters(name: str, step: Step, form: Form, scale: Scale, held: str) -> str:
    size = form.size
    told = f"{scale.amount(size.effect)} {scale.side(size.effect)} ({scale.interval(size)})"
    at = words.number(form.at)
    if form.kind == "monotone":
        return (
            f"For {held}, {_going(name, step)} goes with {scale.outcome} {told}, which is "
            f"{scale.judged(size.effect)}."
        )
    if form.kind in ("U", "inverted U"):
        best = (form.kind == "inverted U") == (scale.good == "high")
        first, other = ("best", "worse") if best else ("worst", "better")
        return (
            f"For {held}, {scale.outcome} is {first} at about {at}{_range(form)}, and {other} with both less and more: "
            f"on the farther side by {scale.amount(size.effect)} ({scale.interval(size)})."
        )
    if form.kind in ("too much", "only beyond a threshold"):
        return (
            f"For {held}, it makes no difference up to about {at}{_range(form)}; beyond that, {scale.outcome} is "
            f"{told}, which is {scale.judged(size.effect)}."
        )
    return (
        f"For {held}, it makes no difference beyond about {at}{_range(form)}; from little up to there, {scale.outcome} "
        f"gets {told}, which is {scale.judged(size.effect)}."
    )


def _range(form: Form) -> str:
    if not form.high > form.low:
        return ""
    return f" (somewhere from {words.number(form.low)} to {words.number(form.high)})"


def paradox(name: str, units: tuple[Between, ...], scale: Scale) -> str:
    """Said where within and between disagree (Simpson's paradox)."""
    other = [one for one in units if one.opposite]
    if not other:
        return ""
    among = words_joined(["among all cases" if one.unit == ALL else f"between {one.unit}s" for one in other])
    return (
        f"{words.capital(among)} it looks the other way round ({scale.change(other[0].change.effect)}): Simpson's "
        f"paradox. Who compares raw numbers of {name} is misled."
    )


def beside(name: str, joint: Joint | None, same: tuple[str, ...]) -> str:
    """Said where metrics go along with each other."""
    if same:
        return (
            f"It says the same as {words_joined(same)}: they cannot be told apart, and one of them is enough."
        )
    if joint is None or not joint.alike:
        return ""
    along = f"It goes along with {words_joined(joint.alike)}"
    if joint.carried_by:
        return f"{along}; with all in one model, {joint.carried_by} carries it and {name} adds nothing to be seen."
    if joint.p < 0.05:
        return f"{along}; with all in one model, it still tells something of its own."
    return f"{along}; which of them carries it cannot be told."


def headline(findings: tuple[Finding, ...], outcome: str) -> str:
    """The one sentence on all metrics."""
    groups = {
        verdict: [one.metric for one in findings if one.verdict == verdict] for verdict in (MATTERS, NOT)
    }
    open_ = [one.metric for one in findings if one.verdict == CANNOT_TELL]
    parts = []
    if groups[MATTERS]:
        parts.append(f"{_names(groups[MATTERS])} {_verb(groups[MATTERS], 'matters', 'matter')} for {outcome}")
    if groups[NOT]:
        parts.append(f"{_names(groups[NOT])} {_verb(groups[NOT], 'does', 'do')} not")
    if open_:
        parts.append(f"of {_names(open_)} the numbers cannot tell")
    return words.capital("; ".join(parts)) + "." if parts else ""


def _names(names: list[str]) -> str:
    shown = [f"“{name}”" for name in names]
    return words_joined(shown if len(names) <= 6 else [*shown[:5], f"{len(names) - 5} more"])


def _verb(names: list[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many
