"""Answering what a colleague asks about themselves. The address names the question, never who answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andon.growth.actions import feedback as actions
from andon.growth.models import FeedbackRound
from andon.growth.queries.feedback import put_to, with_facts
from andon.growth.rules.feedback import gives_away
from andon.people.access import at_work
from andon.web.me.doing import done, kept, own_page
from andon.web.me.forms import AnswerForm


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _asked(request, pk)
    form = AnswerForm(request.POST or None)
    named = _named(request, asked)
    if not named and kept(request, form, actions.answer, asked):
        messages.success(request, _("Thank you. It helps them more than you may think."))
        return redirect("me:feedback")
    page = {"round": asked, "named": named, "closed": timezone.now() >= asked.closes_at}
    return own_page(request, "me/answer.html", page, form)


def _named(request: HttpRequest, asked: FeedbackRound) -> list[str]:
    """Words of a confidential answer that give the writer away, until they say that they are sure."""
    if not asked.confidential or request.POST.get("sure") == "1":
        return []
    me = request.user
    return gives_away(request.POST.get("text", ""), me.name, me.number, me.email or "")


@require_POST
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _asked(request, pk)
    said = _("Declined. Nobody is told who declined, and no reason is asked.")
    return done(request, actions.decline, asked, said=said, then="me:feedback")


def _asked(request: HttpRequest, pk: UUID) -> FeedbackRound:
    """The question, if it is put to this person and they have not answered or declined."""
    if not at_work(request.user):
        raise Http404
    found = put_to(request.user).filter(pk=pk).values("pk")
    seen = with_facts(FeedbackRound.objects.filter(pk__in=found)).select_related("about").first()
    if seen is None:
        raise Http404
    return seen
