"""Journeys in sentences: what heads the report, how it was computed, and what cannot be concluded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from andon.analysis.journeys.ask import Answer
from andon.analysis.journeys.channels import LONGEST, Channels
from andon.analysis.journeys.tables import yes_no
from andon.plots import words


def headline(answer: Answer) -> str:
    """How many need more than one contact."""
    found = answer.found
    share = (found.journeys - found.single) / max(found.journeys, 1)
    return f"{words.share(share)} of journeys need more than one {answer.question.spec.noun}"


def lead(answer: Answer) -> str:
    found = answer.found
    counts = (
        words.counted(n, one) for n, one in ((found.journeys, "journey"), (found.customers, "customer"))
    )
    days = f"{words.date(answer.starts.astype('datetime64[D]'))} to {words.date(answer.ends.astype('datetime64[D]'))}"
    return " · ".join([*counts, words.counted(len(found.steps), "step"), days])


def channels_said(found: Channels) -> str:
    share = words.share(found.several / max(found.journeys, 1))
    if not found.passages:
        return f"{share} of journeys use more than one channel."
    change = words.share(found.changes / found.passages)
    return (
        f"{share} of journeys use more than one channel; {change} of the next contacts come by another one."
    )


def outcome_said(answer: Answer) -> str:
    """What customers had in the end, of the shortest and of the longest journeys."""
    first, last = answer.got[0], answer.got[-1]
    unit = "share" if yes_no(answer) else ""
    name = answer.question.outcome
    if first is last:
        return f"In the end, “{name}” is {words.value(first.outcome, unit)} on average."
    noun = answer.question.spec.noun
    after = [
        f"{words.value(one.outcome, unit)} after {words.counted(one.contacts, noun)}" for one in (first, last)
    ]
    more = " or more" if last.contacts == LONGEST else ""
    return (
        f"In the end, “{name}” is on average {after[0]}, and {after[1]}{more}. That it goes with more {noun}s does "
        "not say that they cause it: hard matters take more of them."
    )


def limits(answer: Answer) -> Sequence[str]:
    return (
        "Why customers come back: the numbers say after which step, not what was wrong there.",
        "That a fix would settle everything: what it would save is at most what is shown, and too much where something "
        "always follows this step, such as a delivery after an order.",
        "Anything about a person: no column of who served is read, and nobody is named.",
    )


def computed(answer: Answer) -> Iterator[str]:
    """One line each."""
    question, gap = answer.question, words.number(answer.found.gap)
    steps = " and ".join(f"“{name}”" for name in question.step)
    rows = "rows in a row at one step are one visit" if question.log else "every row is a contact"
    rows = f"rows that share “{question.contact}” are one contact" if question.contact else rows
    yield (
        f"Rows of one “{question.customer}” are joined in the order of “{question.at}”; {rows}, at the step that "
        f"{steps} names. A journey is over when {gap} days pass without any."
    )
    yield (
        f"What a fix would save: how many come back within {gap} days of a contact at a step, less how many of the "
        f"same customers do in the {gap} days after those, taken of those who do not come anyway (self-controlled "
        "comparison of two windows, Whitaker et al. 2006; Abbott 1925). Only contacts whose two windows lie within "
        "the data are compared. Intervals hold for all steps together in 95 of 100 such data, and take all contacts of "
        "a customer as one."
    )
    fewest = words.counted(question.spec.fewest, "customer")
    yield f"Ways and passages of fewer than {fewest} are not shown one by one; steps as rare count together."
