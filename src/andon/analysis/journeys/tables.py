"""Tables of journeys, as (header, rows) of words."""

from __future__ import annotations

from andon.analysis.journeys.ask import Answer
from andon.analysis.journeys.channels import LONGEST
from andon.analysis.journeys.sentences import between
from andon.analysis.journeys.spec import Counted, JourneyStep, Saving
from andon.plots import words

Rows = list[tuple[str, ...]]
Table = tuple[tuple[str, ...], Rows]
PASSAGES, PATHS = 40, 25  # in the report; all are in journeys.json


def savings(answer: Answer) -> list[tuple[str, Saving]]:
    """Steps of which something can be said, those where a fix would save most first."""
    known = [(one.name, one.saving) for one in answer.found.steps if one.saving]
    return sorted(known, key=lambda one: -one[1].saved.value)


def saving_table(answer: Answer) -> Table:
    header = (
        "Step",
        "Contacts a month",
        "Come back",
        "Come anyway",
        "A fix saves up to",
        "Days of customers",
    )
    return header, [(name, *_saving(one)) for name, one in savings(answer)]


def _saving(one: Saving) -> tuple[str, ...]:
    counts = tuple(words.number(round(n, 1)) for n in (one.contacts, one.returns, one.anyway))
    saved = f"{words.number(round(one.saved.value, 1))} ({between(one.saved)})" if one.told else "cannot tell"
    days = f"{words.number(round(one.days.value, 1))} ({between(one.days)})"
    return (*counts, saved, days if one.told and one.days.low > 0 else "cannot tell")


def step_table(answer: Answer) -> Table:
    """The most frequent first; columns of which the data say nothing are left out."""
    steps = sorted(answer.found.steps, key=lambda one: -one.contacts.times)
    columns = {
        words.capital(answer.question.spec.noun) + "s": [f"{one.contacts.times:,}" for one in steps],
        "Repeated": [words.share(one.repeat_share) for one in steps],
        "Passed on": [_share(one, one.passed) for one in steps],
        "Gave up": [_share(one, one.gave_up) for one in steps],
        "Wait": [words.duration(one.wait) for one in steps],
        "Effort": [words.number(one.effort) for one in steps],
        "Outcome": [_outcome(answer, answer.outcomes.get(one.name)) for one in steps],
        "Until the next": [words.duration(one.hours * 3600) for one in steps],
    }
    told = {name: values for name, values in columns.items() if any(one != words.MISSING for one in values)}
    names = [one.name for one in steps]
    return ("Step", *told), list(zip(names, *told.values(), strict=True))


def _share(step: JourneyStep, counted: Counted | None) -> str:
    return words.share(counted.times / step.contacts.times) if counted else words.MISSING


def _outcome(answer: Answer, value: float | None) -> str:
    return words.MISSING if value is None else words.value(value, "share" if yes_no(answer) else "")


def yes_no(answer: Answer) -> bool:
    """Whether the outcome is a share of yes."""
    return bool(answer.outcomes) and all(0 <= value <= 1 for value in answer.outcomes.values())


def passage_table(answer: Answer) -> Table:
    rows: Rows = [
        (one.start, one.end, f"{one.times:,}", f"{one.customers:,}", words.duration(one.hours * 3600))
        for one in answer.found.passages[:PASSAGES]
    ]
    return ("From", "To", "How often", "Customers", "After"), rows


def path_table(answer: Answer) -> Table:
    """Ways of more than one step."""
    journeys = max(answer.found.journeys, 1)
    rows: Rows = [
        (
            " → ".join((*one.steps, *(("…",) if one.more else ()))),
            f"{one.journeys:,}",
            words.share(one.journeys / journeys),
        )
        for one in answer.found.paths
        if len(one.steps) > 1
    ]
    return ("Way", "Journeys", "Of all"), rows[:PATHS]


def outcome_table(answer: Answer) -> Table:
    rows: Rows = [
        (
            f"{one.contacts}{' or more' if one.contacts == LONGEST else ''}",
            f"{one.journeys:,}",
            _outcome(answer, one.outcome),
        )
        for one in answer.got
    ]
    return ("Contacts", "Journeys", str(answer.question.outcome)), rows


def channel_table(answer: Answer) -> Table:
    contacts = max(answer.found.contacts, 1)
    found = answer.channels.contacts if answer.channels else ()
    return ("Channel", "Contacts", "Of all"), [
        (name, f"{n:,}", words.share(n / contacts)) for name, n in found
    ]
