"""Turns a question takes: passed on, merged, answered so far, open again, and thanks."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andon.escalations import access, actions
from andon.escalations.models import Escalation
from andon.web.escalations.naming import colleagues_like
from andon.web.escalations.turning_forms import (
    MergeForm,
    PassOnForm,
    ReopenForm,
    SoFarForm,
    ThankForm,
    took_part,
)
from andon.web.escalations.views import visible
from andon.web.escalations.writing import do, say

MOST_ALIKE = 8


@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, number: int) -> HttpResponse:
    """To another mechanism, team or person; who is looked for by name, with script as one types."""
    escalation = visible(request, number)
    if request.method != "POST":
        return _pass_on_page(request, escalation, PassOnForm(by=request.user))
    if "find" in request.POST:
        return _pass_on_page(request, escalation, PassOnForm(initial=request.POST.dict(), by=request.user))
    form = PassOnForm(request.POST, by=request.user)
    if form.is_valid() and say(
        request, form, _("Passed on. The clocks run on."), actions.reroute, escalation, **form.said
    ):
        return redirect("escalations:show", number)
    return _pass_on_page(request, escalation, form, 422)


def _pass_on_page(request: HttpRequest, escalation: Escalation, form, status: int = 200) -> HttpResponse:
    access_or_404(request, escalation, access.may_name)
    who = request.POST.get("who", "")
    page = {
        "escalation": escalation,
        "form": form,
        "who": who,
        "chosen": request.POST.get("to", ""),
        "colleagues": colleagues_like(request.user, who),
    }
    return render(request, "escalations/pass_on.html", page, status=status)


def access_or_404(request: HttpRequest, escalation: Escalation, may) -> None:
    """What somebody may not do is not there for them."""
    if not may(request.user, escalation):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: int) -> HttpResponse:
    escalation = visible(request, number)
    if request.method != "POST":
        return _merge_page(request, escalation, MergeForm())
    form = MergeForm(_with_the_one_pressed(request.POST))
    if form.is_valid() and _merged(request, escalation, form):
        return redirect("escalations:show", form.cleaned_data["into"])
    return _merge_page(request, escalation, form, 422)


def _with_the_one_pressed(sent: QueryDict) -> QueryDict:
    """Each question that is listed has a button of its own, beside the field for any other."""
    filled = sent.copy()
    if pressed := sent.get("this"):
        filled["into"] = pressed
    return filled


def _merged(request: HttpRequest, escalation: Escalation, form: MergeForm) -> bool:
    number, why = form.cleaned_data["into"], form.cleaned_data["why"]
    into = Escalation.objects.visible_to(request.user).filter(number=number).first()
    if into is None:
        form.add_error("into", _("There is no question %(number)s.") % {"number": number})
        return False
    return say(request, form, _("Merged. It goes on here."), actions.merge, escalation, into=into, why=why)


def _merge_page(request: HttpRequest, escalation: Escalation, form, status: int = 200) -> HttpResponse:
    access_or_404(request, escalation, access.may_close)
    alike = Escalation.objects.visible_to(request.user).of_the_kind(escalation).open()
    earlier = alike.filter(raised_at__lte=escalation.raised_at)[:MOST_ALIKE]
    page = {"escalation": escalation, "form": form, "alike": earlier}
    return render(request, "escalations/merge.html", page, status=status)


@require_POST
def so_far(request: HttpRequest, number: int) -> HttpResponse:
    access_or_404(request, visible(request, number), access.may_own)
    said = _("Written. You say more by then.")
    return do(request, number, actions.say_preliminary, SoFarForm(request.POST), said)


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    access_or_404(request, visible(request, number), access.may_reopen)
    return do(request, number, actions.reopen, ReopenForm(request.POST), _("It is open again."))


@require_POST
def thank(request: HttpRequest, number: int) -> HttpResponse:
    escalation = visible(request, number)
    access_or_404(request, escalation, access.may_read)
    those = took_part(escalation, request.user)
    return do(request, number, actions.thank, ThankForm(request.POST, took_part=those), _("Thank you."))
