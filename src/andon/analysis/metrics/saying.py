"""Amounts and associations in words that a customer's advocate would use."""

from dataclasses import dataclass

from andon.analysis.metrics.spec import Interval, Side, Step
from andon.plots import words


@dataclass(frozen=True, slots=True)
class Scale:
    """How the outcome is said: its name, whether it is a share of yes, and which way is better."""

    outcome: str
    share: bool
    good: Side

    def amount(self, size: float) -> str:
        """3.2 percentage points, or 0.21."""
        if self.share:
            points = words.number(100 * abs(size))
            return f"{points} percentage point{'' if points == '1' else 's'}"
        return words.number(abs(size))

    def change(self, size: float) -> str:
        """“csat 0.21 lower”."""
        return f"{self.outcome} {self.amount(size)} {self.side(size)}"

    def side(self, size: float) -> str:
        return "higher" if size > 0 else "lower"

    def interval(self, one: Interval) -> str:
        """“0.15 to 0.27” to either side of nothing; “0.1 lower to 0.3 higher” where both can be."""
        if one.low >= 0 or one.high <= 0:
            first, last = sorted((abs(one.low), abs(one.high)))
            return f"{self._bare(first)} to {self._bare(last)}"
        return f"{self._bare(one.low)} lower to {self._bare(one.high)} higher"

    def either(self, one: Interval) -> str:
        """The whole interval in words, with its unit and side."""
        points = " percentage points" if self.share else ""
        if one.low >= 0 or one.high <= 0:
            return f"{self.interval(one)}{points} {self.side(one.effect)}"
        return f"{self._bare(one.low)}{points} lower to {self._bare(one.high)}{points} higher"

    def _bare(self, size: float) -> str:
        return words.number(100 * abs(size) if self.share else abs(size))

    def judged(self, size: float) -> str:
        """Whether that is good or bad for customers."""
        return "better for customers" if (size > 0) == (self.good == "high") else "worse for customers"

    def worse(self, size: float) -> bool:
        return (size < 0) == (self.good == "high") and size != 0


def stepped(step: Step) -> str:
    """“from 214 to 388”, “from no to yes”, “one more”."""
    if step.kind == "from no to yes":
        return "from no to yes"
    if step.kind == "one more":
        return "one more"
    return f"from {words.number(step.start)} to {words.number(step.end)}"


def held(units: tuple[str, ...]) -> str:
    """“the same worker, mechanism and week”."""
    return f"the same {words_joined(units)}"


def words_joined(names: tuple[str, ...] | list[str], last: str = "and") -> str:
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
