"""Searches that somebody keeps for themselves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.signals import actions
from andon.signals.search import Search


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    query = Search.read(request.POST).query()
    try:
        actions.save_view(request.POST.get("name", ""), query, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved. You find it above the stream."))
    return redirect(f"{reverse('voice:list')}?{query}")


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(request.user.saved_views, pk=pk)
    actions.forget_view(view, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” is forgotten. The signals stay.") % {"name": view.name})
    return redirect("voice:list")
