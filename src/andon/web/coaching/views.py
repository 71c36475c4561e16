"""My coaching: what was noted of talks with me, how I see it, and what I was promised."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from andon.growth.actions import coaching as actions
from andon.growth.actions import promises
from andon.growth.models import Coaching, Promise, View
from andon.growth.rules.promises import WAITING
from andon.web.team.doing import attempted, done
from andon.web.team.forms import TextForm

MOST = 100


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    return _mine(request)


def _mine(request: HttpRequest, wrong: tuple[int, TextForm] | None = None) -> HttpResponse:
    """`wrong` is the promise of a form that could not be done, shown again with what to mend."""
    now = timezone.now()
    made = list(Promise.objects.to(request.user).complete().order_by("due")[:MOST])
    context = {
        "waiting": [one for one in made if one.state(now) in WAITING],
        "settled": [one for one in made if one.state(now) not in WAITING][::-1],
        "coaching": Coaching.objects.about(request.user).complete()[:MOST],
        "to_confirm": _to_confirm(request),
        "doubt_form": TextForm(label=_("What did not come, or did not help?")),
        "wrong": wrong,
        "now": now,
        "today": timezone.localdate(now),
    }
    return private(render(request, "coaching/mine.html", context, status=422 if wrong else 200))


def _to_confirm(request: HttpRequest):
    """What others noted that I said, and that I have not yet called right or wrong."""
    noted = View.objects.filter(coaching__person=request.user, confirmation=None).exclude(by=request.user)
    return noted.select_related("coaching", "by")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _own(request, pk))


@require_POST
def add_view(request: HttpRequest, pk: int) -> HttpResponse:
    coaching, form = _own(request, pk), TextForm(request.POST)

    def act(written: dict) -> object:
        return actions.add_their_view(coaching, written["text"], by=request.user, now=timezone.now())

    if done(request, form, act, _("Written. It stands beside the note from now on.")):
        return redirect("coaching:show", pk)
    return _page(request, coaching, form)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether what was noted is what I said."""
    view = get_object_or_404(View.objects.select_related("coaching"), pk=pk, coaching__person=request.user)
    agrees = request.POST.get("agrees") == "yes"
    said = _("Thank you. It counts as yours.") if agrees else _("Thank you. It does not count as yours.")
    if view.own:
        return redirect("coaching:show", view.coaching_id)
    attempted(request, lambda: actions.confirm_view(view, agrees, by=request.user, now=timezone.now()), said)
    return redirect("coaching:show", view.coaching_id)


@require_POST
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """It did not come, or did not help."""
    promise, form = _promised(request, pk), TextForm(request.POST)

    def act(written: dict) -> object:
        return promises.doubt(promise, written["text"], by=request.user, now=timezone.now())

    if done(request, form, act, _("Said. It stands until somebody answers you.")):
        return redirect("coaching:mine")
    return _mine(request, (pk, form))


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """I do not want it any more."""
    promise = _promised(request, pk)
    words = request.POST.get("text", "")
    attempted(
        request,
        lambda: promises.release(promise, words, by=request.user, now=timezone.now()),
        _("Let go. Nobody owes it to you any more."),
    )
    return redirect("coaching:mine")


def _own(request: HttpRequest, pk: int) -> Coaching:
    return get_object_or_404(Coaching.objects.about(request.user).complete(), pk=pk)


def _promised(request: HttpRequest, pk: int) -> Promise:
    return get_object_or_404(Promise.objects.to(request.user), pk=pk)


def _page(request: HttpRequest, coaching: Coaching, form: TextForm | None = None) -> HttpResponse:
    now = timezone.now()
    context = {
        "coaching": coaching,
        "promises": Promise.objects.filter(coaching=coaching).complete(),
        "form": form
        or TextForm(label=_("How do you see it?"), help_text=_("In your words. It is never edited.")),
        "now": now,
        "today": timezone.localdate(now),
    }
    status = 422 if form is not None and form.errors else 200
    return private(render(request, "coaching/show.html", context, status=status))


def private(answer: HttpResponse) -> HttpResponse:
    """Stays with the person, not with the machine they share."""
    answer["Cache-Control"] = "private, no-store"
    return answer
