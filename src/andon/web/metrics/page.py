"""All that the page of an audit shows. Nothing is computed here; everything was kept when the data came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from andon.analysis.metrics.spec import CANNOT_TELL, MATTERS, NOT
from andon.culture.metrics import telling, telling_harm
from andon.culture.metrics.amounts import Scale
from andon.culture.metrics.columns import label
from andon.culture.metrics.models import MetricAudit
from andon.culture.metrics.reading import counts
from andon.people import saying
from andon.web.metrics import pictures
from andon.web.metrics.pictures import Table

ORDER = (MATTERS, NOT, CANNOT_TELL)
LOOKS = {MATTERS: "good", NOT: "cord", CANNOT_TELL: "open"}


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: verdict, sentence, picture with its table, and the same between units."""

    column: str
    name: str
    cases: float
    verdict: str
    look: str
    said: str
    shape: str
    sentence: str
    asides: list[str]
    picture: str
    table: Table | None
    between: Table | None


def shown(audit: MetricAudit, names: Mapping[str, str]) -> dict[str, Any]:
    scale = Scale(audit.outcome, audit.unit, audit.good)
    kept, units = audit.content, audit.content.get("units", {})
    metrics = [_metric(one, scale, units) for one in kept["metrics"]]
    metrics.sort(key=lambda one: (ORDER.index(one.verdict), one.name.casefold()))
    return {
        "scale": scale,
        "heading": heading(audit),
        "held": held(kept),
        "smallest": scale.amount(audit.matters) if audit.matters is not None else "",
        "overview": pictures.overview(kept["metrics"], scale),
        "metrics": [one for one in metrics if one.verdict != CANNOT_TELL],
        "silent": [one for one in metrics if one.verdict == CANNOT_TELL],
        "harms": [telling_harm.harm(one, scale, units, names) for one in kept["harms"] if one["harmful"]],
        "piles": [telling_harm.harm(one, scale, units, names) for one in kept["harms"] if not one["harmful"]],
        "trends": [telling_harm.trend(one, scale, units) for one in kept["trends"]],
    }


def _metric(one: Mapping[str, Any], scale: Scale, units: Mapping[str, str]) -> Metric:
    sentence = telling.sentence(one, scale, units)
    drawn = pictures.shape_of(one, scale, sentence)
    return Metric(
        one["metric"], label(one["metric"]), one["cases"], one["verdict"], LOOKS[one["verdict"]],
        str(telling.VERDICTS[one["verdict"]]),
        _shape(one), sentence,
        list(telling.asides(one)), drawn.svg if drawn else "", drawn.table if drawn else None,
        pictures.between(one, scale),
    )  # fmt: skip


def _shape(one: Mapping[str, Any]) -> str:
    """In a word or two; of yes and no there is none to tell."""
    if one["verdict"] != MATTERS or one["per_step"]["kind"] == "from no to yes":
        return ""
    return str(telling.SHAPES.get(one["shape"]["kind"], ""))


def heading(audit: MetricAudit) -> str:
    """The answer in one sentence."""
    count = counts(audit)
    total, matter = sum(count.values()), count[MATTERS]
    if not matter:
        return _("No metric that moves %(outcome)s was found.") % {"outcome": label(audit.outcome)}
    told = {
        "few": saying.few(matter).capitalize(),
        "total": saying.thousands(total),
        "outcome": label(audit.outcome),
    }
    return (
        ngettext(
            "%(few)s of %(total)s metrics moves %(outcome)s.",
            "%(few)s of %(total)s metrics move %(outcome)s.",
            matter,
        )
        % told
    )


PARTS = {
    "worker": gettext_lazy("person"), "mechanism": gettext_lazy("mechanism"), "team": gettext_lazy("team"),
    "hour": gettext_lazy("hour"), "day": gettext_lazy("day"), "week": gettext_lazy("week"),
    "month": gettext_lazy("month"), "quarter": gettext_lazy("quarter"), "year": gettext_lazy("year"),
}  # fmt: skip


def held(kept: Mapping[str, Any]) -> str:
    """What is held alike: “person, mechanism, team and week”."""
    names = [str(PARTS.get(name, name)) for name in (*kept.get("held", []), kept.get("every", "week"))]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
