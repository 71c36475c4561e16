"""The numbers of a contact centre, each with its chart, its definition and its place in the metric audit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from andon.culture.centre.definitions import BY_KEY
from andon.people.access import may_bring_data
from andon.web.centre import page


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    scope = page.scope_of(request.user, request.GET.get("in", ""))
    context = {"scope": scope, "may_bring": may_bring_data(request.user)}
    if scope.there:
        context["shown"], context["missing"] = page.every(request.user, scope)
    return render(request, "centre/every.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    if key not in BY_KEY:
        raise Http404
    scope = page.scope_of(request.user, request.GET.get("in", ""))
    context = {
        "scope": scope,
        "shown": page.one(request.user, scope, key),
        "may_bring": may_bring_data(request.user),
    }
    return render(request, "centre/one.html", context)
