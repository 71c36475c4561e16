"""Templates of objectives, and objectives made from one for many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from andon.standards import actions
from andon.standards.models import ObjectiveTemplate
from andon.web.filling import filled, form_page
from andon.web.objectives.forms import TemplateForm, UseForm
from andon.web.objectives.reach import for_bulk, tabs


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    for_bulk(request)
    page = {"templates": ObjectiveTemplate.objects.in_use(), **tabs(request)}
    return render(request, "objectives/templates.html", page)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    for_bulk(request)
    return _kept(request, TemplateForm(request.POST or None), None, _("A new template"))


@form_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    for_bulk(request)
    template = get_object_or_404(ObjectiveTemplate.objects.in_use(), pk=pk)
    said = {"name": template.name, "title": template.title, "why": template.why}
    for row, fields in enumerate(template.key_results, start=1):
        said |= {f"{part}_{row}": value for part, value in fields.items()}
    return _kept(
        request, TemplateForm(request.POST or None, initial=said), template, _("Change the template")
    )


def _kept(
    request: HttpRequest, form: TemplateForm, template: ObjectiveTemplate | None, title: str
) -> HttpResponse:
    def write(fields: dict[str, Any]) -> HttpResponse:
        said = {name: fields[name] for name in ("name", "title", "why")}
        actions.keep_template(
            **said, key_results=form.results(), by=request.user, now=timezone.now(), template=template
        )
        messages.success(request, _("Kept. What was made from it before stays as it is."))
        return redirect("objectives:templates")

    return filled(
        request, form, write, "objectives/template_form.html", title=title, button=_("Keep the template")
    )


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    for_bulk(request)
    template = get_object_or_404(ObjectiveTemplate, pk=pk)
    actions.retire_template(template, by=request.user, now=timezone.now())
    return redirect("objectives:templates")


@form_page
def use(request: HttpRequest, pk: int) -> HttpResponse:
    for_bulk(request)
    template = get_object_or_404(ObjectiveTemplate.objects.in_use(), pk=pk)
    form = UseForm(request.POST or None, by=request.user)

    def write(_fields: dict[str, Any]) -> HttpResponse:
        try:
            made = actions.use_template(template, by=request.user, now=timezone.now(), **form.fields_of())
        except PermissionDenied as denied:
            raise ValidationError(str(denied)) from None
        told = ngettext("One objective is made.", "%(n)s objectives are made.", len(made))
        messages.success(request, told % {"n": len(made)})
        return redirect("objectives:line" if form.fields_of()["people"] else "objectives:tree")

    said = {
        "title": _("Use “%(name)s”") % {"name": template.name},
        "button": _("Make them"),
        "template": template,
    }
    return filled(request, form, write, "objectives/form.html", **said)
