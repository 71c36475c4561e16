"""One role, different bars: side by side, with how each team stands. No person is on this page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.attribution.models import Separation
from andon.attribution.outcomes import asked_by
from andon.mechanisms.models import Measure
from andon.people import saying
from andon.standards import access, actions
from andon.standards.models import Difference, JobRole, StandardVersion
from andon.watch.models import Chart
from andon.web.filling import form_page, sentences
from andon.web.standards.bars import level_words, where_words
from andon.web.standards.forms import ReasonForm
from andon.web.standards.reach import tabs


@dataclass(frozen=True, slots=True)
class TeamBar:
    """The bar of one team, or of everywhere, and how the team stands in the outcome where that is known."""

    version: StandardVersion
    where: str
    level: str
    raw: str
    adjusted: str


@dataclass(frozen=True, slots=True)
class Compared:
    """All bars of one role about one subject. `reason` holds when it was given for the bars as they are now."""

    role: JobRole
    name: str
    subject: str
    bars: list[TeamBar]
    differ: bool
    now_said: str
    system: str
    reason: Difference | None
    earlier: list[Difference]


@form_page
def side_by_side(request: HttpRequest) -> HttpResponse:
    if not access.may_calibrate(request.user):
        raise Http404
    compared = comparisons(timezone.localdate())
    if request.method == "POST":
        return _explain(request, compared)
    page = {
        "differing": [one for one in compared if one.differ],
        "alike": [one for one in compared if not one.differ],
        "form": ReasonForm(),
        **tabs(request),
    }
    return render(request, "standards/calibration.html", page)


def _explain(request: HttpRequest, compared: list[Compared]) -> HttpResponse:
    if not access.may_set_standards(request.user):
        raise Http404
    about = (request.POST.get("role"), request.POST.get("subject"))
    found = next((one for one in compared if (one.role.slug, one.subject) == about), None)
    if found is None:
        raise Http404
    try:
        actions.explain_difference(
            found.role, found.subject, bars_of(found.bars), request.POST.get("reason", ""),
            by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("Recorded, with the bars as they are today."))
    return redirect("standards:calibration")


def comparisons(on: date) -> list[Compared]:
    """Every role and subject with more than one bar. Five queries."""
    groups = defaultdict(list)
    for version in StandardVersion.objects.in_force(on).with_all().order_by("standard__team__name"):
        groups[version.standard.job_role, _key(version)].append(version)
    several = {key: versions for key, versions in groups.items() if len(versions) > 1}
    measures = [versions[0].standard.measure for versions in several.values() if versions[0].standard.measure]
    standing, charts, told = _standing(measures), _charts(measures), _told()
    return [
        _compared(role, subject, versions, standing, charts, told.get((role.pk, subject), []))
        for (role, subject), versions in sorted(several.items(), key=lambda one: (one[0][0].name, one[0][1]))
    ]


def _key(version: StandardVersion) -> str:
    kind, key = version.standard.subject
    return f"{kind}:{key}"


def _compared(
    role: JobRole,
    subject: str,
    versions: list[StandardVersion],
    standing: dict,
    charts: dict,
    told: list[Difference],
) -> Compared:
    measure = versions[0].standard.measure
    rows = standing.get(asked_by(measure), {}) if measure else {}
    bars = [_bar(version, rows) for version in versions]
    now_said = charts.get(measure.pk, "") if measure else ""
    as_they_are = bars_of(bars)
    holding = next((one for one in told if one.bars == as_they_are), None)
    return Compared(
        role=role,
        name=versions[0].standard.name,
        subject=subject,
        bars=bars,
        differ=len({(one.version.level, one.version.statement) for one in bars}) > 1,
        now_said=now_said,
        system=reverse("system:measure", args=[measure.mechanism.slug, measure.slug]) if rows else "",
        reason=holding,
        earlier=[one for one in told if one is not holding],
    )


def bars_of(bars: list[TeamBar]) -> dict[str, Any]:
    """The bars as they are, to be kept with a reason: a new version opens the question again."""
    with saying.for_keeps():
        return {
            where_words(one): [one.pk, level_words(one) or one.statement]
            for one in (bar.version for bar in bars)
        }


def _bar(version: StandardVersion, rows: dict[str, dict[str, Any]]) -> TeamBar:
    row = rows.get(version.standard.team.name, {}) if version.standard.team else {}
    unit = version.unit if version.unit != "score" else ""
    raw, adjusted = (
        saying.value(row[name], unit) if row.get(name) is not None else "" for name in ("raw", "adjusted")
    )
    return TeamBar(version, where_words(version), level_words(version), raw, adjusted)


def _standing(measures: list[Measure]) -> dict:
    """Outcome to team name to its row, as kept when person and process were separated."""
    wanted = {asked_by(measure) for measure in measures} - {None}
    found = Separation.objects.filter(outcome__in=[one.outcome for one in wanted], problem="")
    rows = found.values_list("outcome", "kind", "good", "teams")
    by_outcome = {
        (outcome, kind, good): {row["name"]: row for row in teams} for outcome, kind, good, teams in rows
    }
    return {one: by_outcome.get(tuple(one), {}) for one in wanted}


def _charts(measures: list[Measure]) -> dict[int, str]:
    return dict(Chart.objects.filter(measure__in=measures).values_list("measure", "latest_words"))


def _told() -> dict[tuple[int, str], list[Difference]]:
    found = defaultdict(list)
    for one in Difference.objects.select_related("by")[:500]:
        found[one.job_role_id, one.subject].append(one)
    return found
