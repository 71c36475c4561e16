"""Keeping principles, behaviours and anchors: for HR partners; for others these pages do not exist."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from andon.standards import actions
from andon.standards.models import Behaviour, Principle
from andon.web.filling import filled, form_page
from andon.web.standards.reach import for_keepers

STEPS = range(1, 6)


class PrincipleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    meaning = forms.CharField(
        label=gettext_lazy("What does it mean here?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BehaviourForm(forms.Form):
    """A behaviour, and what up to five steps of it look like."""

    text = forms.CharField(
        label=gettext_lazy("What can one see or hear somebody do?"),
        help_text=gettext_lazy("Begins with a verb: “Says early when something will not be done in time.”"),
        max_length=240,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            self.fields[f"step_{step}"] = forms.CharField(
                label=_("Step %(n)s looks like this") % {"n": step}, required=False, max_length=240
            )
        self.fields["step_1"].help_text = _(
            "Two steps in words at least, from the lowest up; without them no step of it can be named."
        )

    def anchors(self) -> Iterator[tuple[int, str]]:
        return ((step, self.cleaned_data[f"step_{step}"]) for step in STEPS)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    for_keepers(request)

    def write(fields: dict[str, Any]) -> HttpResponse:
        principle = actions.add_principle(**fields, by=request.user, now=timezone.now())
        messages.success(request, _("Now say how one sees it: the first behaviour."))
        return redirect("principles:new_behaviour", principle.slug)

    said = {"title": _("A new principle"), "button": _("Write it down")}
    return filled(request, PrincipleForm(request.POST or None), write, "principles/form.html", **said)


@form_page
def change(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    principle = get_object_or_404(Principle, slug=slug)
    form = PrincipleForm(request.POST or None, initial={"name": principle.name, "meaning": principle.meaning})

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.change_principle(principle, **fields, by=request.user, now=timezone.now())
        messages.success(request, _("Changed."))
        return redirect("principles:show", slug)

    said = {"title": _("Change “%(name)s”") % {"name": principle.name}, "button": _("Keep the changes")}
    return filled(request, form, write, "principles/form.html", principle=principle, **said)


@require_POST
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    principle = get_object_or_404(Principle, slug=slug)
    actions.retire_principle(principle, by=request.user, now=timezone.now())
    messages.success(
        request, _("“%(name)s” is retired. What was said with it stays.") % {"name": principle.name}
    )
    return redirect("principles:list")


@require_POST
def bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    principle = get_object_or_404(Principle, slug=slug)
    actions.bring_back_principle(principle, by=request.user, now=timezone.now())
    return redirect("principles:show", slug)


@form_page
def new_behaviour(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    principle = get_object_or_404(Principle.objects.in_use(), slug=slug)
    form = BehaviourForm(request.POST or None)

    def write(fields: dict[str, Any]) -> HttpResponse:
        anchors = dict(form.anchors())
        actions.add_behaviour(principle, fields["text"], anchors=anchors, by=request.user, now=timezone.now())
        messages.success(request, _("Written down."))
        return redirect("principles:show", slug)

    said = {"title": _("A behaviour of “%(name)s”") % {"name": principle.name}, "button": _("Write it down")}
    return filled(request, form, write, "principles/form.html", principle=principle, **said)


@form_page
def change_behaviour(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    behaviour = get_object_or_404(Behaviour.objects.in_use().select_related("principle"), pk=pk)
    steps = {f"step_{anchor.step}": anchor.words for anchor in behaviour.steps}
    form = BehaviourForm(request.POST or None, initial={"text": behaviour.text, **steps})

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.rewrite_behaviour(
            behaviour, fields["text"], dict(form.anchors()), by=request.user, now=timezone.now()
        )
        messages.success(request, _("Changed. What was said with the former words keeps them."))
        return redirect("principles:show", behaviour.principle.slug)

    said = {"title": _("Change a behaviour"), "button": _("Keep the changes")}
    return filled(request, form, write, "principles/form.html", principle=behaviour.principle, **said)


@require_POST
def retire_behaviour(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    behaviour = get_object_or_404(Behaviour.objects.select_related("principle"), pk=pk)
    actions.retire_behaviour(behaviour, by=request.user, now=timezone.now())
    messages.success(request, _("Retired. What was said with it stays."))
    return redirect("principles:show", behaviour.principle.slug)
