"""What was brought, how far it is, and what became of it."""

import csv

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from andon.people.models import Person
from andon.signals.models import Dataset
from andon.signals.removing import REMOVE
from andon.web.data.reach import files, for_bringers, kinds, one
from andon.web.data.samples import SAMPLES

PAGE = 50
CSV = "text/csv; charset=utf-8"
COLUMNS = ("row", "column", "value", "reason")
State = Dataset.State
MOVING = (State.QUEUED, State.READING)


@require_safe
@for_bringers
def brought(request: HttpRequest) -> HttpResponse:
    found = files(request.user).defer("preview", "mapping", "columns")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    page = {"files": rows[:PAGE], "older": older, "first": not before, "samples": samples_for(request.user)}
    return render(request, "data/list.html", page)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    dataset = one(request, key)
    if dataset.state == State.MAPPING:
        return redirect("data:map", key)
    return render(request, "data/show.html", page_of(dataset))


@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far it is, asked for by an open page; when it is done, htmx is told to load the whole page."""
    dataset = one(request, key)
    part = "row" if request.GET.get("in") == "list" else "progress"
    response = render(request, f"data/{part}.html", {"dataset": dataset, "moving": dataset.state in MOVING})
    if part == "progress" and dataset.state not in MOVING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def refused(request: HttpRequest, key: str) -> HttpResponse:
    """Every refused row with its reason, for whoever mends the file."""
    dataset = one(request, key)
    name = f"refused-{dataset.key}.csv"
    if dataset.refused_path.exists():
        return FileResponse(
            dataset.refused_path.open("rb"), as_attachment=True, filename=name, content_type=CSV
        )
    response = HttpResponse(
        content_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    out = csv.writer(response)
    out.writerow(COLUMNS)
    out.writerows(dataset.refusals.values_list(*COLUMNS))
    return response


def page_of(dataset: Dataset) -> dict:
    return {
        "dataset": dataset,
        "moving": dataset.state in MOVING,
        "refusals": dataset.refusals.all(),
        "whole": dataset.refused_path.exists(),
        "may_take_out": dataset.holds in REMOVE and dataset.state in (State.DONE, State.FAILED, *MOVING),
        "may_try_again": dataset.state in (State.FAILED, *MOVING),
        "mapped": [(word, column) for word, column in dataset.mapping.items() if isinstance(column, str)],
    }


def samples_for(person: Person) -> list:
    return [sample for sample in SAMPLES.values() if sample.holds in kinds(person)]
