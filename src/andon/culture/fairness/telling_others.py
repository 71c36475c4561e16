"""Managers, exceptions and like cases of an audit, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from andon.culture.fairness.figures import ratio, times
from andon.culture.fairness.words import ENDS, PROCESSES
from andon.people import saying
from andon.people.retelling import retold
from andon.plans.rules.gate import NAMES

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Manager:
    """`key` of the person; `sentence` of how their people fare beside what their roles let expect."""

    key: int
    name: str
    counts: str
    rate: str
    expected: str
    outside: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Strict:
    """How much managers differ in one process; `outside` in the order of their names."""

    name: str
    sentence: str
    outside: list[Manager]
    counted: int


def strict(parts: list[Json], names: Mapping[int, str]) -> list[Strict]:
    return [_strict(one, names) for one in parts]


def _strict(kept: Json, names: Mapping[int, str]) -> Strict:
    name, found = str(PROCESSES[kept["process"]]), kept["found"]
    if found is None:
        few = _(
            "Too few to tell: it takes five managers who each lead five people or more, and ten people it happened to."
        )
        return Strict(name, few, [], 0)
    told = [manager(one, names.get(one["manager"], _("Former colleague"))) for one in found["managers"]]
    outside = sorted((one for one in told if one.outside), key=lambda one: one.name)
    return Strict(name, _spread(found), outside, len(told))


def _spread(found: Json) -> str:
    share, typical = found["share"], found["typical"]
    places = {
        "share": saying.percent(share["estimate"]), "low": saying.percent(share["low"]),
        "high": saying.percent(share["high"]), "typical": ratio(typical), "n": len(found["managers"]),
    }  # fmt: skip
    if found["sd"]["low"] == 0:
        return (
            _(
                "No sign that %(n)s managers differ more than chance: %(share)s of the variation is theirs (%(low)s to "
                "%(high)s)."
            )
            % places
        )
    return (
        _(
            "Of the variation, %(share)s is the manager (%(low)s to %(high)s, %(n)s managers). For the same person the "
            "odds are typically %(typical)s times as high with one manager as with another."
        )
        % places
    )


def manager(one: Json, name: str) -> Manager:
    outside = one["corrected"] is not None and one["corrected"] <= 0.05
    counts = _("%(x)s of %(n)s") % {"x": one["x"], "n": one["n"]}
    rate = _("%(low)s to %(high)s") % {
        "low": saying.percent(one["rate"]["low"]), "high": saying.percent(one["rate"]["high"]),
    }  # fmt: skip
    expected = times(one["expected"])
    places = {"counts": counts, "rate": rate, "expected": expected}
    told = _("%(counts)s (%(rate)s), where the same roles elsewhere let expect %(expected)s.") % places
    end = _("That is outside what chance explains.") if outside else _("Chance explains that.")
    return Manager(one["manager"], name, counts, rate, expected, outside, f"{told} {end}")


def own(content: Json, key: int) -> list[tuple[str, str]]:
    """What an audit says of one manager, for that manager: process and sentence."""
    return [
        (str(PROCESSES[part["process"]]), manager(one, "").sentence)
        for part in content.get("managers", [])
        if part["found"]
        for one in part["found"]["managers"]
        if one["manager"] == key
    ]


def overrides(kept: list[Json]) -> Iterator[tuple[str, int, str]]:
    """Which condition was left out, how often, and what became of the plans."""
    for one in kept:
        ends = ", ".join(f"{ENDS.get(end, end)}: {n}" for end, n in sorted(one["ends"].items()))
        yield retold(NAMES[one["condition"]]), one["n"], ends


def alike(kept: list[Json]) -> Iterator[tuple[str, int, str, str]]:
    for one in kept:
        done = ", ".join(f"{retold(name)}: {retold(words)}" for name, words in one["done"])
        yield one["standard"], one["holders"], retold(one["strong"]), done
