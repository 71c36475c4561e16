"""Targets that are met by harm, and metrics that improve while customers fare worse, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from andon.culture.metrics.amounts import Scale, unit_of, value
from andon.culture.metrics.columns import label
from andon.people import saying

Kept = Mapping[str, Any]


def harm(one: Kept, scale: Scale, units: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A limit beside which cases pile up. `names`: of mechanisms, by short name."""
    told = {
        "metric": label(one["metric"]), "limit": value(one["limit"], unit_of(one["metric"], units)),
        "ratio": saying.number(one["ratio"]), "where": _where(one["mechanism"], names),
    }  # fmt: skip
    return " ".join([_piles(one["side"], bool(one["mechanism"])) % told, *_there(one, scale, units)])


def _where(mechanism: str | None, names: Mapping[str, str]) -> str:
    return names.get(mechanism, mechanism) if mechanism else ""


def _piles(side: str, somewhere: bool) -> str:
    if somewhere and side == "below":
        return _(
            "%(where)s: %(metric)s piles up just below %(limit)s, with %(ratio)s times as many cases as just above."
        )
    if somewhere:
        return _(
            "%(where)s: %(metric)s piles up just above %(limit)s, with %(ratio)s times as many cases as just below."
        )
    if side == "below":
        return _(
            "%(metric)s piles up just below %(limit)s, with %(ratio)s times as many cases as just above."
        )
    return _("%(metric)s piles up just above %(limit)s, with %(ratio)s times as many cases as just below.")


def _there(one: Kept, scale: Scale, units: Mapping[str, str]) -> list[str]:
    """What gives way beside the limit."""
    said = []
    effect = one["outcome"]["effect"]
    if one["harmful"] and _clear(one["outcome"]) and scale.worse(effect):
        told = {"outcome": scale.name, "change": scale.change(effect)}
        said.append(_("Beside it, %(outcome)s is %(change)s than what lies around lets one expect.") % told)
    said += [_moved(other["metric"], other["difference"], units) for other in one["others"]]
    return said or [_("Customers there fare no differently, as far as can be seen.")]


def _moved(metric: str, by: float, units: Mapping[str, str]) -> str:
    unit = unit_of(metric, units)
    plain = "" if unit == "share" else unit
    told = {"metric": label(metric), "amount": value(abs(by), plain)}
    if by > 0:
        return _("%(metric)s there is higher by %(amount)s than what lies around lets one expect.") % told
    return _("%(metric)s there is lower by %(amount)s than what lies around lets one expect.") % told


def _clear(interval: Kept) -> bool:
    low, high = interval["low"], interval["high"]
    return low is not None and high is not None and (low > 0 or high < 0)


def trend(one: Kept, scale: Scale, units: Mapping[str, str]) -> str:
    """A metric that improves over time while customers fare worse."""
    told = {
        "metric": label(one["metric"]), "amount": value(abs(one["metric_change"]), unit_of(one["metric"], units)),
        "outcome": scale.name, "change": scale.amount(one["outcome_change"]),
    }  # fmt: skip
    return _went(one["metric_change"] > 0, one["direction_known"]) % told


def _went(up: bool, known: bool) -> str:
    if known and up:
        return _(
            "%(metric)s rose by %(amount)s, which counts as better, while %(outcome)s got worse by %(change)s."
        )
    if known:
        return _(
            "%(metric)s fell by %(amount)s, which counts as better, while %(outcome)s got worse by %(change)s."
        )
    if up:
        return _(
            "%(metric)s rose by %(amount)s while %(outcome)s got worse by %(change)s: no improvement for customers."
        )
    return _(
        "%(metric)s fell by %(amount)s while %(outcome)s got worse by %(change)s: no improvement for customers."
    )
