"""The six conditions one by one: facts in, a condition in words out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose

from andon.growth.rules.support import Coached, enough
from andon.plans.rules.gate import ATTRIBUTION, COACHING, EVIDENCE, MECHANISM, STANDARD, Condition
from andon.plots.words import capital, counted, value
from andon.plots.words import date as day

PERIOD_DAYS = 90  # what is examined: the quarter of a year before
RECENT_DAYS = 45  # data older than this say how it was, not how it is
FEWEST_ITEMS = 3  # of a behaviour
FEWEST_SOURCES = 2


@dataclass(frozen=True, slots=True)
class StandardFacts:
    in_force: bool
    measurable: bool
    known: bool
    why: str
    starts: date
    ends: date


def standard(facts: StandardFacts) -> Condition:
    """Condition 1: in force, measurable and known from the first to the last day that is examined."""
    met = facts.in_force and facts.measurable and facts.known
    period = f"from {day(facts.starts)} to {day(facts.ends)}"
    if met:
        return Condition(STANDARD, True, f"{period[0].upper()}{period[1:]}. {facts.why}".strip())
    missing = [
        words
        for holds, words in (
            (facts.in_force, "in force"), (facts.measurable, "measurable"), (facts.known, "known to the person"),
        )
        if not holds
    ]  # fmt: skip
    why = f"It was not {', nor '.join(missing)} for the whole time {period}. {facts.why}".strip()
    return Condition(STANDARD, False, why, _standard_remedy(facts))


def _standard_remedy(facts: StandardFacts) -> str:
    if not facts.measurable:
        return "Give the standard a measure with a level, or a behaviour that can be observed, and let that be known."
    return f"Agree it, have it acknowledged, and wait until it has been known for {PERIOD_DAYS} days."


@dataclass(frozen=True, slots=True)
class MechanismFacts:
    """`name` empty: a behaviour that no mechanism carries. `in_spec` None: no limits were set. `out_elsewhere` are
    other measures of the mechanism that are out now."""

    name: str = ""
    measure: str = ""
    charted: bool = False
    through: date | None = None
    today: date | None = None
    in_control: bool = False
    exceptions: Sequence[str] = ()
    in_spec: bool | None = None
    spec: str = ""
    out_elsewhere: Sequence[str] = ()
    open_questions: Sequence[int] = ()


def mechanism(facts: MechanismFacts) -> Condition:
    """Condition 2: whatever carries the shortfall is in control, within spec, and nobody waits for an answer on it."""
    told = {
        "mechanism": facts.name,
        "questions": list(facts.open_questions),
        "exceptions": list(facts.exceptions),
    }
    if not facts.name:
        why = "This is about a behaviour, and no mechanism was named in the evidence or the coaching as carrying it."
        return Condition(MECHANISM, True, why, facts=told)
    problems = _mechanism_problems(facts)
    if problems:
        remedy = f"Mend “{facts.name}” first: what the work produces is not a person’s. Then look again."
        return Condition(MECHANISM, False, " ".join(problems), remedy, told)
    limits = f" and within its limits ({facts.spec})" if facts.spec else "; no spec limits were set for it"
    why = f"“{facts.name}”: {facts.measure} is in control{limits}, and no question about it is open."
    return Condition(MECHANISM, True, why, facts=told)


def _mechanism_problems(facts: MechanismFacts) -> list[str]:
    found = []
    if not facts.charted:
        return [f"“{facts.name}” has no chart, so nobody can say whether it works as it should."]
    if not _recent(facts.through, facts.today):
        found.append(f"The chart of “{facts.name}” ends {_until(facts.through)}: too long ago to say.")
    if not facts.in_control:
        found.append(
            f"“{facts.name}”: {facts.measure} is not in control. {' '.join(facts.exceptions[:2])}".strip()
        )
    if facts.in_spec is False:
        found.append(f"“{facts.name}”: {facts.measure} misses its limits ({facts.spec}) for everybody.")
    if facts.out_elsewhere:
        found.append(f"Out of spec on the same mechanism: {', '.join(facts.out_elsewhere)}.")
    if facts.open_questions:
        numbers = ", ".join(str(number) for number in facts.open_questions[:5])
        found.append(f"{_questions(len(facts.open_questions))} about it: escalation {numbers}.")
    return found


def _questions(n: int) -> str:
    return "One question is open" if n == 1 else f"{counted(n, 'question').capitalize()} are open"


def _recent(through: date | None, today: date | None) -> bool:
    return through is not None and today is not None and (today - through).days <= RECENT_DAYS


def _until(through: date | None) -> str:
    return f"on {day(through)}" if through else "nowhere"


@dataclass(frozen=True, slots=True)
class Looked:
    """What attribution says of one person. `level` is that of the standard, agreed for a mechanism; `agreed` is what it
    comes to on the mix of work people are compared on; `line` what the separation was computed against, `line_agreed`
    whether anybody agreed it. `wrong_side`: the whole interval lies on the wrong side of the agreed level, with false
    discoveries held over all `looked_at`; `one_stretch`: that rests on one stretch of time; `checked`: its chances
    were right on held-out periods."""

    verdict: str
    why: str
    agreed: float
    level: float
    unit: str
    good: str
    line: float | None
    line_agreed: bool
    adjusted: float | None
    low: float | None
    high: float | None
    wrong_side: bool
    one_stretch: bool
    checked: bool
    looked_at: int
    n: int
    starts: date | None
    ends: date | None
    today: date


def outcome(facts: Looked | None, problem: str = "") -> Condition:
    """Condition 3 for a standard with a measure: the person’s own part is below what was agreed, not by chance."""
    remedy = "More cases, or a look at the work instead: a plan would rest on chance."
    if facts is None:
        return Condition(
            ATTRIBUTION, False, problem or "Nothing was computed of this person and measure.", remedy
        )
    told = {"n": facts.n, "looked_at": facts.looked_at, "adjusted": facts.adjusted, "low": facts.low,
            "high": facts.high, "agreed": facts.agreed, "unit": facts.unit, "verdict": facts.verdict}  # fmt: skip
    if not _recent(facts.ends, facts.today):
        why = f"What was computed rests on data that end {_until(facts.ends)}: too long ago to say how it is now."
        return Condition(ATTRIBUTION, False, why, "Bring in the data of the last weeks and look again.", told)
    if _below(facts):
        return Condition(ATTRIBUTION, True, f"{_numbers(facts)} {_over_all(facts)}", facts=told)
    return Condition(ATTRIBUTION, False, f"Cannot tell. {_why_not(facts)}", remedy, told)


def _below(facts: Looked) -> bool:
    """The verdict counts only against the level that was agreed; against any other line the interval must tell."""
    if _same_line(facts):
        return facts.verdict == "below standard"
    sure = facts.wrong_side and not facts.one_stretch
    return sure and facts.checked and facts.verdict != "cannot be separated"


def _same_line(facts: Looked) -> bool:
    return facts.line_agreed and facts.line is not None and isclose(facts.line, facts.agreed, rel_tol=1e-4)


def _numbers(facts: Looked) -> str:
    return (
        f"On the usual mix of work {value(facts.adjusted or 0, facts.unit)} would be reached, as well anything from "
        f"{value(facts.low or 0, facts.unit)} to {value(facts.high or 0, facts.unit)}; agreed is "
        f"{value(facts.level, facts.unit)}{_on_the_mix(facts)}. It rests on {counted(facts.n, 'case')}."
    )


def _on_the_mix(facts: Looked) -> str:
    """What the level comes to where other work is harder or easier."""
    on_mix = value(facts.agreed, facts.unit)
    return "" if on_mix == value(facts.level, facts.unit) else f" for that work, which is {on_mix} on the mix"


def _over_all(facts: Looked) -> str:
    return f"False findings are held at one in twenty over all {facts.looked_at:,} people who were looked at."


def _why_not(facts: Looked) -> str:
    if facts.verdict == "cannot be separated":
        return f"The person and the work cannot be told apart. {facts.why}".strip()
    if _same_line(facts):
        return facts.why
    if facts.low is None or facts.high is None:
        return f"There is no interval to compare with the agreed level. {facts.why}".strip()
    if not facts.checked:
        return f"{_numbers(facts)} Its chances were not right on periods held out, so no verdict may rest on them."
    if facts.wrong_side and facts.one_stretch:
        return (
            f"{_numbers(facts)} It rests on one stretch of time: many cases of one event count as one event."
        )
    also = f"What was computed was held against another line ({value(facts.line, facts.unit)}), which nobody agreed. "
    reaches = "The interval reaches the agreed level, or chance over all who were looked at could explain it."
    return f"{_numbers(facts)} {also if facts.line is not None else ''}{reaches}"


@dataclass(frozen=True, slots=True)
class Observed:
    """Dated items about one behaviour: the day and the source of each."""

    days: Sequence[date]
    sources: Sequence[str]


def behaviour(facts: Observed) -> Condition:
    """Condition 3 for a behaviour: several items, on several days, from more than one source."""
    sources = {" ".join(source.split()).casefold() for source in facts.sources if source.strip()}
    days = set(facts.days)
    told = {"items": len(facts.days), "sources": len(sources), "days": len(days)}
    items, told_by = counted(len(facts.days), "dated item"), counted(len(sources), "source")
    has = capital(f"{items} from {told_by}, on {counted(len(days), 'day')}")
    if len(facts.days) >= FEWEST_ITEMS and len(sources) >= FEWEST_SOURCES and len(days) >= FEWEST_SOURCES:
        return Condition(ATTRIBUTION, True, f"{has}.", facts=told)
    asks = f"It takes {FEWEST_ITEMS} items at least, from {FEWEST_SOURCES} sources, on {FEWEST_SOURCES} days."
    remedy = "One person’s impression is no pattern. Ask others, or leave it at coaching."
    return Condition(ATTRIBUTION, False, f"{has}. {asks}", remedy, told)


def coaching(found: Coached) -> Condition:
    """Condition 4: coached, followed up, given time, and every promise of support kept, also one due later."""
    told = {"noted": found.noted, "followed_up": found.followed_up, "days": found.days_given,
            "promised": found.promised, "delivered": found.delivered, "late": list(found.late)}  # fmt: skip
    judged = enough(found)
    missing = list(judged.missing)
    coming = found.promised - found.delivered - len(found.late)
    if coming > 0:
        missing.append(f"{counted(coming, 'promise').capitalize()} of support is still to come.")
    if missing:
        remedy = "Coach, help, follow up, and keep what was promised. Most people need no more than that."
        return Condition(COACHING, False, " ".join(missing), remedy, told)
    return Condition(COACHING, True, " ".join(judged.there), facts=told)


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Items about this standard in the time examined: how many there are, and why some cannot be used yet."""

    items: int
    unusable: Sequence[str] = ()


def evidence(facts: EvidenceFacts) -> Condition:
    """Condition 5: there is evidence on the record, and the person saw every item and could answer it."""
    told = {"items": facts.items, "unusable": list(facts.unusable)}
    if not facts.items:
        remedy = "Put what it rests on onto the record, with date and source, and let the person see and answer it."
        return Condition(
            EVIDENCE, False, "There is no evidence about this standard on the record.", remedy, told
        )
    if facts.unusable:
        why = (
            f"{len(facts.unusable)} of {counted(facts.items, 'item')} cannot be used yet. {facts.unusable[0]}"
        )
        remedy = "Ask the person to look at their record, and leave the time to answer."
        return Condition(EVIDENCE, False, why, remedy, told)
    why = f"{counted(facts.items, 'item').capitalize()} on the record; each was seen, and could be answered."
    return Condition(EVIDENCE, True, why, facts=told)
