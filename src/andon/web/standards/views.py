"""What is expected of me; and one standard with its versions."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from andon.culture.metrics.resting import notes
from andon.evidence import access_log
from andon.people.access import MANAGER, is_any
from andon.people.models import Person
from andon.standards import access, queries
from andon.standards.models import Acknowledgement, Standard, StandardVersion
from andon.watch.models import Chart
from andon.web.standards import mine as expected
from andon.web.standards.bars import basis_words, level_words
from andon.web.standards.forms import AcknowledgeForm, AgreeForm, today_in
from andon.web.standards.reach import tabs, visible_standard
from andon.web.standards.readers import readers


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    page = {"expected": expected.expected(request.user, timezone.now()), **tabs(request)}
    return render(request, "standards/mine.html", page)


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    rows = [(one, level_words(one)) for one in expected.history(request.user)]
    return render(request, "standards/history.html", {"rows": rows, **tabs(request)})


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, visible_standard(request, pk))


@require_safe
def readers_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read what holds now, of those of whom one hears; that one looked is noted for these."""
    found, now = visible_standard(request, pk), timezone.now()
    if not (is_any(request.user, MANAGER) or access.may_set_standards(request.user)):
        raise Http404
    current = found.versions.in_force(timezone.localdate(now)).with_all().first()
    shown = readers(current, request.user, timezone.localdate(now)) if current else None
    access_log.note_many(
        request.user, shown.people if shown else (), gettext_noop("Standards you acknowledged"), now
    )
    page = {"standard": found, "current": current, "readers": shown, "kinds": Acknowledgement.Kind}
    return render(request, "standards/read_by.html", page)


def page_of(request: HttpRequest, found: Standard, wrong: Form | None = None) -> HttpResponse:
    """The page of a standard; `wrong` is a form that could not be done, shown again with what to mend."""
    today = timezone.localdate()
    keeps = access.may_set_standards(request.user)
    versions = _versions(found, keeps)
    current = next((one for one in versions if _holds(one, today)), None)
    shown = current or next((one for one in versions if not one.is_draft), versions[0] if versions else None)
    page = {
        "standard": found,
        "shown": shown,
        "current": current,
        "level": level_words(shown) if shown else "",
        "basis": basis_words(shown) if shown else "",
        "versions": [(one, level_words(one), basis_words(one)) for one in versions],
        "anchors": found.behaviour.steps if found.behaviour else [],
        "charts": _charts(found),
        "unfelt": notes([found.measure]).get(found.measure_id or 0, "") if current else "",
        **_mine(request.user, versions, today, wrong),
        **_keeping(keeps, versions, today, wrong),
        **tabs(request),
    }
    return render(request, "standards/standard.html", page, status=422 if wrong else 200)


def _versions(found: Standard, keeps: bool) -> list[StandardVersion]:
    """The newest first; a draft only for who keeps standards."""
    versions = found.versions.select_related("agreed_by", "drafted_by").order_by("-number")
    every = list(versions if keeps else versions.agreed())
    for version in every:
        version.standard = found
    return every


def _holds(version: StandardVersion, today: date) -> bool:
    return not version.is_draft and version.starts <= today and (version.ends is None or version.ends > today)


def _charts(found: Standard) -> dict[int, Chart]:
    measures = [key for key in (found.measure_id, found.outcome_measure_id) if key]
    return {chart.measure_id: chart for chart in Chart.objects.filter(measure__in=measures)}


def _mine(person: Person, versions: list[StandardVersion], today: date, wrong: Form | None) -> dict[str, Any]:
    """What the reader has said of each version that binds them, and the form for the first not read yet."""
    binding = {one.pk for one in queries.binding(person, today).every}
    said = queries.acknowledgements(person, versions)
    ours = [one for one in versions if one.pk in binding]
    waiting = [one for one in ours if one.pk not in said]
    return {
        "said": [(one, said[one.pk]) for one in versions if one.pk in said],
        "to_read": waiting[-1] if waiting else None,
        "read": ours[0] if ours and not waiting else None,
        "acknowledge_form": wrong if isinstance(wrong, AcknowledgeForm) else AcknowledgeForm(),
        "kinds": Acknowledgement.Kind,
    }


def _keeping(keeps: bool, versions: list[StandardVersion], today: date, wrong: Form | None) -> dict[str, Any]:
    draft = next((one for one in versions if one.is_draft), None)
    if not keeps:
        return {"keeps": False}
    form = wrong if isinstance(wrong, AgreeForm) else today_in(AgreeForm, today)
    here = any(one.agreed_at and one.basis == StandardVersion.Basis.AGREED for one in versions)
    ended = bool(versions) and all(one.ends for one in versions)
    return {"keeps": True, "draft": draft, "agree_form": form, "agreed_here": here, "ended": ended}
