"""A provider's call as a form, whatever its size: a mail of 30 MB may stand in one field of it.

Django reads such fields into memory only up to a few megabytes, as anybody may post to a page. Here the caller
knows the secret, and the whole call was read already.
"""

import io
import json
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from andon.signals.mail.parts import Part, parse_message

RAW_FIELDS = {"mailgun": "body-mime", "sendgrid": "email"}


def open_form(request: HttpRequest) -> None:
    """Lets `request.POST` and `request.FILES` be read where Django would find a field too large."""
    if not _is_parts(request) or len(request.body) <= (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        return
    fields, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    for part in _parts(request):
        name, file = part.disposition.parameters.get("name", ""), part.filename
        if file:
            files.appendlist(name, _file(part, name, file))
        else:
            fields.appendlist(name, part.content().decode("utf-8", "replace"))
    request._post, request._files = fields, files  # type: ignore[attr-defined]


def whole_message(request: HttpRequest, provider: str) -> bytes:
    """The message itself, where a provider hands it over as it came; b"" where it does not.

    Its bytes, as a form's text would be taken for UTF-8, and mail need not be.
    """
    wanted = RAW_FIELDS.get(provider)
    if not wanted or not _is_parts(request):
        return b""
    found = (part for part in _parts(request) if part.disposition.parameters.get("name") == wanted)
    return next((part.content() for part in found), b"")


def recipient(request: HttpRequest) -> str:
    """Whom the message was for, as Mailgun and SendGrid tell it."""
    if told := request.POST.get("recipient"):
        return told
    try:
        return str(json.loads(request.POST.get("envelope", ""))["to"][0])
    except (ValueError, TypeError, LookupError):
        return ""


def _is_parts(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def _parts(request: HttpRequest) -> tuple[Part, ...]:
    head = f"Content-Type: {request.META.get('CONTENT_TYPE', '')}\r\n\r\n".encode()
    return parse_message(head + request.body).children


def _file(part: Part, field: str, name: str) -> InMemoryUploadedFile:
    content = part.content()
    return InMemoryUploadedFile(io.BytesIO(content), field, name, part.media_type, len(content), None)
