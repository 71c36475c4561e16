"""Condition 6, and counts of people that point at nobody. Pure."""

from dataclasses import dataclass

from andon.plans.rules.gate import ALIKE, Condition

FEWEST_SHOWN = 5  # a smaller number of people is not told
SMALL_ROLE = 5  # people in a job role of whom counts are shown


@dataclass(frozen=True, slots=True)
class AlikeFacts:
    """Others of the job role: how many there are, how many have the same or stronger evidence, and what was done."""

    others: int
    as_strong: int = 0
    planned: int = 0
    coached: int = 0

    @property
    def nothing(self) -> int:
        return max(self.as_strong - self.planned - self.coached, 0)


def alike(facts: AlikeFacts) -> Condition:
    """Condition 6, as counts only: nobody with evidence as strong is left out while one person gets a plan."""
    if facts.others < SMALL_ROLE:
        why = "Too few others hold this role to be counted without pointing at somebody. HR looks at it in review."
        return Condition(ALIKE, True, why, facts={"others": ""})
    planned, coached, nothing = parts(facts.planned, facts.coached, facts.nothing)
    told = {"others": facts.others, "as_strong": few(facts.as_strong), "planned": planned, "coached": coached,
            "nothing": nothing}  # fmt: skip
    if not facts.as_strong:
        why = f"Of {facts.others} others in this role, nobody has evidence as strong."
        return Condition(ALIKE, True, why, facts=told)
    has = f"Of {facts.others} others in this role, {few(facts.as_strong)} have the same or stronger evidence"
    done = f"{planned} have a plan, {coached} are being coached"
    if not facts.nothing:
        return Condition(ALIKE, True, f"{has}: {done}.", facts=told)
    remedy = "Begin with the same help for all of them, or let HR say in writing why the cases differ."
    why = f"{has}: {done}, and with {nothing} nothing has begun."
    return Condition(ALIKE, False, why, remedy, told)


def few(n: int) -> str:
    """A count of people that points at nobody: a small one is not told."""
    return "none" if n == 0 else "fewer than five" if n < FEWEST_SHOWN else str(n)


def parts(*counts: int) -> tuple[str, ...]:
    """Counts that add up to a total which is told: where a small one could be had by subtracting, a second goes."""
    small = [place for place, n in enumerate(counts) if 0 < n < FEWEST_SHOWN]
    hidden = set(small)
    if len(small) == 1:
        others = [place for place in range(len(counts)) if place not in hidden and counts[place]]
        hidden |= set(sorted(others, key=lambda place: counts[place])[:1])
    told = ("fewer than five" if n < FEWEST_SHOWN else "some" for n in counts)
    return tuple(
        word if place in hidden else few(n) for place, (n, word) in enumerate(zip(counts, told, strict=True))
    )
