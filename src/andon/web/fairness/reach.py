"""For whom these pages exist; for everybody else there are none."""

from django.http import Http404, HttpRequest

from andon.culture.fairness import access


def for_auditors(request: HttpRequest) -> None:
    demand(access.is_auditor(request.user))


def demand(allowed: bool) -> None:
    if not allowed:
        raise Http404
