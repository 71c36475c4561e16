"""What every page of one's own does alike: it stays with the person, and each verb is one action."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

Then = str | tuple
Verb = Callable[..., Any]


def own_page(request: HttpRequest, template: str, page: dict, form: BaseForm | None = None) -> HttpResponse:
    """A page that no browser and no proxy keeps: the machine may be shared. 422 when a form was sent wrongly."""
    if form is not None and "find" in request.POST:
        form._errors = ErrorDict()  # finding somebody keeps what was written, and is no mistake
    wrong = form is not None and form.is_bound and bool(form.errors)
    answer = render(request, template, {"form": form, **page}, status=422 if wrong else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


def done(request: HttpRequest, verb: Verb, *things: Any, said: str, then: Then, **more: Any) -> HttpResponse:
    """Does a verb, says so or why not, and goes on."""
    try:
        verb(*things, **more, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return _go(then)


def from_form(
    request: HttpRequest, form: BaseForm, verb: Verb, *things: Any, said: str, then: Then
) -> HttpResponse:
    """As `done`, with what a short form says; its mistakes are said in a sentence."""
    if form.is_valid():
        return done(request, verb, *things, said=said, then=then, **form.cleaned_data)
    wrong = [
        f"{form[name].label}: {error}" if name in form.fields else error
        for name, errors in form.errors.items()
        for error in errors
    ]
    messages.error(request, " ".join(wrong))
    return _go(then)


def kept(request: HttpRequest, form: BaseForm, verb: Verb, *things: Any) -> Any:
    """What the action made of a form that was sent; None when there is none, or something to mend in it.

    Finding somebody by name sends the form too, but asks for nothing to be done.
    """
    if request.method != "POST" or "find" in request.POST or not form.is_valid():
        return None
    try:
        return verb(*things, **form.cleaned_data, by=request.user, now=timezone.now()) or True
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _go(then: Then) -> HttpResponse:
    return redirect(*then) if isinstance(then, tuple) else redirect(then)
