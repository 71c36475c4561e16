"""What an audit says of each metric, from the numbers that were kept, in the language of whoever reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.analysis.metrics.between import ALL
from andon.analysis.metrics.spec import CANNOT_TELL, MATTERS, NOT
from andon.culture.metrics.amounts import Scale, unit_of, value
from andon.culture.metrics.columns import label
from andon.people import saying

Kept = Mapping[str, Any]
VERDICTS = {
    MATTERS: gettext_lazy("Customers feel it"),
    NOT: gettext_lazy("Customers do not feel it"),
    CANNOT_TELL: gettext_lazy("Cannot tell"),
}
SHAPES = {
    "flat": gettext_lazy("no difference"),
    "monotone": gettext_lazy("over its whole range"),
    "too little": gettext_lazy("too little of it harms"),
    "too much": gettext_lazy("too much of it harms"),
    "only beyond a threshold": gettext_lazy("only beyond a threshold"),
    "only below a threshold": gettext_lazy("only below a threshold"),
    "U": gettext_lazy("turns: worst or best in the middle"),
    "inverted U": gettext_lazy("turns: worst or best in the middle"),
}
WHY = {
    "it does not vary within the same people and mechanisms": gettext_lazy(
        "it does not vary for the same people in the same work"
    ),
    "the outcome does not vary within the same people and mechanisms": gettext_lazy(
        "the outcome does not vary for the same people in the same work"
    ),
    "too few cases are left once people, mechanisms and periods are held alike": gettext_lazy(
        "too few cases are left once people, work and time are held alike"
    ),
    "there is one unit only, and nothing to compare it with": gettext_lazy(
        "there is nothing to compare it with"
    ),
    "the numbers allow for nothing as well as for something that matters": gettext_lazy(
        "the numbers allow for nothing as well as for something that matters"
    ),
    "there is something, but whether it is big enough to matter is open": gettext_lazy(
        "there is something, but whether it is big enough to matter is open"
    ),
    "it has no values": gettext_lazy("no case with this outcome holds it"),
    "it is the same in every case": gettext_lazy("it is the same in every case"),
    "nobody is named in any case that knows it": gettext_lazy("no case that holds it names who served"),
    "it is a copy of the outcome itself": gettext_lazy("it is a copy of the outcome itself"),
}
LEANS = gettext_lazy("it rests on one of them alone")
TURNS = ("U", "inverted U")
BEYOND = ("too much", "only beyond a threshold")


def sentence(one: Kept, scale: Scale, units: Mapping[str, str]) -> str:
    """What the verdict on a metric means, in units of the outcome."""
    unit = unit_of(one["metric"], units)
    if one["verdict"] == MATTERS:
        return _felt(one, scale, unit)
    if one["verdict"] == NOT:
        told = {"at_most": scale.amount(one["at_most"]), "matters": scale.amount(one["matters"])}
        return _(
            "All else alike, %(step)s goes with a difference in %(outcome)s of at most %(at_most)s; "
            "%(matters)s would matter."
        ) % {"step": step(one["per_step"], unit), "outcome": scale.name, **told}
    return _untold(one, scale, unit)


def step(kept: Kept, unit: str) -> str:
    """A sensible change of a metric, as what a sentence speaks of."""
    if kept["kind"] == "from no to yes":
        return _("yes instead of no")
    if kept["kind"] == "one more":
        return _("one more of it")
    told = {"start": value(kept["from"], unit), "end": value(kept["to"], unit)}
    return _("going from %(start)s to %(end)s") % told


def _felt(one: Kept, scale: Scale, unit: str) -> str:
    shape, size = one["shape"], one["shape"]["size"]
    told = {
        "step": step(one["per_step"], unit), "outcome": scale.name, "change": scale.change(size["effect"]),
        "amount": scale.amount(size["effect"]), "interval": scale.between(size),
        "judged": scale.judged(size["effect"]), "at": _at(shape, unit),
    }  # fmt: skip
    return _pattern(shape["kind"], scale.good) % told


def _pattern(kind: str, good: str) -> str:
    if kind in TURNS and (kind == "inverted U") == (good == "high"):
        return _(
            "All else alike, %(outcome)s is best at about %(at)s; with less of it as with more, customers fare worse: "
            "on the farther side by %(amount)s (%(interval)s)."
        )
    if kind in TURNS:
        return _(
            "All else alike, %(outcome)s is worst at about %(at)s; with less of it as with more, customers fare "
            "better: on the farther side by %(amount)s (%(interval)s)."
        )
    if kind in BEYOND:
        return _(
            "All else alike, it makes no difference up to about %(at)s; beyond that, %(outcome)s is %(change)s "
            "(%(interval)s), which is %(judged)s."
        )
    if kind != "monotone":
        return _(
            "All else alike, it makes no difference beyond about %(at)s; from little up to there, %(outcome)s gets "
            "%(change)s (%(interval)s), which is %(judged)s."
        )
    return _("All else alike, %(step)s goes with %(outcome)s %(change)s (%(interval)s), which is %(judged)s.")


def _at(shape: Kept, unit: str) -> str:
    """Where it bends or turns, with how sure that is."""
    if shape["at"] is None:
        return saying.MISSING
    at, low, high = (value(shape[name] or 0.0, unit) for name in ("at", "at_low", "at_high"))
    if low == high:
        return at
    return _("%(at)s (somewhere from %(low)s to %(high)s)") % {"at": at, "low": low, "high": high}


def _untold(one: Kept, scale: Scale, unit: str) -> str:
    why = WHY.get(one["why"], LEANS if one["why"].startswith("it rests on one") else one["why"])
    change = one["per_step"]
    if change["low"] is None or change["kind"] == "none":
        return _("It cannot be told, as %(why)s.") % {"why": why}
    told = {"why": why, "step": step(change, unit), "outcome": scale.name}
    told |= {"low": scale.change(change["low"]), "high": scale.change(change["high"])}
    return (
        _(
            "It cannot be told, as %(why)s: %(step)s may go with %(outcome)s anywhere from %(low)s to %(high)s."
        )
        % told
    )


def asides(one: Kept) -> Iterator[str]:
    """What misleads whoever looks at a metric by itself."""
    turned = [between["unit"] for between in one["between"] if between["opposite"]]
    if ALL in turned:
        yield _(
            "Raw numbers of all cases say the opposite. Who compares those is misled (Simpson’s paradox)."
        )
    elif turned:
        yield _(
            "Between units it looks the other way round. Who compares those is misled (Simpson’s paradox)."
        )
    joint = one["joint"]
    if joint and joint["alike"]:
        yield _beside(joint)


def _beside(joint: Kept) -> str:
    names = _(" and ").join(f"“{label(name)}”" for name in joint["alike"])
    if joint["carried_by"]:
        told = {"names": names, "one": f"“{label(joint['carried_by'])}”"}
        return (
            _("It goes along with %(names)s; taken together, %(one)s carries it and this adds nothing.")
            % told
        )
    if joint["p"] is not None and joint["p"] < 0.05:
        return _("It goes along with %(names)s; taken together, it still tells something of its own.") % {
            "names": names
        }
    return _("It goes along with %(names)s; which of them carries it cannot be told.") % {"names": names}
