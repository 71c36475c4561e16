"""From a form to an action and back: what was written is never lost on the way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest


def done(request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object], said: str) -> bool:
    """Whether the form was in order and the action done; otherwise the form has the sentences to mend."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        blame(form, error)
        return False
    messages.success(request, said)
    return True


def blame(form: Form, error: ValidationError) -> None:
    """Each sentence at its field where the form has one."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def attempted(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    """An act without a form: done, or a message why not."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
