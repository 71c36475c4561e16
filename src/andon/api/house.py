"""The one API object: who gets in, and how refusals are told."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as Unreadable
from ninja.security import SessionAuth

from andon.people.access import at_work
from andon.people.models import Person


class Session(SessionAuth):
    """Whoever is signed in on the pages and works here. What changes something needs the CSRF token too."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        return request.user if at_work(request.user) else None


api = NinjaAPI(
    title="Andon",
    version="1",
    description="What first; then, and only with evidence, who.",
    auth=Session(),
    openapi_url=None,  # served below to those signed in
    docs_url=None,  # such a page would need scripts that the pages' policy forbids
)


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(api.get_openapi_schema())


@api.exception_handler(ValidationError)
def unsound(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What an action refuses: the same sentences as on the pages."""
    problems = error.message_dict if hasattr(error, "error_dict") else {}
    return _refusal(request, 422, " ".join(error.messages), problems)


@api.exception_handler(Unreadable)
def unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:
    """What does not have the form that is expected."""
    problems: dict[str, list[str]] = {}
    for one in error.errors:
        problems.setdefault(str(one["loc"][-1]), []).append(one["msg"])
    return _refusal(request, 422, "This could not be read: " + ", ".join(problems) + ".", problems)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _refusal(request, 403, str(error) or "This is not yours to do.")


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """What is out of reach does not exist, so both are told alike."""
    return _refusal(request, 404, "There is nothing here.")


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refusal(request, error.status_code, str(error))


def _refusal(request: HttpRequest, status: int, detail: str, problems: dict | None = None) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "problems": problems or {}}, status=status)


def open_door(patterns: list) -> list:
    """The API itself says 401 to who is not signed in: a redirect to a form would not help a program."""
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns
