"""Forms on pages: shown until what is in them can be written; every sentence at the field it is about."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

Write = Callable[[dict[str, Any]], HttpResponse]
form_page = require_http_methods(["GET", "HEAD", "POST"])


def filled(
    request: HttpRequest, form: forms.BaseForm, write: Write, template: str, /, **context: Any
) -> HttpResponse:
    """The page with the form, until `write` takes what is in it; 422 when something is to be mended."""
    if request.method == "POST" and form.is_valid():
        try:
            return write(dict(form.cleaned_data))
        except ValidationError as error:
            say(form, error)
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def say(form: forms.BaseForm, error: ValidationError) -> None:
    """At the field it is about, where the form has that field."""
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in told.items():
        form.add_error(name if name in form.fields else None, sentences)


def sentences(error: ValidationError) -> str:
    """All that is wrong, in one line: for a message where there is no form to put it at."""
    return " ".join(error.messages)
