"""Paths from one job role to another, up and sideways."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andon.growth.actions import skills as actions
from andon.growth.models import PathStep
from andon.web.growing.forms import PathForm
from andon.web.growing.keeper import kept_by_hr
from andon.web.me.doing import done, kept, own_page

MOST = 200


@kept_by_hr
@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: HttpRequest) -> HttpResponse:
    form = PathForm(request.POST or None)
    if kept(request, form, actions.lay_path):
        return redirect("growing:paths")
    paths = PathStep.objects.select_related("from_role", "to_role").order_by("from_role__name", "-way")
    return own_page(request, "growing/paths.html", {"paths": paths[:MOST]}, form)


@kept_by_hr
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    path = get_object_or_404(PathStep.objects.select_related("from_role", "to_role"), pk=pk)
    return done(request, actions.close_path, path, said=_("Closed."), then="growing:paths")
