"""“How it was computed”: every choice of a review, in words."""

from collections.abc import Iterator

from andon.analysis.ask import Answer
from andon.analysis.spec import ReviewSpec
from andon.analysis.working import rule_set
from andon.plots import words


def lines(answer: Answer) -> Iterator[str]:
    """A paragraph for each choice."""
    review, spec, tally = answer.review, answer.question.spec, answer.tally
    yield from review.why
    if review.every != "second":
        yield f"A point covers a {review.every}: {answer.every_why}."
    yield _baseline(spec)
    yield from _asked(spec)
    rules = " ".join(f"{rule.name}: {rule.sentence}" for rule in rule_set(spec))
    yield f"Points are marked by these rules. {rules}"
    if review.fdr is not None:
        yield _discoveries(len(review.series), review.fdr)
    yield (
        f"{tally.read:,} rows were read, {tally.refused:,} refused, {tally.filtered:,} not asked for, "
        f"{tally.missing:,} without an outcome."
    )


def _baseline(spec: ReviewSpec) -> str:
    if spec.baseline is None:
        return (
            "Limits come from each series' own usual stretch: all its points, or, where its level changed "
            "for good, the stretch before. Lone points far outside are left out, so that an exception does "
            "not widen its own limits."
        )
    if isinstance(spec.baseline, int):
        return f"Limits come from the first {spec.baseline} points of each series, as asked."
    first, last = map(words.date, spec.baseline)
    return f"Limits come from the points from {first} to {last}, as asked."


def _asked(spec: ReviewSpec) -> Iterator[str]:
    if spec.phases:
        dates = ", ".join(words.date(phase) for phase in sorted(spec.phases))
        yield f"A new phase with limits of its own begins on {dates}."
    if spec.season:
        yield (
            f"A season of a {spec.season} was learned, from all series together where one alone says little, "
            "and the limits follow it."
        )


def _discoveries(series: int, q: float) -> str:
    return (
        f"Among {series:,} series some look unusual by chance. A series counts only while at most {words.share(q)} "
        "of those that count are expected to be false alarms (Benjamini and Hochberg 1995). How unusual a "
        "series is, is told by its most unusual point or stretch, allowing for how many were looked at, for "
        "short baselines and for neighbours that are alike."
    )
