"""Thanks received and given."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth import reach
from andon.growth.actions import recognition as actions
from andon.growth.models import Recognition
from andon.web.me.accomplishments import ON_RECORD
from andon.web.me.colleagues import choice
from andon.web.me.doing import done, kept, own_page
from andon.web.me.forms import RecogniseForm

MOST = 50


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    seen = Recognition.objects.visible_to(request.user).select_related("to", "by", "behaviour__principle")
    page = {"received": seen.filter(to=request.user)[:MOST], "given": seen.filter(by=request.user)[:MOST]}
    return own_page(request, "me/recognition.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    form = RecogniseForm(request.POST or None, by=request.user)
    if kept(request, form, actions.recognise):
        messages.success(request, _("Thank you. They can read it now."))
        return redirect("me:recognition")
    return own_page(request, "me/recognise.html", {"choice": choice(request)}, form)


@require_POST
def put_on_record(request: HttpRequest, pk: int) -> HttpResponse:
    received = reach.between(Recognition.objects, request.user, "to").select_related("by", "behaviour")
    one = get_object_or_404(received, pk=pk)
    return done(request, actions.put_on_record, one, said=_(ON_RECORD), then="me:recognition")
