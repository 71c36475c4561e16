"""Bringing a file: what it holds, and the file itself."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andon.people.access import ADMINISTRATOR, is_any
from andon.people.retelling import retold
from andon.signals import actions
from andon.signals.models import Dataset
from andon.web.data import inbox
from andon.web.data.forms import BringForm
from andon.web.data.reach import for_bringers
from andon.web.data.views import samples_for
from andon.web.templatetags.andon_data import told


@require_http_methods(["GET", "HEAD", "POST"])
@for_bringers
def bring(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, BringForm(by=request.user, initial={"holds": request.GET.get("holds")}))
    form = BringForm(request.POST, request.FILES, by=request.user)
    if not form.is_valid():
        return _form(request, form, 422)
    try:
        dataset = _bring(request, form)
    except ValidationError as error:
        form.add_error("file", error)
        return _form(request, form, 422)
    return _answer(request, form, dataset)


def _bring(request: HttpRequest, form: BringForm) -> Dataset:
    given = form.cleaned_data
    name, content = _content(given)
    return actions.bring(name, content, given["holds"], by=request.user, now=timezone.now())


def _content(given: dict) -> tuple[str, object]:
    if given["file"]:
        return given["file"].name, given["file"]
    path: Path | None = inbox.file(given["waiting"])
    if path is None:
        raise ValidationError(_("This file is no longer in the inbox."))
    return path.name, path


def _answer(request: HttpRequest, form: BringForm, dataset: Dataset) -> HttpResponse:
    if getattr(dataset, "recognised", False):
        messages.info(request, _("These very bytes were brought before; here is what became of them."))
    elif dataset.state == Dataset.State.FAILED:
        form.add_error("file", told(retold(dataset.problem), dataset))
        return _form(request, form, 422)
    return redirect("data:show", dataset.key)


def _form(request: HttpRequest, form: BringForm, status: int = 200) -> HttpResponse:
    page = {
        "form": form,
        "samples": samples_for(request.user),
        "largest": f"{settings.UPLOAD_BYTES // 1024**2:,}",
        "may_inbox": is_any(request.user, ADMINISTRATOR),
    }
    return render(request, "data/bring.html", page, status=status)
