"""Mail that a provider hands over: the address is secret, and what it brings is kept before it is answered.

A provider that gets no 200 comes again, so nothing is lost; what it brings again is recognised.
"""

import base64
import email.policy
import logging
import os
from datetime import UTC, datetime
from importlib import import_module

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from andon.flow import mail
from andon.mail.forms import open_form, recipient, whole_message
from andon.signals.models import Arrival, Mailbox
from andon.signals.receiving import Incoming

PROVIDERS = {
    "mailgun": "anymail.webhooks.mailgun:MailgunInboundWebhookView",
    "postmark": "anymail.webhooks.postmark:PostmarkInboundWebhookView",
    "sendgrid": "anymail.webhooks.sendgrid:SendGridInboundWebhookView",
    "mailjet": "anymail.webhooks.mailjet:MailjetInboundWebhookView",
    "brevo": "anymail.webhooks.brevo:BrevoInboundWebhookView",
    "sparkpost": "anymail.webhooks.sparkpost:SparkPostInboundWebhookView",
}
RAW = "raw"  # the message itself as the body, from any other program
SIGNING = {
    "mailgun": ("webhook_signing_key", "ANDON_MAILGUN_SIGNING_KEY"),
    "brevo": ("api_key", "ANDON_BREVO_API_KEY"),
}
MOST = 64 * 1024 * 1024
UNREADABLE = (AnymailError, ImproperlyConfigured, LookupError, TypeError, ValueError, AttributeError)
WIRE = email.policy.SMTP.clone(refold_source="none")
log = logging.getLogger(__name__)


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "HEAD"])
def arrive(request: HttpRequest, secret: str, provider: str) -> HttpResponse:
    """200 once it is kept; 503 when it cannot be kept now; 404 to whoever does not know the secret."""
    mailbox = Mailbox.objects.in_use().filter(secret=secret).first()
    if mailbox is None or provider not in (RAW, *PROVIDERS):
        raise Http404
    if request.method == "HEAD":  # how some see whether the address is right
        return HttpResponse()
    if _too_large(request):
        return HttpResponse(
            "A message of more than 64 MB is not taken.", status=413, content_type="text/plain"
        )
    try:
        now = datetime.now(UTC)
        incoming = [Incoming(raw) for raw in _messages(request, provider)]
        mail.take(incoming, mailbox=mailbox, now=now, transport=Arrival.Transport.WEBHOOK)
    except (OSError, DatabaseError):
        log.exception("a message from %s could not be kept", provider)
        return HttpResponse("Try again later.", status=503, content_type="text/plain")
    return HttpResponse("Kept.", content_type="text/plain")


def _too_large(request: HttpRequest) -> bool:
    """Reads the whole call, once: it is kept as it came where nobody can make sense of it."""
    request._body = request.read(MOST + 1)  # type: ignore[attr-defined]
    return len(request.body) > MOST


def _messages(request: HttpRequest, provider: str) -> list[bytes]:
    """What is in a call, as mail. A call that nobody can read is kept as it is, to be looked at."""
    if provider == RAW:
        return [request.body]
    try:
        open_form(request)
        view = _view(provider)
        view.run_validators(request)
        if whole := whole_message(request, provider):
            return [_delivered(recipient(request), whole)]
        return [_bytes(event.message) for event in view.parse_events(request) if event.message]
    except AnymailWebhookValidationFailure:
        raise Http404 from None
    except UNREADABLE as error:
        log.warning("what %s brought could not be read: %s", provider, error)
        return [_as_it_came(request, provider)]


def _view(provider: str):
    """Anymail's reader of this provider. The secret is in our address; a key of the provider's is checked too."""
    module, name = PROVIDERS[provider].split(":")
    kind = getattr(import_module(module), name)
    word, variable = SIGNING.get(provider, ("", ""))
    key = os.environ.get(variable, "")
    options = {word: key or "none"} if word else {}
    view = type(name, (kind,), {"warn_if_no_basic_auth": False})(webhook_secret="", **options)
    if not key:
        view.validators = []
    return view


def _bytes(message: AnymailInboundMessage) -> bytes:
    """A message that a provider took apart, put together alike each time, so that a second call is recognised."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"----andon-part-{number}")
        elif part.get_content_disposition() and "Content-Transfer-Encoding" not in part:
            content = part.get_payload(decode=True) or b""
            part["Content-Transfer-Encoding"] = "base64"
            part.set_payload(base64.encodebytes(content).decode("ascii"))
    whole = message.as_bytes(policy=WIRE)
    return _delivered(message.envelope_recipient, whole)


def _delivered(to: object, whole: bytes) -> bytes:
    """With whom it was for on the envelope, where a provider tells it: the head need not name them."""
    to = to if isinstance(to, str) and to.isprintable() else ""
    return (f"Delivered-To: {to}\r\n".encode() if to else b"") + whole


def _as_it_came(request: HttpRequest, provider: str) -> bytes:
    head = f"X-Andon-Unread: {provider}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    return head.encode() + request.body
