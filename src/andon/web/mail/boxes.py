"""Mailboxes: where mail comes in."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.signals import mailing
from andon.signals.models import Mailbox
from andon.web.mail.forms import MailboxForm
from andon.web.mail.reach import box, for_keepers

PROVIDERS = ("mailgun", "postmark", "sendgrid", "mailjet", "brevo", "sparkpost", "raw")


@require_safe
@for_keepers
def mailboxes(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/boxes.html", {"mailboxes": Mailbox.objects.all()[:200]})


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def add(request: HttpRequest) -> HttpResponse:
    form = MailboxForm(request.POST or None)
    if form.is_valid() and (made := _kept(form, None, request)):
        messages.success(request, _("The mailbox is set up."))
        return redirect("mail:mailbox", made.name)
    return render(request, "mail/box.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def change(request: HttpRequest, name: str) -> HttpResponse:
    mailbox = box(name)
    form = MailboxForm(request.POST or None, instance=box(name))
    if form.is_valid() and (kept := _kept(form, mailbox, request)):
        messages.success(request, _("The mailbox is set up."))
        return redirect("mail:mailbox", kept.name)
    hooks = [(one, request.build_absolute_uri(f"/mail/in/{mailbox.secret}/{one}/")) for one in PROVIDERS]
    page = {"form": form, "mailbox": mailbox, "hooks": hooks, "home": settings.HOME}
    return render(request, "mail/box.html", page)


def _kept(form: MailboxForm, mailbox: Mailbox | None, request: HttpRequest) -> Mailbox | None:
    """The mailbox as it is now; None with what is wrong in the form."""
    told = {"by": request.user, "now": timezone.now()}
    try:
        if mailbox is None:
            return mailing.add_mailbox(form.cleaned_data, **told)
        return mailing.change_mailbox(mailbox, form.cleaned_data, **told)
    except ValidationError as error:
        form.add_error(None, error)
        return None


@require_POST
@for_keepers
def retire(request: HttpRequest, name: str) -> HttpResponse:
    mailbox = mailing.retire_mailbox(box(name), by=request.user, now=timezone.now())
    messages.success(request, _("Retired.") if mailbox.retired_at else _("In use again."))
    return redirect("mail:mailbox", name)


@require_POST
@for_keepers
def renew(request: HttpRequest, name: str) -> HttpResponse:
    mailing.renew_secret(box(name), by=request.user, now=timezone.now())
    messages.success(request, _("There is a new address. Give it to your provider; the old one is closed."))
    return redirect("mail:mailbox", name)
