"""Attrition, absence and tenure of teams from a file: seen first as they would be, then kept."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from andon.culture.pulse import figures
from andon.culture.pulse.access import may_bring_figures
from andon.web.filling import filled, form_page
from andon.web.objectives.forms import BulkForm
from andon.web.pulse.views import tabs

SHOWN = 200
EXAMPLE = (
    ("Phones", "2026-03", "attrition", "0.02", "41"),
    ("Phones", "2026-03", "absence", "5.5 %", "41"),
    ("Phones", "2026-03", "tenure", "3.2", "41"),
)


@form_page
def bring(request: HttpRequest) -> HttpResponse:
    """`sure` keeps what the preview showed."""
    _demand(request)
    form = BulkForm(request.POST or None, request.FILES or None)
    sure = bool(request.POST.get("sure"))

    def write(fields: dict[str, Any]) -> HttpResponse:
        now = timezone.now()
        if sure:
            kept = figures.bring(fields["text"], by=request.user, now=now)
            messages.success(request, _told(len(kept.rows)))
            return redirect("pulse:home")
        found = figures.read(fields["text"], now)
        page = {
            "found": found, "rows": found.rows[:SHOWN], "refused": found.refused[:SHOWN],
            "text": fields["text"], **tabs(request),
        }  # fmt: skip
        return render(request, "pulse/figures_preview.html", page)

    return filled(request, form, write, "pulse/figures.html", names=figures.COLUMNS, **tabs(request))


def _told(n: int) -> str:
    return ngettext("One figure is kept.", "%(n)s figures are kept.", n) % {"n": n}


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    _demand(request)
    out = io.StringIO()
    csv.writer(out).writerows([figures.COLUMNS, *EXAMPLE])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def _demand(request: HttpRequest) -> None:
    if not may_bring_figures(request.user):
        raise Http404
