"""Raising a question: one click and an optional note, or a small form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.escalations.actions import raise_escalation
from andon.web.escalations.forms import RaiseForm
from andon.web.escalations.naming import colleagues_like, offered
from andon.web.escalations.question import Question, asked

LONGEST_BEGUN = 400  # characters of a note that an address may bring along


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    if request.method != "POST":
        begun = {"note": request.GET.get("note", "")[:LONGEST_BEGUN]}
        return _form(request, question, RaiseForm(by=request.user, initial=begun))
    if "find" in request.POST:
        return _form(request, question, RaiseForm(initial=request.POST.dict(), by=request.user))
    form = RaiseForm(request.POST, by=request.user)
    if not form.is_valid():
        return _form(request, question, form)
    return _raise(request, question, form)


def _raise(request: HttpRequest, question: Question, form: RaiseForm) -> HttpResponse:
    said, now = form.cleaned_data, timezone.now()
    try:
        escalation = raise_escalation(
            by=request.user, now=now, to_person=said["to"], note=said["note"], title=said["title"],
            **question.thing,
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, question, form)
    if request.htmx:
        return render(request, "escalations/raised.html", {"escalation": escalation})
    told = _("Asked. It is question %(number)s.") % {"number": escalation.number}
    if escalation.raised_at < now:
        told = _(
            "It was asked already and is open: question %(number)s. You are now among those who ask."
        ) % {"number": escalation.number}
    messages.success(request, told)
    return redirect("escalations:show", escalation.number)


def _form(request: HttpRequest, question: Question, form: RaiseForm) -> HttpResponse:
    who = request.POST.get("who", "")
    page = {
        "question": question,
        "form": form,
        "who": who,
        "chosen": request.POST.get("to", ""),
        "colleagues": colleagues_like(request.user, who),
    }
    return render(request, "escalations/raise.html", page, status=422 if form.errors else 200)


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """As somebody types a name: at most ten colleagues to choose from."""
    who = request.GET.get("who", "")
    return render(
        request, "escalations/colleagues.html", {"who": who, "colleagues": colleagues_like(request.user, who)}
    )


@require_POST
def hint(request: HttpRequest) -> HttpResponse:
    """A kind word when a text names a colleague; nothing is kept of it."""
    return render(
        request, "escalations/hint.html", {"offer": offered(request.user, _text(request), _about(request))}
    )


def _text(request: HttpRequest) -> str:
    """All that was typed in the form, but for what is not words."""
    besides = {"csrfmiddlewaretoken", "about", "kind"}
    return "\n".join(value for name, value in request.POST.items() if name not in besides)


def _about(request: HttpRequest) -> str:
    """The name of the mechanism, in whose terms something is offered."""
    return request.POST.get("about", "")[:120]
