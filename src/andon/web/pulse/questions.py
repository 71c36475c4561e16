"""What is asked: adding a question, writing it anew, asking it no more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.culture.pulse import actions
from andon.culture.pulse.models import Question
from andon.web.filling import filled, form_page
from andon.web.pulse.forms import QuestionForm
from andon.web.pulse.running import demand
from andon.web.pulse.views import tabs


@form_page
def add(request: HttpRequest) -> HttpResponse:
    demand(request)
    return _form(request, None, {})


@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    question = get_object_or_404(Question, pk=pk, retired_at=None)
    texts = {f"text_{code}": text for code, text in question.texts.items()}
    return _form(request, question, {"dimension": question.dimension, "turned": question.turned, **texts})


def _form(request: HttpRequest, question: Question | None, begun: dict[str, Any]) -> HttpResponse:
    form = QuestionForm(request.POST or None, initial=begun)

    def write(_fields: dict[str, Any]) -> HttpResponse:
        actions.keep_question(question, **form.content, by=request.user, now=timezone.now())
        messages.success(request, _("Kept. It is asked from the next wave on."))
        return redirect("pulse:run")

    return filled(request, form, write, "pulse/question.html", question=question, **tabs(request))


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    question = get_object_or_404(Question, pk=pk, retired_at=None)
    actions.retire_question(question, by=request.user, now=timezone.now())
    messages.success(request, _("It is asked no more from the next wave on."))
    return redirect("pulse:run")
