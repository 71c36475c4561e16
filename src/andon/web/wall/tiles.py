"""A measure as a tile."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure
from andon.people import saying
from andon.watch.models import Chart
from andon.web.links import raise_url
from andon.web.templatetags.andon import first_sentence


@dataclass(frozen=True, slots=True)
class Tile:
    """What `parts/tile.html` shows. `why` is as it was computed; `svg` is empty while there are no data."""

    name: str
    part: str
    url: str
    number: str
    svg: str
    why: str
    beside: str
    state: str
    ask: str


def tile(measure: Measure) -> Tile:
    """Needs `measure.chart` and `measure.mechanism` at hand; asks the database nothing."""
    chart = getattr(measure, "chart", None)
    out = bool(chart and chart.out)
    return Tile(
        name=measure.name,
        part=measure.mechanism.name,
        url=reverse("mechanisms:measure", args=[measure.mechanism.slug, measure.slug]),
        number=saying.figures(chart.latest_words) if chart else "",
        svg=chart.tile if chart else "",
        why=first_sentence(chart.sentence) if chart else "",
        beside=_beside(chart),
        state=_state(out, chart),
        ask=raise_url(measure=measure.pk, **_point(chart)) if out else "",
    )


def _beside(chart: Chart | None) -> str:
    """Beside the first sentence, that a glance takes in, whom it touched. The measure's page says the rest."""
    if chart is None:
        return _("No data yet.")
    if not (chart.out and chart.customers):
        return ""
    return _("About %(customers)s.") % {"customers": saying.counted(chart.customers, "customer")}


def _state(out: bool, chart: Chart | None) -> str:
    return "out" if out else "" if chart and chart.tile else "waiting"


def _point(chart: Chart) -> dict[str, str]:
    """The question is about where the exception began."""
    return {"at": chart.since.isoformat()} if chart.since else {}
