"""The worlds by name: what is true in each, and what is awkward about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["proportion", "value", "count"]
Good = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a world is drawn from. Spreads are standard deviations in log-odds; zero is none.

    base: what the usual worker reaches on the common mix; standard: on the same scale.
    cases: median for a worker; cases_spread: of its logarithm.   served: mechanisms of one worker.
    sorting: how strongly those who are good serve through mechanisms that are good (negative: bad).
    nested: each team has mechanisms of its own.
    pair_sd: of worker and mechanism together.   bout_sd: good and bad weeks or days of a worker, see `bout`.
    days: working days of a worker, of the 65 there are.
    hard: effect of a hard case, of which there are 3 in 10.   hard_spread: of that share between workers.
    hidden: hardness is not in the data.
    temper: how workers spread: normal; "floor": nobody below the standard, many just above it;
        "heavy": most alike and a few far off.
    shown: the data can show what is awkward, so that a promise about wrong accusations is owed.
    """

    name: str
    sentence: str
    kind: Kind = "proportion"
    good: Good = "high"
    link: str = "logit"
    base: float = 0.798
    standard: float = 0.77
    workers: int = 2000
    mechanisms: int = 40
    teams: int = 40
    weeks: int = 13
    cases: int = 300
    cases_spread: float = 0.5
    served: int = 3
    worker_sd: float = 0.20
    mechanism_sd: float = 0.50
    team_sd: float = 0.25
    sorting: float = 0.0
    nested: bool = False
    pair_sd: float = 0.0
    bout_sd: float = 0.0
    bout: Literal["week", "day"] = "week"
    days: int = 65
    hard: float = 0.0
    hard_spread: float = 0.0
    hidden: bool = False
    temper: Literal["normal", "floor", "heavy"] = "normal"
    shown: bool = True

    @property
    def tells_hardness(self) -> bool:
        """Whether a model is told which cases are hard, where that matters."""
        return bool(self.hard) and not self.hidden


PLAIN = Recipe("plain", "Workers, mechanisms and teams differ, and nothing else is going on.")


def _like_plain(name: str, sentence: str, **other: object) -> Recipe:
    return replace(PLAIN, name=name, sentence=sentence, **other)  # type: ignore[arg-type]


_ALL = (
    PLAIN,
    _like_plain(
        "nobody-below", "Workers differ as ever, and all of them are above the standard.", standard=0.64
    ),
    _like_plain("all-alike", "All workers are equally good, and above the standard.", worker_sd=0.0),
    _like_plain(
        "just-above", "Nobody is below the standard, and one in five is just above it.", temper="floor"
    ),
    _like_plain("weak-on-weak", "Those who are weaker serve through weaker mechanisms.", sorting=0.4),
    _like_plain("best-on-worst", "The best serve through the worst mechanisms.", sorting=-0.4),
    _like_plain(
        "best-on-worst-only", "The best serve through the worst mechanisms, nearly all.", sorting=-2.0
    ),
    _like_plain(
        "weak-on-weak-only", "Those who are weaker serve through weaker mechanisms, nearly all.", sorting=2.0
    ),
    _like_plain("locked", "Every worker serves through one mechanism only.", served=1),
    _like_plain(
        "nested",
        "Each team has four mechanisms of its own, and nobody else serves through them.",
        teams=10,
        nested=True,
    ),
    _like_plain("few-cases", "Sixty cases a worker.", cases=60),
    _like_plain("many-cases", "Three thousand cases a worker.", cases=3000),
    _like_plain("interaction", "Workers are better at some mechanisms than at others.", pair_sd=0.25),
    _like_plain(
        "interaction-best-on-worst",
        "The same, and the best serve through the worst mechanisms.",
        pair_sd=0.25,
        sorting=-0.4,
    ),
    _like_plain("weeks", "Workers have good and bad weeks.", bout_sd=0.40),
    _like_plain(
        "days",
        "Workers have good and bad days, and work one day in three.",
        bout_sd=0.60,
        bout="day",
        days=20,
    ),
    _like_plain("probit", "Effects add up on the probit scale.", link="probit"),
    _like_plain("cloglog", "Effects add up on the complementary log-log scale.", link="cloglog"),
    _like_plain("loglog", "Effects add up on the log-log scale.", link="loglog"),
    _like_plain("additive", "Effects add up in percentage points.", link="additive"),
    _like_plain(
        "hard-cases-by-chance",
        "Three cases in ten are hard, the data do not say which, and they fall on all alike.",
        hard=-0.8,
        hidden=True,
    ),
    _like_plain(
        "hard-cases-seen",
        "Some workers get far more hard cases, and the data say which cases are hard.",
        hard=-0.8,
        hard_spread=0.2,
    ),
    _like_plain(
        "hard-cases-unseen",
        "Some workers get far more hard cases, and the data do not say so.",
        hard=-0.8,
        hard_spread=0.2,
        hidden=True,
        shown=False,
    ),
    _like_plain("few-far-off", "Most workers are nearly alike, and a few are far off.", temper="heavy"),
    _like_plain("small-house", "120 workers, 6 mechanisms and 4 teams.", workers=120, mechanisms=6, teams=4),
    _like_plain(
        "value",
        "As in the plain world, with a score instead of yes or no.",
        kind="value",
        link="score",
        base=4.0,
        standard=3.93,
    ),
    _like_plain(
        "count",
        "As in the plain world, with errors, of which fewer are better.",
        kind="count",
        good="low",
        link="errors",
        base=0.2,
        standard=0.238,
    ),
)

WORLDS: dict[str, Recipe] = {recipe.name: recipe for recipe in _ALL}
"""Every world by its name, in the order in which the experiment shows them."""
