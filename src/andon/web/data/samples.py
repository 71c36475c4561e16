"""A file of each kind to start from: the headings, and one row as an example."""

import csv
import io
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from andon.web.data.reach import for_bringers


@dataclass(frozen=True, slots=True)
class Sample:
    """`row` maps each heading to its example."""

    name: str
    holds: str
    label: str
    row: dict[str, str]


SAMPLES = {
    sample.name: sample
    for sample in (
        Sample("interactions", "interactions", gettext_lazy("What happened to customers"), {
            "at": "2026-03-02 09:15", "mechanism": "Address labels", "customer": "C-10482", "team": "Phones",
            "worker": "1042", "late": "no", "handling_seconds": "412",
        }),
        Sample("signals", "signals", gettext_lazy("What customers said"), {
            "received_at": "2026-03-02 09:15", "text": "I ordered green, and the box is blue.", "rating": "2",
            "rating_kind": "csat", "channel": "e-mail", "language": "en", "product": "Shoes",
            "region": "North", "mechanism": "", "reference": "A-77", "customer": "C-10482",
            "contact_name": "Sam Sample", "contact": "sam@example.com",
        }),
        Sample("people", "people", gettext_lazy("People"), {
            "number": "1042", "name": "Robin Example", "email": "robin@example.com", "manager": "1001",
            "team": "Phones", "title": "Agent", "site": "North", "joined": "2024-05-01", "left": "",
        }),
        Sample("teams", "people", gettext_lazy("Teams"), {"name": "Phones", "parent": "Service", "site": "North"}),
        Sample("mechanisms", "mechanisms", gettext_lazy("Mechanisms"), {
            "mechanism": "address-labels",
            "name": "Address labels", "kind": "it_system", "purpose": "Every parcel reaches who ordered it.",
            "owner_team": "Fulfilment", "owner": "1001", "consumers": "Phones; Chat", "inputs": "The order",
            "outputs": "A label on the parcel", "specification": "The label shows the address of the order.",
            "inspection": "Ten parcels a shift",
        }),
        Sample("measures", "mechanisms", gettext_lazy("Measures"), {
            "mechanism": "address-labels", "measure": "late",
            "name": "Arrived late", "outcome": "late", "kind": "proportion",
            "unit": "share", "good": "low", "spec_upper": "0.05", "target": "0.02", "every": "week",
        }),
    )
}  # fmt: skip


@require_safe
@for_bringers
def download(request: HttpRequest, name: str) -> HttpResponse:
    sample = SAMPLES.get(name)
    if sample is None:
        raise Http404
    response = HttpResponse(text_of(sample), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sample.name}.csv"'
    return response


def text_of(sample: Sample) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([sample.row, sample.row.values()])
    return "\ufeff" + out.getvalue()
