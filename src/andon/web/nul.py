"""No word holds a NUL character, and PostgreSQL refuses it: it is left out of whatever is sent."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
AS_IT_COMES = "/mail/in/"  # messages of a provider: kept to the last byte, and read by a view of their own


def leave_out_nul(get_response: Callable) -> Callable:
    def answer(request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            request.path_info = "/nothing-is-here/"
        elif request.path.startswith(AS_IT_COMES):
            return get_response(request)
        request.GET = _without(request.GET)
        request.POST = _without(request.POST)
        return get_response(request)

    return answer


def _without(sent: QueryDict) -> QueryDict:
    if not any(NUL in value for _, values in sent.lists() for value in values):
        return sent
    kept = sent.copy()
    for name, values in sent.lists():
        kept.setlist(name, [value.replace(NUL, "") for value in values])
    return kept
