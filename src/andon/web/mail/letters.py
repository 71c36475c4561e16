"""What a message holds, handed out so that none of it can run as a page of Andon.

HTML is cleaned and shown without scripts, forms and anything from elsewhere, in a frame of no origin; everything
else is only ever downloaded.
"""

import nh3
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from andon.web.mail.reach import one

SANDBOX = {
    "sandbox": True,
    "default-src": ["'none'"],
    "img-src": ["data:"],
    "style-src": ["'unsafe-inline'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
ANY = "application/octet-stream"


@require_safe
@xframe_options_sameorigin
@csp_override(SANDBOX)
def html(request: HttpRequest, key: str) -> HttpResponse:
    letter = one(request, key).letter()
    if not letter.html:
        raise Http404
    page = f"<!doctype html><meta charset='utf-8'><title>-</title>{_clean(letter.html)}"
    return _careful(HttpResponse(page, content_type="text/html; charset=utf-8"))


def _clean(markup: str) -> str:
    """Pictures from elsewhere would tell the sender who looks, and when."""

    def kept(element: str, attribute: str, value: str) -> str | None:
        return None if attribute == "src" and not value.startswith("data:image/") else value

    return nh3.clean(markup, attribute_filter=kept, url_schemes={"http", "https", "mailto", "data"})


@require_safe
def whole(request: HttpRequest, key: str) -> HttpResponse:
    """The message as it came, for a mail program."""
    return _download(one(request, key).raw, f"{key}.eml")


@require_safe
def attached(request: HttpRequest, key: str, number: int) -> HttpResponse:
    parts = one(request, key).letter().attachments
    if number >= len(parts):
        raise Http404
    return _download(parts[number].read(), parts[number].name or f"part-{number}")


def _download(content: bytes, name: str) -> HttpResponse:
    """Whatever it says of itself, a browser is told that it is bytes to be kept."""
    disposition = content_disposition_header(True, name.replace("/", "_").replace("\\", "_"))
    headers = {"Content-Disposition": disposition or "attachment"}
    return _careful(HttpResponse(content, content_type=ANY, headers=headers))


def _careful(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
