"""“How it was computed” and “What cannot be concluded”: every choice, in words."""

from collections.abc import Iterator

from andon.analysis.metrics.ask import Answer
from andon.analysis.metrics.auditing import held
from andon.analysis.metrics.saying import Scale
from andon.plots import words


def held_alike(answer: Answer) -> str:
    return held(answer.rows)


def lines(answer: Answer) -> Iterator[str]:
    """A paragraph for each choice."""
    found, tally = answer.found, answer.tally
    scale = Scale(found.outcome, found.unit == "share", found.good)
    yield (
        f"{tally.read:,} rows were read, {tally.used:,} used, {tally.refused:,} refused, {tally.filtered:,} not asked "
        f"for, {tally.missing:,} without an outcome."
    )
    yield (
        f"The outcome was treated as {'yes or no' if scale.share else 'a number'}; better is "
        f"{'higher' if found.good == 'high' else 'lower'}. Each metric is compared with the outcome for "
        f"{held_alike(answer)}: a linear model with a level for every one who does every kind of work, and "
        "one for every kind of work in every period, which is what regression on all those dummies gives."
    )
    yield (
        f"Intervals are 95 %, with errors that may hang together within a {found.unit_of_errors} (CR2, Bell and "
        "McCaffrey 2002, with Satterthwaite's degrees of freedom)."
    )
    size = "as asked" if found.matters_given else "a twentieth of the standard deviation of the outcome"
    yield (
        f"The smallest difference that matters is {scale.amount(found.matters)} ({size}). A metric matters if it is "
        f"told apart from nothing, with at most {words.share(answer.question.spec.fdr)} false ones expected among "
        "those found (Benjamini and Hochberg 1995), and what goes with a sensible step of it is at least that big. It "
        "does not matter if the whole interval is smaller. Everything else cannot be told."
    )
    yield (
        "A sensible step is from no to yes; one more, where there are few whole numbers; or else from the first to the "
        "third quartile of the metric within the same people and mechanisms."
    )
    yield (
        "The shape is told from up to ten stretches of the metric. A bend or a jump must describe them clearly better "
        "than a smooth slope; a turning point needs a clear slope on either side (Simonsohn 2018)."
    )
    yield (
        "Limits are looked for where the number of cases falls or rises at once at a round value (McCrary 2008), in "
        "each mechanism, and named only where that is far more than at other values."
    )


def limits(answer: Answer) -> list[str]:
    """What nobody may read into it."""
    return [
        "That changing a metric changes the outcome: harder cases may take longer and end worse.",
        "Anything about a person. Everybody is compared with themselves only.",
        "That a metric which does not matter here is useless: it may matter for cost, or for other customers.",
        f"Differences within a {answer.rows.every}, such as rush hours, are not taken out.",
    ]
