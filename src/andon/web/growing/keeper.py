"""For HR partners; for everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from andon.growth.reach import may_keep_skills

View = Callable[..., HttpResponse]


def kept_by_hr(view: View) -> View:
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_keep_skills(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return opened
