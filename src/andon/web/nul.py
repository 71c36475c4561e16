"""No word holds a NUL character, and PostgreSQL refuses it: such a request is answered plainly at the door."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

NUL = "\x00"
SAID = "There is a character in what was sent that no text holds (NUL). Please take it out and send it again."


def refuse_nul(get_response: Callable) -> Callable:
    def answer(request: HttpRequest) -> HttpResponse:
        if NUL in request.path or _holds(request.GET) or _holds(request.POST):
            return HttpResponseBadRequest(SAID, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer


def _holds(sent) -> bool:
    return any(NUL in value for _, values in sent.lists() for value in values)
