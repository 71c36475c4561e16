"""Objectives from a file: seen first as they would be, then brought in."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from andon.standards import actions, columns
from andon.web.filling import filled, form_page
from andon.web.objectives.forms import BulkForm
from andon.web.objectives.reach import for_bulk, tabs

SHOWN = 200
EXAMPLE = {
    "cycle": "", "person": "", "team": "Phones", "objective": "Refunds arrive when we said",
    "why": "Customers wait for their own money.", "under": "", "measure": "refunds/in-time", "due": "2027-03-31",
    "key_result": "Refunds issued in three days", "baseline": "84 %", "target": "93 %", "unit": "share",
    "direction": "high", "weight": "",
}  # fmt: skip


@form_page
def bring(request: HttpRequest) -> HttpResponse:
    """`sure` brings in what the preview showed."""
    for_bulk(request)
    form = BulkForm(request.POST or None, request.FILES or None)
    sure = bool(request.POST.get("sure"))

    def write(fields: dict[str, Any]) -> HttpResponse:
        rows = columns.rows_of(fields["text"])
        changes = actions.import_objectives(rows, by=request.user, now=timezone.now(), dry_run=not sure)
        if not sure:
            page = {
                "changes": changes, "made": changes.made[:SHOWN], "refused": changes.refused[:SHOWN],
                "text": fields["text"], **tabs(request),
            }  # fmt: skip
            return render(request, "objectives/preview.html", page)
        messages.success(request, _told(len(changes.made), len(changes.refused)))
        return redirect("objectives:tree")

    return filled(request, form, write, "objectives/import.html", names=list(EXAMPLE), **tabs(request))


def _told(made: int, refused: int) -> str:
    told = ngettext("One objective is made.", "%(n)s objectives are made.", made) % {"n": made}
    if not refused:
        return told
    return f"{told} " + ngettext("One row was not taken.", "%(n)s rows were not taken.", refused) % {
        "n": refused
    }


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    for_bulk(request)
    out = io.StringIO()
    csv.writer(out).writerows([EXAMPLE, EXAMPLE.values()])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="objectives.csv"'
    return response
