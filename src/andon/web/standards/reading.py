"""Acknowledging, answering and reminding: one action each, and back to where one was."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from andon.standards import access, actions, queries
from andon.standards.models import StandardVersion
from andon.web.filling import say, sentences
from andon.web.standards import views
from andon.web.standards.forms import AcknowledgeForm, AnswerForm


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    version, now = get_object_or_404(StandardVersion.objects.agreed().with_all(), pk=pk), timezone.now()
    if not actions.concerns(version, request.user, now):
        raise Http404
    form = AcknowledgeForm(request.POST)
    if form.is_valid():
        try:
            actions.acknowledge(version, by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(
                request, _("Thank you. Your line and HR see that you have read it, and your words.")
            )
            return redirect("standards:standard", version.standard_id)
    return views.page_of(request, version.standard, wrong=form)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(
        access.visible_acknowledgements(request.user).exclude(person=request.user).select_related("version"),
        pk=pk,
    )
    form = AnswerForm(request.POST)
    try:
        words = form.cleaned_data["text"] if form.is_valid() else ""
        actions.answer(said, words, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("Answered. %(name)s sees it.") % {"name": said.person.name})
    return redirect(_back(request, said.version))


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(StandardVersion.objects.agreed().with_all(), pk=pk)
    keys = [
        int(key)
        for key in request.POST.getlist("person")
        if key.isascii() and key.isdigit() and len(key) < 19
    ]
    reach = queries.bound_by(version, timezone.localdate()) & access.heard_by(request.user)
    people = list(reach.filter(pk__in=keys[:1000]))
    if len(people) < len(set(keys)) or not reach.exists():
        raise Http404
    asked = actions.remind(version, people, by=request.user, now=timezone.now())
    messages.success(request, _told(len(asked)))
    return redirect(_back(request, version))


def _told(n: int) -> str:
    if not n:
        return _("Nobody was asked: whoever is left was asked within the last week.")
    return ngettext("One person is asked to read it.", "%(n)s people are asked to read it.", n) % {"n": n}


def _back(request: HttpRequest, version: StandardVersion) -> str:
    """To the page it was sent from, where that is one of ours."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/standards/")
    return back if ours else redirect("standards:standard", version.standard_id).url
