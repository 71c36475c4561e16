"""What a separation says, in sentences for everybody."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from andon.attribution.models import Estimate, Separation
from andon.people import saying
from andon.web.system.shares import CHANCE, PEOPLE, Bar

INSEPARABLE = Estimate.Verdict.INSEPARABLE.value
NEARLY_ALL = 0.98
MODELS = {
    "proportion": gettext_lazy("logistic mixed model with crossed effects"),
    "value": gettext_lazy("linear mixed model with crossed effects"),
    "count": gettext_lazy("Poisson mixed model with crossed effects"),
}
PARTS = {
    "team": gettext_lazy("team"),
    "mechanism": gettext_lazy("mechanism"),
    "worker": gettext_lazy("person"),
    "period": gettext_lazy("time"),
    "worker × mechanism": gettext_lazy("person within a mechanism"),
    "worker × period": gettext_lazy("a person's good and bad times"),
    "mechanism × period": gettext_lazy("a mechanism's good and bad times"),
}


def heading(separation: Separation, parts: Bar | None) -> str:
    """The answer in one sentence."""
    if parts is None:
        return _("Is it the system?")
    if parts.of(CHANCE) >= NEARLY_ALL:
        return _("Nearly all of it is chance.")
    if len(separation.mechanisms) < 2 or not apart(separation):
        return _("Person and process cannot be told apart here.")
    if not parts.of(PEOPLE):
        return _("All that can be told apart from chance is the system.")
    if parts.system >= 0.5:
        return (
            _("Most of it is the system.")
            if parts.of(CHANCE) < 0.5
            else _("What is not chance is mostly the system.")
        )
    return _("People differ more than the system does here.")


def apart(separation: Separation) -> bool:
    """Whether most people work in more than one mechanism with others, so that shares mean what they say."""
    return separation.counts.get(INSEPARABLE, 0) <= separation.workers / 2


def ranking(rankings: Sequence[Mapping[str, Any]]) -> str:
    """What a list of raw numbers would have done, in one sentence."""
    if not rankings:
        return ""
    named, cleared = rankings[0]["named"], rankings[0]["cleared"]
    told = {"people": saying.counted(named, "person", "people"), "cleared": saying.few(cleared)}
    return _ranked(named, cleared) % told


def _ranked(named: int, cleared: int) -> str:
    if not cleared:
        return _("A list of the lowest tenth by raw numbers would name %(people)s.")
    if cleared == named:
        return _(
            "A list of the lowest tenth by raw numbers would name %(people)s; once the work that came their way "
            "is taken into account, all of them are more likely than not on the right side of the line."
        )
    return ngettext(
        "A list of the lowest tenth by raw numbers would name %(people)s; once the work that came their way "
        "is taken into account, %(cleared)s of them is more likely than not on the right side of the line.",
        "A list of the lowest tenth by raw numbers would name %(people)s; once the work that came their way "
        "is taken into account, %(cleared)s of them are more likely than not on the right side of the line.",
        cleared,
    )


def facts(separation: Separation) -> list[tuple[str, str]]:
    """How it came about."""
    model = separation.model
    parts = [str(PARTS.get(name, name)) for name in model.get("parts", {})]
    return [
        (_("Cases"), _cases(separation)),
        (_("From and to"), _span(separation)),
        (_("Told apart"), ", ".join(parts)),
        (_("Model"), _model(separation)),
        (_("Settled"), _settled(model)),
        (_("Check"), model.get("calibration", {}).get("reason", "")),
        (_("Verdicts"), _verdicts(separation)),
        (_("Not here now"), _unknown(separation.unknown)),
    ]  # fmt: skip


def _cases(separation: Separation) -> str:
    people = saying.counted(separation.workers, "person", "people")
    return _("%(n)s, served by %(people)s") % {"n": saying.thousands(separation.n), "people": people}


def _unknown(count: int) -> str:
    return saying.counted(count, "person", "people") if count else ""


def _span(separation: Separation) -> str:
    if not (separation.starts and separation.ends):
        return ""
    first, last = saying.day(separation.starts), saying.day(separation.ends)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _model(separation: Separation) -> str:
    told = str(MODELS[separation.kind])
    if not (cells := separation.model.get("cells")):
        return told
    return _("%(model)s, fitted to %(cells)s cells") % {"model": told, "cells": saying.thousands(cells)}


def _settled(model: Mapping[str, Any]) -> str:
    gradient = model.get("gradient_norm")
    if gradient is None:
        return ""
    told = _("yes (gradient %(gradient)s)") if model.get("converged") else _("no (gradient %(gradient)s)")
    return told % {"gradient": saying.figures(f"{gradient:.1g}")}


def _verdicts(separation: Separation) -> str:
    if not separation.verdicts:
        return _("none are given, as the check was not passed")
    told = ", ".join(
        f"{Estimate.Verdict(word).label}: {saying.thousands(count)}"
        for word, count in separation.counts.items()
        if count
    )
    return told or _("given to each person alone, as so few served")
