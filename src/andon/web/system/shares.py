"""Shares of variation as one bar, in words that are no model's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.people import saying
from andon.plots.shares import SHOWN, Group, ShareBar, SharePart, share_keys, shares

NOTHING = 0.0005  # an interval that begins below this share begins at nothing
MECHANISM, TEAM, MIX, TIME = "mechanism", "team", "mix of customers", "good and bad times"
PEOPLE, CHANCE = "people", "chance"
ORDER = (MECHANISM, TEAM, MIX, TIME, PEOPLE, CHANCE)
SAME = {"mechanism": MECHANISM, "team": TEAM, "period": TIME, "mechanism × period": TIME}
GROUPS: dict[str, Group] = {PEOPLE: "people", CHANCE: "chance"}
LABELS = {
    MECHANISM: gettext_lazy("mechanism"),
    TEAM: gettext_lazy("team"),
    MIX: gettext_lazy("mix of customers"),
    TIME: gettext_lazy("good and bad times"),
    PEOPLE: gettext_lazy("people"),
    CHANCE: gettext_lazy("chance"),
}
NAMES = LABELS | {
    "period": gettext_lazy("times, for everybody alike"),
    "mechanism × period": gettext_lazy("times of a mechanism"),
    "worker": gettext_lazy("people, wherever they work"),
    "worker × mechanism": gettext_lazy("people in one mechanism more than in others"),
    "worker × period": gettext_lazy("times of a person"),
    "covariates in a straight line": gettext_lazy("mix of customers"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar, what its parts mean, and the parts as the model has them (`lines`)."""

    parts: list[SharePart]
    lines: list[SharePart]

    @property
    def svg(self) -> str:
        """All differences."""
        return shares(_drawn(_("All differences"), self.parts))

    @property
    def keys(self) -> list[tuple[str, str]]:
        kinds = [kind for kind, _words in share_keys(_drawn("", self.parts))]
        shown = [part for part in _named(self.parts) if part.share >= SHOWN]
        return list(zip(kinds, map(_with_interval, shown), strict=True))

    @property
    def apart(self) -> str:
        """The differences that can be told apart from chance, as a bar of their own."""
        known = [part for part in self.parts if part.group != CHANCE]
        whole = sum(part.share for part in known) or 1.0
        return shares(_drawn(_("Without chance"), [_scaled(part, whole) for part in known]))

    def of(self, *names: str) -> float:
        return sum(part.share for part in self.parts if part.name in names)

    @property
    def system(self) -> float:
        """Of what can be told apart from chance, how much is the system."""
        people, system = self.of(PEOPLE), self.of(MECHANISM, TEAM, MIX, TIME)
        return system / (system + people) if system + people > 0 else 0.0


def bar(kept: Sequence[Mapping[str, Any]]) -> Bar | None:
    """Parts that mean the same to a reader are one; None without any."""
    if not kept:
        return None
    lines = [_line(one) for one in kept]
    groups = [_group(one) for one in kept]
    parts = [
        _sum(name, [line for line, group in zip(lines, groups, strict=True) if group == name])
        for name in ORDER
    ]
    return Bar([part for part in parts if part.share > 0], lines)


def _group(one: Mapping[str, Any]) -> str:
    if one["group"] in GROUPS:
        return str(one["group"])
    return SAME.get(one["name"], MIX)


def _line(one: Mapping[str, Any]) -> SharePart:
    share = max(one["share"] or 0.0, 0.0)
    low, high = (share if one.get(name) is None else one[name] for name in ("low", "high"))
    low = low if low >= NOTHING else 0.0
    return SharePart(str(NAMES.get(one["name"], one["name"])), share, low, high, one["group"])


def _sum(name: str, lines: Iterable[SharePart]) -> SharePart:
    """The interval of a sum is the sum of intervals: wider than it need be, never narrower."""
    some = list(lines)
    share, low, high = (sum(getattr(line, end) for line in some) for end in ("share", "low", "high"))
    return SharePart(name, share, low, min(high, 1.0), GROUPS.get(name, "process"))


def _scaled(part: SharePart, whole: float) -> SharePart:
    return SharePart(part.name, *(x / whole for x in (part.share, part.low, part.high)), part.group)


def _named(parts: Sequence[SharePart]) -> list[SharePart]:
    """As the reader's language calls them."""
    return [replace(part, name=str(LABELS.get(part.name, part.name))) for part in parts]


def _with_interval(part: SharePart) -> str:
    share, low, high = (saying.value(x, "share") for x in (part.share, part.low, part.high))
    told = {"name": part.name, "share": share, "low": low.removesuffix(" %"), "high": high}
    return (_("%(name)s %(share)s (%(low)s to %(high)s)") if low != high else "%(name)s %(share)s") % told


def _drawn(title: str, parts: Sequence[SharePart]) -> ShareBar:
    named = _named(parts)
    told = ", ".join(f"{part.name} {saying.value(part.share, 'share')}" for part in named)
    return ShareBar(title, told, tuple(named))
