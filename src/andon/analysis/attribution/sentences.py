"""A plain and kind sentence or two for each verdict."""

from andon.analysis.attribution import separable
from andon.analysis.attribution.spec import BELOW, INSEPARABLE, MEETS, Calibration, Standard
from andon.plots import words


def people_word(count: int) -> str:
    return "one person" if count == 1 else f"{words.few(count)} people"


def cases(n: float) -> str:
    return "1 case" if n == 1 else f"{n:,.0f} cases"


def mechanisms(count: int) -> str:
    return "one mechanism" if count == 1 else f"{count:,} mechanisms"


def chance(p: float) -> str:
    """A probability as people say it; never quite 0 or 1."""
    if p < 0.001 or p > 0.999:
        return "below 0.001" if p < 0.5 else "above 0.999"
    return f"{p:.2g}" if p < 0.99 else f"{p:.3f}"


class Why:
    """Says of each person what their verdict rests on."""

    def __init__(
        self,
        standard: Standard,
        unit: str,
        fdr: float,
        calibration: Calibration,
        shared: bool,
        depends: str,
        every: str = "week",
    ) -> None:
        self.standard, self.unit, self.fdr = standard, unit, fdr
        self.calibration, self.shared, self.depends, self.every = calibration, shared, depends, every

    def level(self, value: float, more: int = 1) -> str:
        return words.value(value, self.unit, more)

    def sentence(
        self,
        n: float,
        count: int,
        reach: tuple[float, float, float],
        p: float,
        verdict: str,
        reason: str,
        main: str,
        rest: tuple[str, float] | None = None,
    ) -> str:
        seen = f"{cases(n)} in {mechanisms(count)}."
        if verdict == INSEPARABLE:
            return f"{seen} {self._inseparable(reason, main)}"
        adjusted, low, high = (self.level(value) for value in reach)
        told = (
            f"{seen} On the common mix of work this person would reach about {adjusted} ({low} to {high}); "
            f"the standard is {self.level(self.standard.value)}."
        )
        return f"{told} {self._rests(*rest) if rest else self._judged(p, verdict)}"

    def _rests(self, period: str, n: float) -> str:
        return (
            f"But that rests on one stretch of time, the {self.every} from {period} with {cases(n)}: without it, "
            "meeting the standard is as likely as missing it. Many cases of one event count as one event, so the "
            "numbers cannot tell."
        )

    def _judged(self, p: float, verdict: str) -> str:
        if verdict == BELOW:
            return (
                f"The chance that this is truly on the wrong side of the standard is {chance(p)}; among all who are "
                f"found so, at most {words.share(self.fdr)} are expected to be found wrongly. {self.depends}"
            )
        if verdict == MEETS:
            return f"That meets the standard: the chance of truly missing it is {chance(p)}. {self.depends}"
        if self.calibration.passed is not True:
            return f"No verdict: {self.calibration.reason} The numbers cannot tell."
        if self.shared and p > 0.5:
            return (
                "The usual person on this mix misses the standard too, so the shortfall is the process's; beyond that "
                "the numbers cannot tell."
            )
        return f"The numbers cannot tell: the chance of truly missing the standard is {chance(p)}."

    def _inseparable(self, reason: str, main: str) -> str:
        where, whose = {
            separable.TEAM: ("Hardly anybody else is in the same team", "the team's"),
            separable.OWN: ("Nobody else works in the same mechanisms", "the process's"),
            separable.GROUP: (
                "They share their mechanisms with a few others only, who work nowhere else",
                "the process's",
            ),
        }.get(reason, (f"Nearly all that is known comes from one mechanism ({main})", "the mechanism's"))
        return f"{where}, so what is theirs and what is {whose} cannot be told apart."


def headline(process: float, people: float, what: str, parts: list[str]) -> str:
    """The one sentence: how much is process, how much people, and that the rest is chance."""
    listed = [", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts
    named = " and ".join(listed) or "the process"
    return (
        f"{words.share(process)} of the differences in {what} come from {named}; {words.share(people)} from people; "
        "the rest is chance."
    )
