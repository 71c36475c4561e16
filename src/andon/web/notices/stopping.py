"""Ending a kind of mail from the mail, without signing in. Looking changes nothing: programs that check links look."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from andon.people.notices import speaking_to, unsubscribing


@csrf_exempt  # a mail program posts it for the reader (RFC 8058); the signed address is what permits it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    asked = unsubscribing.read(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        unsubscribing.stop(asked, timezone.now())
    with speaking_to(asked.person):
        page = {"asked": asked, "stopped": request.method == "POST"}
        answer = render(request, "notices/stop.html", page)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
