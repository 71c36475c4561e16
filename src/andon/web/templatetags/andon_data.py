"""How what customers said, files and clocks read on a page."""

from datetime import timedelta

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy

from andon.people import saying
from andon.signals.models import Dataset, Signal

register = template.Library()

RATINGS = {
    "csat": gettext_lazy("%(x)s of 5"),
    "stars": gettext_lazy("%(x)s of 5 stars"),
    "nps": gettext_lazy("%(x)s of 10, would recommend"),
    "ces": gettext_lazy("%(x)s of 7, effort"),
}
STATES = {
    "done": "good",
    "failed": "cord",
    "mapping": "calm",
    "reading": "calm",
    "queued": "open",
    "removed": "open",
}


@register.filter
def rating(signal: Signal) -> str:
    """“4 of 5”; a rating without a known scale is the number alone."""
    if signal.rating is None:
        return ""
    return RATINGS.get(signal.rating_kind, "%(x)s") % {"x": saying.number(signal.rating)}


@register.filter
def state_chip(dataset: Dataset) -> str:
    """The colour of a file's state."""
    return STATES.get(dataset.state, "")


@register.filter
def bytes_of(size: int) -> str:
    return filesizeformat(size)


@register.filter
def span(length: timedelta | None) -> str:
    """1 h 53 min, 2 d 4 h, 41 s."""
    if length is None:
        return saying.MISSING
    minutes, seconds = divmod(int(abs(length.total_seconds())), 60)
    if not minutes:
        return saying.figures(f"{seconds} s")
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return saying.figures(" ".join(f"{n} {unit}" for n, unit in [p for p in parts if p[0]][:2]))


@register.filter
def thousands(n: int | None) -> str:
    return "" if n is None else saying.figures(f"{n:,}")


@register.filter
def percent(x: float | None) -> str:
    return f"{100 * (x or 0):.0f} %"


@register.filter
def told(text: str, dataset: Dataset) -> str:
    """A sentence about a file, naming the file as it was brought instead of where it lies on the server."""
    return text.replace(str(dataset.path), f"“{dataset.name}”").replace(dataset.path.name, dataset.name)
