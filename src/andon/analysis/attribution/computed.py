"""“How it was computed” and “What cannot be concluded”: every choice, in words."""

from collections.abc import Iterator

from andon.analysis.attribution.ask import Answer
from andon.analysis.attribution.spec import Compared
from andon.plots import words

FAMILY = {
    "proportion": "a logistic mixed model, fitted by Laplace's approximation",
    "value": "a linear mixed model, fitted by restricted maximum likelihood",
    "count": "a Poisson mixed model, fitted by Laplace's approximation",
}


def lines(answer: Answer) -> Iterator[str]:
    """A paragraph for each choice."""
    found, tally, cells = answer.found, answer.tally, answer.cells
    yield (
        f"{tally.read:,} rows were read, {tally.used:,} used, {tally.refused:,} refused, {tally.filtered:,} not asked "
        f"for, {tally.missing:,} without an outcome, {cells.nobody:,} without a worker. They make {len(cells):,} "
        "combinations of who, through what, where, when and for whom."
    )
    better = "higher" if found.good == "high" else "lower"
    yield f"The outcome was treated as a {found.kind}: {cells.kind_why}. Better is {better}."
    gradient = f"Its gradient ends at {found.model['gradient_norm']:.2g}."
    yield f"The model is {FAMILY[found.kind]}, with {', '.join(_parts(answer))}. {gradient}"
    yield from map(_told, found.compared)
    yield from found.notes
    yield _standard(answer)
    yield (
        "Of each person the model gives what they would reach if they served everybody's mix of work, and how sure "
        "that is, allowing for few cases, for strengths at single mechanisms, for good and bad periods, and for not "
        "knowing the variances exactly. People are found below the standard only so far as at most "
        f"{words.share(found.fdr)} of those found are expected to be found wrongly; and likewise found to meet it."
    )
    yield (
        "Shares are parts of the variance on the scale of the model; of yes and no, chance is π²/3 there. Intervals "
        "are 95 %."
    )


def _parts(answer: Answer) -> list[str]:
    parts = answer.found.model["parts"]
    names = [*parts] if isinstance(parts, dict) else []
    return names + [f"{name} in a straight line" for name in answer.cells.slopes]


def _standard(answer: Answer) -> str:
    standard, unit = answer.found.standard, answer.found.unit
    value, usual = words.value(standard.value, unit, 1), words.value(standard.usual, unit, 1)
    return f"The standard is {value} ({standard.how}). The usual person reaches {usual} on the common mix of work."


def _told(one: Compared) -> str:
    if one.chosen:
        return f"The model used has a −2 log likelihood of {one.criterion:,.1f} with {one.parameters} parameters."
    chance = "" if one.p is None else f" (chance of that if the difference were nothing: {_chance(one.p)})"
    if one.criterion is None:
        return f"Compared {one.name}: the rest does not call for it{chance}."
    return f"Compared {one.name}: worse by {one.worse_by:,.1f}{chance}."


def _chance(p: float) -> str:
    return "below 0.001" if p < 0.001 else f"{p:.2g}"


def limits(answer: Answer) -> list[str]:
    """What nobody may read into it."""
    known = ["mechanism"] + ["team"] * (answer.found.teams is not None)
    known += ["time"] * (answer.cells.every is not None) + list(answer.cells.bins)
    return [
        f"Why anything differs. What follows a person and is not among {', '.join(known)} counts as theirs: harder "
        "customers, worse tools, other shifts. If such a thing is known, add it with --covariate.",
        "Anything about people who work through one mechanism only, or alone in a team.",
        "That one person is better than another: nobody is ranked, and intervals overlap.",
        "That somebody improved or got worse: extreme numbers come back by themselves.",
        "What to do. A person decides, having heard the person concerned.",
    ]
